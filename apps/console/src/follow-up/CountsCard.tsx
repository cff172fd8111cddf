import { Card } from '@guankou/ui/controls/Card.tsx'
import { StateMark } from '@guankou/ui/figures/StateMark.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatAgo } from '@guankou/ui/format/time.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import type { WorkCount } from '#src/follow-up/overdue.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { paths } from '#src/path-builder.ts'

const placeOf = (kind: WorkCount['kind'], area: number): readonly [path: string, view: object] => {
  if (kind === 'doors') return [paths.rounds, { area }]
  if (kind === 'calls') return [paths.worklists, {}]
  return [paths.quarantine, kind === 'quarantine' ? { area, show: 'overdue' } : { area }]
}

const useColumns = (nowMs: number): readonly Column<WorkCount>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  return [
    { key: 'kind', title: t('followUp.work'), text: ({ kind }) => t(`followUp.kind.${kind}`) },
    {
      key: 'overdue',
      title: t('followUp.overdueCount'),
      numeric: true,
      text: ({ overdue, kind }) => (kind === 'help' ? '—' : formatNumber(locale, overdue)),
    },
    {
      key: 'open',
      title: t('followUp.open'),
      numeric: true,
      text: ({ open }) => formatNumber(locale, open),
    },
    {
      key: 'oldest',
      title: t('followUp.oldest'),
      text: ({ oldestMs }) => (oldestMs === null ? '' : formatAgo(locale, nowMs - oldestMs)),
    },
  ]
}

/** How much of each kind of work is open and overdue, with the way to its page. */
export const CountsCard = ({
  counts,
  area,
  nowMs,
}: {
  readonly counts: readonly WorkCount[]
  readonly area: number
  readonly nowMs: number
}) => {
  const { t } = useTranslation()
  const columns = useColumns(nowMs)
  return (
    <Card title={t('followUp.counts')} note={t('followUp.countsNote')}>
      <DataTable
        label={t('followUp.counts')}
        columns={columns}
        rows={counts}
        rowKey={({ kind }) => kind}
        draw={({ key, text }, count) => {
          if (key === 'overdue' && count.overdue > 0)
            return (
              <span data-overdue={count.kind}>
                <StateMark state="act" /> {text(count)}
              </span>
            )
          if (key !== 'kind') return undefined
          const [path, view] = placeOf(count.kind, area)
          return (
            <PageLink path={path} view={{ ...view }}>
              {text(count)}
            </PageLink>
          )
        }}
      />
    </Card>
  )
}
