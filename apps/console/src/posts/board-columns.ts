import type { BoardPost, PostState } from '@guankou/contract/posts/shown-post.ts'
import { type SupplyItem, supplyNames } from '@guankou/contract/posts/vocabulary.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { type PostRow, postColumns } from '#src/posts/post-columns.ts'
import { waitText } from '#src/posts/wait-text.ts'

export type BoardRow = PostRow & { readonly board: BoardPost | undefined }

/** Worst first. */
const rankOf: Readonly<Record<PostState, number>> = { unstaffed: 0, silent: 1, running: 2, closed: 3 }

const crewText = (t: TFunction, { crew }: BoardPost): string =>
  crew.conflicts > 0 ? t('postPage.board.conflicts', { n: crew.onPost }) : String(crew.onPost)

type Words = { readonly t: TFunction; readonly locale: Locale; readonly timeZone: string }

type Told = (
  key: string,
  title: string,
  text: (board: BoardPost, row: BoardRow) => string,
  sortBy: (board: BoardPost) => number | null,
) => Column<BoardRow>

/** A column of the board, empty until it was read. */
const told: Told = (key, title, text, sortBy) => ({
  key,
  title,
  numeric: true,
  text: (row) => (row.board === undefined ? '—' : text(row.board, row)),
  sortBy: ({ board }) => (board === undefined ? null : sortBy(board)),
})

const staffColumns = ({ t }: Words): readonly Column<BoardRow>[] => [
  {
    ...told(
      'state',
      t('postPage.state.title'),
      ({ state }) => t(`postPage.state.${state}`),
      ({ state }) => -rankOf[state],
    ),
    numeric: false,
  },
  told(
    'lanesOpen',
    t('postPage.board.lanes'),
    ({ lanesOpen }, { post }) => `${lanesOpen.length}/${post.lanes}`,
    ({ lanesOpen }) => lanesOpen.length,
  ),
  told(
    'crew',
    t('postPage.board.crew'),
    (board) => crewText(t, board),
    ({ crew }) => crew.onPost,
  ),
]

const queueText = ({ t, timeZone }: Words, { queueSeen }: BoardPost): string =>
  queueSeen === null
    ? '—'
    : t('postPage.board.seen', {
        n: queueSeen.vehicles,
        time: formatClockMinute(queueSeen.seenAt, timeZone),
      })

const flowColumns = (words: Words): readonly Column<BoardRow>[] => {
  const { t, locale } = words
  const seconds = ({ flow }: BoardPost) => flow.meanSecondsPerVehicle
  return [
    told(
      'hour',
      t('postPage.board.pace'),
      ({ flow }) => formatNumber(locale, flow.vehicles),
      ({ flow }) => flow.vehicles,
    ),
    told(
      'minutes',
      t('postPage.board.minutes'),
      (board) => {
        const mean = seconds(board)
        return mean === null ? '—' : formatNumber(locale, mean / 60, 2)
      },
      seconds,
    ),
    told(
      'queue',
      t('postPage.board.queue'),
      (board) => queueText(words, board),
      ({ queueSeen }) => queueSeen?.vehicles ?? null,
    ),
    told(
      'waitNow',
      t('postPage.board.wait'),
      ({ wait }) => waitText(t, locale, wait),
      ({ wait }) => (wait.is === 'estimated' ? wait.waitMinutes.value : null),
    ),
  ]
}

/** The name of an item without the unit that it is counted in. */
const itemName = (locale: Locale, item: SupplyItem): string => {
  const name = inLocale(supplyNames[item], locale)
  return name.split(locale === 'zh' ? '（' : ',')[0] ?? name
}

const needColumns = ({ t, locale }: Words): readonly Column<BoardRow>[] => {
  const count = (key: string, title: string, of: (board: BoardPost) => number) =>
    told(key, title, (board) => formatNumber(locale, of(board)), of)
  return [
    count('help', t('postPage.board.help'), ({ reinforcement }) => reinforcement.wanted),
    told(
      'supplies',
      t('postPage.board.supplies'),
      ({ suppliesLow: low }) =>
        low.length === 0 ? '—' : low.map((item) => itemName(locale, item)).join('、'),
      ({ suppliesLow }) => suppliesLow.length,
    ),
    count('book', t('postPage.board.book'), ({ book }) => book.open),
    count('handovers', t('postPage.board.handovers'), ({ handoversOpen }) => handoversOpen),
    told(
      'phones',
      t('postPage.board.phones'),
      ({ devices }) => (devices.count === 0 ? '—' : `${devices.unsent} / ${devices.rejected}`),
      ({ devices }) => devices.unsent + devices.rejected,
    ),
  ]
}

/** Columns that are told of now alone. */
const liveColumns = (words: Words): readonly Column<BoardRow>[] => [
  ...staffColumns(words),
  ...flowColumns(words),
  ...needColumns(words),
]

const ofTheDay = new Set(['vehicles', 'febrile', 'last'])

/** The columns of the posts table as it is now: state first, then what needs somebody, then the day’s figures. */
export const boardColumns = (t: TFunction, locale: Locale, timeZone: string): readonly Column<BoardRow>[] => {
  const day = postColumns(t, locale, timeZone)
  const [name, , district] = day
  return [
    ...(name === undefined ? [] : [name]),
    ...(district === undefined ? [] : [district]),
    ...liveColumns({ t, locale, timeZone }),
    ...day.filter(({ key }) => ofTheDay.has(key)),
  ]
}
