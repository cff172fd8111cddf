import { skipReasonNames } from '@guankou/contract/posts/vocabulary.ts'
import type { Presence } from '@guankou/domain/posts/presence.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import type { PostParts } from '#src/posts/post-parts.ts'
import { TableCard } from '#src/posts/TableCard.tsx'

const crewColumns = (t: TFunction, locale: Locale, parts: PostParts): readonly Column<Presence>[] => {
  const { view, nameOf, postName, timeZone } = parts
  const crewOf = (id: string): string => {
    const crew = view.officers.find((officer) => officer.id === id)?.crew
    return crew == null ? '—' : inLocale(crew, locale)
  }
  const checkOf = ({ check, skipReason }: Presence): string =>
    check === 'checked'
      ? t('postPage.crew.checked')
      : skipReason === undefined
        ? t('postPage.crew.unchecked')
        : t('postPage.crew.skipped', { reason: inLocale(skipReasonNames[skipReason], locale) })
  return [
    { key: 'name', title: t('postPage.crew.name'), text: ({ officerId }) => nameOf(officerId) },
    { key: 'crew', title: t('postPage.crew.crew'), text: ({ officerId }) => crewOf(officerId) },
    {
      key: 'since',
      title: t('postPage.crew.since'),
      text: ({ sinceMs }) => formatInstant(new Date(sinceMs).toISOString(), timeZone),
    },
    {
      key: 'how',
      title: t('postPage.crew.how'),
      text: ({ sentId }) =>
        sentId === undefined ? t('postPage.crew.own') : t('postPage.crew.reinforcement'),
    },
    { key: 'check', title: t('postPage.crew.check'), text: checkOf, hint: t('postPage.crew.checksHint') },
    {
      key: 'conflict',
      title: t('postPage.crew.conflict'),
      text: ({ alsoAt }) =>
        alsoAt.length === 0 ? '—' : t('postPage.crew.also', { posts: alsoAt.map(postName).join('、') }),
    },
  ]
}

/** Who is on; of health checks, only whether there was one. */
export const CrewCard = ({ parts }: { readonly parts: PostParts }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { running, post } = parts
  return (
    <TableCard
      title={t('postPage.crew.title')}
      file={`crew-${post.id}`}
      none={t('postPage.crew.none')}
      columns={crewColumns(t, locale, parts)}
      rows={running.crew}
      rowKey={({ officerId }) => officerId}
      draw={(column, row) =>
        column.key === 'conflict' && row.alsoAt.length > 0 ? (
          <StatusPill state="act">{column.text(row)}</StatusPill>
        ) : undefined
      }
    />
  )
}
