import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import { type AskedOfCell, type DueDoors, withdrawTask } from '@guankou/contract/households/planning.ts'
import { visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWithdrawTask } from '#src/households/queries.ts'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

const useColumns = (board: CoverageBoard): readonly Column<AskedOfCell>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const cells = new Map(board.gridCells.map((cell) => [cell.gridCellId, cell.name]))
  return [
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
}

/** Takes a task back at the second press, which says what that reaches. */
const Withdraw = ({
  asked,
  cell,
  act,
}: {
  readonly asked: AskedOfCell
  readonly cell: string
  readonly act: ReturnType<typeof useWithdrawTask>
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const [isSure, setSure] = useState(false)
  const may = isOpenTo(role, withdrawTask)
  const { id: taskId, jurisdiction, openDoors, task } = asked
  if (!isSure)
    return (
      <button
        type="button"
        className="quiet-button not-printed"
        disabled={!may}
        title={may ? undefined : t('rounds.askNotYours')}
        aria-label={t('rounds.withdrawOf', { cell, task: inLocale(visitTaskNames[task], locale) })}
        onClick={() => setSure(true)}
      >
        {t('rounds.withdraw')}
      </button>
    )
  return (
    <span className="plain-buttons">
      <button
        type="button"
        className="quiet-button"
        disabled={act.isPending}
        onClick={() => act.mutate({ jurisdiction, taskId })}
      >
        {t('rounds.withdrawNow', { doors: formatNumber(locale, openDoors) })}
      </button>
      <button type="button" className="quiet-button" onClick={() => setSure(false)}>
        {t('rounds.withdrawNot')}
      </button>
    </span>
  )
}

/** What whole grid cells were asked for and some door still waits for, so that nothing is asked twice; each can be taken back. */
export const AskedCard = ({ due, board }: { readonly due: DueDoors; readonly board: CoverageBoard }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const columns = useColumns(board)
  const act = useWithdrawTask()
  const [cellColumn] = columns
  const withAct = [...columns, { key: 'withdraw', title: t('rounds.withdraw'), text: () => '' }]
  return (
    <Card title={t('rounds.askedTasks')} note={t('rounds.askedNote')}>
      {due.asked.length === 0 ? (
        <EmptyState title={t('rounds.noneAsked')} />
      ) : (
        <DataTable
          label={t('rounds.askedTasks')}
          columns={withAct}
          rows={due.asked}
          rowKey={({ id }) => id}
          draw={({ key }, asked) =>
            key === 'withdraw' ? (
              <Withdraw asked={asked} cell={cellColumn?.text(asked) ?? ''} act={act} />
            ) : undefined
          }
        />
      )}
      <p role="status">
        {act.data === undefined
          ? null
          : t('rounds.withdrawn', { doors: formatNumber(locale, act.data.doors) })}
      </p>
      <p className="field-error" role="alert">
        {act.isError ? failureText(act.error).text : null}
      </p>
    </Card>
  )
}
