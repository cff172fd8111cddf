import type { CoverageBoard } from '@guankou/contract/households/endpoints.ts'
import { lookUpHousehold } from '@guankou/contract/households/look-up.ts'
import type { DueDoor, DueDoors } from '@guankou/contract/households/planning.ts'
import { doorOutcomeNames, nextStepNames, visitTaskNames } from '@guankou/contract/households/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useRoundsView } from '#src/households/rounds-view.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { paths } from '#src/path-builder.ts'

/** The end of an id is enough to tell two doors on one screen apart. */
export const doorNumber = (householdId: string): string => householdId.slice(-6).toUpperCase()

const stateOf = ({ overdue, dueBy }: DueDoor, today: string): FigureState => {
  if (overdue) return 'act'
  return dueBy === today ? 'look' : 'info'
}

/** In which grid cell a door lies, and who goes there. */
const useWhereColumns = (board: CoverageBoard): readonly Column<DueDoor>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const cells = new Map(board.gridCells.map((cell) => [cell.gridCellId, cell.name]))
  return [
    {
      key: 'cell',
      title: t('rounds.cell'),
      text: ({ gridCellId }) => {
        const name = gridCellId === null ? undefined : cells.get(gridCellId)
        return name === undefined ? t('rounds.noCell') : inLocale(name, locale)
      },
    },
    {
      key: 'teams',
      title: t('rounds.teams'),
      text: ({ teamIds, jurisdiction }) =>
        board.teams
          .filter((team) => team.jurisdiction === jurisdiction && teamIds.includes(team.id))
          .map(({ name }) => inLocale(name, locale))
          .join(' · '),
    },
  ]
}

const useColumns = (board: CoverageBoard): readonly Column<DueDoor>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const time = (instant: string) => formatInstant(instant, timeZone).slice(5, 16)
  return [
    { key: 'door', title: t('rounds.door'), text: ({ householdId }) => doorNumber(householdId) },
    { key: 'dueBy', title: t('rounds.dueBy'), text: ({ dueBy }) => dueBy },
    {
      key: 'tasks',
      title: t('rounds.tasks'),
      text: ({ tasks }) => tasks.map((task) => inLocale(visitTaskNames[task], locale)).join(' · '),
    },
    {
      key: 'outcome',
      title: t('rounds.lastTime'),
      text: ({ next, triedAt }) => {
        if (triedAt === null) return t('rounds.neverTried')
        if (next === null) return time(triedAt)
        const outcome = inLocale(doorOutcomeNames[next.outcome], locale)
        return t('rounds.outcomeAt', { outcome, attempt: next.attempt, time: time(triedAt) })
      },
    },
    {
      key: 'next',
      title: t('rounds.next'),
      text: ({ next }) => (next === null ? t('rounds.knock') : inLocale(nextStepNames[next.step], locale)),
    },
    {
      key: 'again',
      title: t('rounds.againFrom'),
      text: ({ next }) => (next?.againFrom == null ? '' : time(next.againFrom)),
    },
    ...useWhereColumns(board),
  ]
}

const Filter = () => {
  const { t } = useTranslation()
  const { view, change } = useRoundsView()
  return (
    <fieldset className="board-filter not-printed" aria-label={t('rounds.filter')}>
      {([undefined, 'due'] as const).map((show) => (
        <button
          key={show ?? 'overdue'}
          type="button"
          className="quiet-button"
          aria-pressed={view.show === show}
          onClick={() => change({ show })}
        >
          {t(show === undefined ? 'rounds.showOverdue' : 'rounds.showDue')}
        </button>
      ))}
    </fieldset>
  )
}

/** Doors that wait, the longest overdue first, each with what is to be done next; by number, without address or name. */
export const DueDoorsCard = ({
  doors: due,
  board,
}: {
  readonly doors: DueDoors
  readonly board: CoverageBoard
}) => {
  const { t } = useTranslation()
  const { view } = useRoundsView()
  const { role } = useSession()
  const mayOpen = isOpenTo(role, lookUpHousehold)
  const columns = useColumns(board)
  const shown = due.doors.filter(
    ({ overdue, gridCellId }) =>
      (view.show === 'due' || overdue) && (view.cell === undefined || gridCellId === view.cell),
  )
  return (
    <Card
      title={t('rounds.dueDoors')}
      note={t('rounds.dueCounts', { overdue: due.overdue, due: due.due })}
      controls={<Filter />}
    >
      {shown.length === 0 ? (
        <EmptyState title={t(view.show === 'due' ? 'rounds.noneDue' : 'rounds.noneOverdue')} />
      ) : (
        <DataTable
          label={t('rounds.dueDoors')}
          columns={columns}
          rows={shown}
          rowKey={({ householdId }) => householdId}
          draw={({ key, text }, door) => {
            if (key === 'dueBy') return <StatusPill state={stateOf(door, due.day)}>{text(door)}</StatusPill>
            return key === 'door' && mayOpen ? (
              <PageLink path={paths.household} view={{ door: door.householdId }}>
                {text(door)}
              </PageLink>
            ) : undefined
          }}
        />
      )}
      {due.more ? <p role="status">{t('rounds.moreDoors')}</p> : null}
    </Card>
  )
}
