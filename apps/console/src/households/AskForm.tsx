import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import { type OwnTask, ownTasks, visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { addDays } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CellTicks } from '#src/households/CellTicks.tsx'
import { useAskTasks } from '#src/households/queries.ts'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { Choice, Text } from '#src/quarantine/fields.tsx'

type Draft = {
  readonly task: OwnTask
  readonly dueBy: string
  readonly cellIds: readonly number[]
  /** What it will reach was looked at. */
  readonly looked: boolean
}

type PartProps = {
  readonly board: CoverageBoard
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}

const Fields = ({ board, draft, change }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      <Choice
        label={t('rounds.task')}
        value={draft.task}
        choices={ownTasks.map((task) => ({ value: task, label: inLocale(visitTaskNames[task], locale) }))}
        onChange={(task) => change({ task })}
      />
      <Text
        label={t('rounds.until')}
        type="date"
        value={draft.dueBy}
        hint={t('rounds.untilHint')}
        onChange={(dueBy) => change({ dueBy })}
      />
      <CellTicks cells={board.gridCells} chosen={draft.cellIds} onChange={(cellIds) => change({ cellIds })} />
    </>
  )
}

const chosenCells = (board: CoverageBoard, { cellIds }: Draft) =>
  board.gridCells.filter(({ gridCellId }) => cellIds.includes(gridCellId))

/** What asking will reach, before it is asked. */
const Reach = ({ board, draft }: Omit<PartProps, 'change'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const cells = chosenCells(board, draft)
  const sum = (key: 'doors' | 'due') => cells.reduce((total, cell) => total + cell[key], 0)
  const withoutTeam = cells.filter(({ teamIds }) => teamIds.length === 0)
  return (
    <section className="rounds-reach" aria-label={t('rounds.reach')}>
      <p>
        {t('rounds.reachText', {
          task: inLocale(visitTaskNames[draft.task], locale),
          day: draft.dueBy,
          doors: formatNumber(locale, sum('doors')),
          cells: cells.length,
          due: formatNumber(locale, sum('due')),
        })}
      </p>
      <p>{t('rounds.reachLater')}</p>
      {withoutTeam.length === 0 ? null : (
        <p role="status">
          {t('rounds.reachNoTeam', {
            cells: withoutTeam.map(({ name }) => inLocale(name, locale)).join(' · '),
          })}
        </p>
      )}
    </section>
  )
}

const useAsking = (board: CoverageBoard) => {
  const { view } = useRoundsView()
  const asked = useAskTasks()
  const chosen = board.gridCells.some(({ gridCellId }) => gridCellId === view.cell) ? view.cell : undefined
  const [draft, setDraft] = useState<Draft>({
    task: 'rescreen',
    dueBy: addDays(board.day, 1),
    cellIds: chosen === undefined ? [] : [chosen],
    looked: false,
  })
  // Whatever is changed after a look asks for another one.
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, looked: false, ...part }))
  const isWhole = draft.cellIds.length > 0 && draft.dueBy >= board.day
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!isWhole) return
    if (!draft.looked) {
      change({ looked: true })
      return
    }
    const { task, dueBy } = draft
    const cells = chosenCells(board, draft).map(({ gridCellId, jurisdiction }) => ({
      gridCellId,
      jurisdiction,
    }))
    asked.mutate({ task, dueBy, cells }, { onSuccess: () => change({ cellIds: [] }) })
  }
  return { asked, draft, change, isWhole, send }
}

/** Has the doors of grid cells visited for a task until a day; what that reaches is shown before it is asked. */
export const AskForm = ({ board }: { readonly board: CoverageBoard }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { change: changeView } = useRoundsView()
  const { asked, draft, change, isWhole, send } = useAsking(board)
  return (
    <Card title={t('rounds.ask')} note={t('rounds.askNote')} className="not-printed">
      <form className="identity-form rounds-form" onSubmit={send} aria-label={t('rounds.ask')}>
        <Fields board={board} draft={draft} change={change} />
        {draft.looked ? <Reach board={board} draft={draft} /> : null}
        {isWhole ? null : (
          <p className="muted">{t(draft.cellIds.length === 0 ? 'rounds.chooseCells' : 'rounds.dayPast')}</p>
        )}
        <span className="plain-buttons">
          <button type="submit" className="primary-button" disabled={!isWhole || asked.isPending}>
            {t(draft.looked ? 'rounds.askNow' : 'rounds.lookFirst')}
          </button>
          <button type="button" className="quiet-button" onClick={() => changeView({ form: undefined })}>
            {t('rounds.close')}
          </button>
        </span>
        <p role="status">
          {asked.data === undefined || asked.data.cells === 0
            ? null
            : t('rounds.asked', { cells: asked.data.cells, doors: asked.data.doors })}
        </p>
        <p className="field-error" role="alert">
          {asked.data?.refused === undefined ? null : failureText(asked.data.refused).text}
        </p>
      </form>
    </Card>
  )
}
