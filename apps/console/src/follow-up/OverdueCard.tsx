import { nextStepNames } from '@guankou/contract/households/vocabulary.ts'
import { readQuarantineFile } from '@guankou/contract/quarantine/endpoints.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatAgo, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import type { FollowedUp, Overdue } from '#src/follow-up/overdue.ts'
import { doorNumber } from '#src/households/DueDoorsCard.tsx'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { paths } from '#src/path-builder.ts'
import { shortId, stepText } from '#src/quarantine/BoardCard.tsx'

/** More than a lead goes through; what is beyond stands on its own page. */
const mostShown = 60

const useTexts = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  const places = useQuery(placesQuery).data
  const name = (item: Overdue): string => {
    if (item.is === 'door') return doorNumber(item.door.householdId)
    return item.is === 'quarantine' ? shortId(item.line.id) : item.list.title
  }
  const next = (item: Overdue): string => {
    if (item.is === 'quarantine') return stepText(t, locale, item.line)
    if (item.is === 'calls') return t('followUp.callsLate', { count: item.list.overdue })
    const { next: step } = item.door
    return step === null ? t('rounds.knock') : inLocale(nextStepNames[step.step], locale)
  }
  const where = (item: Overdue): string => {
    if (item.is === 'quarantine') return inLocale(item.line.district, locale)
    const { jurisdiction } = item.is === 'door' ? item.door : item.list
    const district = places?.jurisdictions.find(({ code }) => code === jurisdiction)
    const cell =
      item.is === 'door' ? places?.gridCells.find(({ id }) => id === item.door.gridCellId) : undefined
    return inLocale(cell?.name ?? district?.name ?? { zh: '—', en: '—' }, locale)
  }
  return { name, next, where }
}

const useColumns = ({ nowMs, timeZone }: FollowedUp): readonly Column<Overdue>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { name, next, where } = useTexts()
  return [
    { key: 'name', title: t('followUp.number'), text: name },
    { key: 'kind', title: t('followUp.work'), text: ({ is }) => t(`followUp.item.${is}`) },
    {
      key: 'since',
      title: t('followUp.since'),
      text: ({ sinceMs }) => (sinceMs === null ? '—' : formatAgo(locale, nowMs - sinceMs)),
    },
    {
      key: 'at',
      title: t('followUp.at'),
      text: ({ sinceMs }) => (sinceMs === null ? '' : formatInstant(sinceMs, timeZone).slice(5, 16)),
    },
    { key: 'next', title: t('rounds.next'), text: next },
    { key: 'where', title: t('followUp.where'), text: where },
  ]
}

/** What is overdue, the longest first, whatever kind of work it is; by number, nobody is named. */
export const OverdueCard = ({
  work,
  overdue,
}: {
  readonly work: FollowedUp
  readonly overdue: readonly Overdue[]
}) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const columns = useColumns(work)
  const linkOf = (item: Overdue): readonly [path: string, view: object] | undefined => {
    if (item.is === 'door') return [paths.rounds, { area: item.door.jurisdiction }]
    if (item.is === 'calls') return [paths.worklists, {}]
    const { jurisdiction, id } = item.line
    return isOpenTo(role, readQuarantineFile)
      ? [paths.episode, { area: jurisdiction, episode: id }]
      : [paths.quarantine, { area: jurisdiction, show: 'overdue' }]
  }
  return (
    <Card title={t('followUp.overdue')} note={t('followUp.overdueNote')}>
      {overdue.length === 0 ? (
        <EmptyState title={t('followUp.none')}>{t('followUp.noneText')}</EmptyState>
      ) : (
        <DataTable
          label={t('followUp.overdue')}
          columns={columns}
          rows={overdue.slice(0, mostShown)}
          rowKey={({ key }) => key}
          draw={({ key, text }, item) => {
            if (key === 'since') return <StatusPill state="act">{text(item)}</StatusPill>
            const link = key === 'name' ? linkOf(item) : undefined
            return link === undefined ? undefined : (
              <PageLink path={link[0]} view={{ ...link[1] }}>
                {text(item)}
              </PageLink>
            )
          }}
        />
      )}
      {overdue.length > mostShown ? <p role="status">{t('followUp.more', { count: mostShown })}</p> : null}
    </Card>
  )
}
