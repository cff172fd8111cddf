import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import type { AskedOfCell, DueDoors } from '@guankou/contract/households/planning.ts'
import { visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

/** What whole grid cells were asked for and some door still waits for, so that nothing is asked twice. */
export const AskedCard = ({ due, board }: { readonly due: DueDoors; readonly board: CoverageBoard }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const cells = new Map(board.gridCells.map((cell) => [cell.gridCellId, cell.name]))
  const columns: readonly Column<AskedOfCell>[] = [
    {
      key: 'cell',
      title: t('rounds.cell'),
      text: ({ gridCellId }) => inLocale(cells.get(gridCellId) ?? { zh: '—', en: '—' }, locale),
    },
    { key: 'task', title: t('rounds.task'), text: ({ task }) => inLocale(visitTaskNames[task], locale) },
    { key: 'until', title: t('rounds.until'), text: ({ dueBy }) => dueBy },
    {
      key: 'open',
      title: t('rounds.openDoors'),
      numeric: true,
      text: ({ openDoors }) => formatNumber(locale, openDoors),
    },
    {
      key: 'asked',
      title: t('rounds.askedAt'),
      text: ({ askedAt }) => formatInstant(askedAt, timeZone).slice(5, 16),
    },
  ]
  return (
    <Card title={t('rounds.askedTasks')} note={t('rounds.askedNote')}>
      {due.asked.length === 0 ? (
        <EmptyState title={t('rounds.noneAsked')} />
      ) : (
        <DataTable
          label={t('rounds.askedTasks')}
          columns={columns}
          rows={due.asked}
          rowKey={({ id }) => id}
        />
      )}
    </Card>
  )
}
