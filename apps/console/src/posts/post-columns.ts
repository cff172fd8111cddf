import { type Jurisdiction, type Post, postTypeNames } from '@guankou/contract/places/place.ts'
import type { PostSituation } from '@guankou/contract/situation/endpoints.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'

/** A post with its figures of the day. */
export type PostRow = {
  readonly post: Post
  readonly figures: PostSituation
  readonly district: Jurisdiction | undefined
}

/** Posts that have figures, in the order of their numbers. */
export const postRows = (
  posts: readonly Post[],
  figures: readonly PostSituation[],
  jurisdictions: readonly Jurisdiction[],
): readonly PostRow[] => {
  const byPost = new Map(figures.map((each) => [each.postId, each]))
  const byCode = new Map(jurisdictions.map((each) => [each.code, each]))
  return posts
    .flatMap((post) => {
      const own = byPost.get(post.id)
      return own === undefined ? [] : [{ post, figures: own, district: byCode.get(post.jurisdiction) }]
    })
    .toSorted((a, b) => a.post.id - b.post.id)
}

type Figure = (row: PostRow) => number | null

/** The columns of the posts table. */
export const postColumns = (t: TFunction, locale: Locale, timeZone: string): readonly Column<PostRow>[] => {
  const number = (key: string, figure: Figure, digits = 0): Column<PostRow> => ({
    key,
    title: t(`posts.${key}`),
    numeric: true,
    text: (row) => {
      const value = figure(row)
      return value === null ? '—' : formatNumber(locale, value, digits)
    },
    sortBy: figure,
  })
  const text = (key: string, of: (row: PostRow) => string): Column<PostRow> => ({
    key,
    title: t(`posts.${key}`),
    text: of,
    sortBy: of,
  })
  const nameOf = ({ post }: PostRow) =>
    inLocale(post.name, locale) + (post.illustrative ? ` (${t('posts.illustrative')})` : '')
  return [
    text('name', nameOf),
    text('type', ({ post }) => inLocale(postTypeNames[post.type], locale)),
    text('district', ({ district }) => (district === undefined ? '—' : inLocale(district.name, locale))),
    number('lanes', ({ post }) => post.lanes),
    number('vehicles', ({ figures }) => figures.today.vehicles),
    number('travellers', ({ figures }) => figures.today.travellers),
    number('pace', ({ figures }) => figures.recent.vehiclesPerHour),
    number('wait', ({ figures }) => figures.queue?.waitMinutes ?? null, 1),
    number('febrile', ({ figures }) => figures.today.febrile),
    number('confirmed', ({ figures }) => figures.today.feverConfirmed),
    number('seconds', ({ figures }) => figures.meanSecondsPerVehicle, 1),
    {
      key: 'last',
      title: t('posts.last'),
      text: ({ figures }) =>
        figures.lastScreeningAt === null ? '—' : formatClockMinute(figures.lastScreeningAt, timeZone),
      sortBy: ({ figures }) => figures.lastScreeningAt,
    },
  ]
}
