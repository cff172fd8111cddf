import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import {
  type DoorNextStep,
  type readDueDoors as declared,
  mostAsked,
  mostDueDoors,
} from '@guankou/contract/households/planning.ts'
import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import type { VisitTask } from '@guankou/contract/households/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  countDueDoors,
  type DueDoorRead,
  readAskedOfCells,
  readDueDoors as readRows,
} from '@guankou/db/queries/households/due-doors.ts'
import { readFactsOf } from '@guankou/db/queries/households/facts.ts'
import { readTeams, type TeamRead } from '@guankou/db/queries/households/teams.ts'
import { doorNextOf } from '@guankou/domain/households/due.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
import type { DoorNext } from '@guankou/domain/households/next-step.ts'
import { visitRulesOf } from '@guankou/domain/households/visit-rules.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { responseOn } from '#src/use-cases/households/own-team.ts'
import { bareFacts } from '#src/use-cases/households/sealed-facts.ts'

export const nextStepView = (next: DoorNext | undefined): DoorNextStep | null =>
  next === undefined
    ? null
    : {
        outcome: next.outcome,
        step: next.step,
        attempt: next.attempt,
        againFrom: next.againFromMs === null ? null : new Date(next.againFromMs).toISOString(),
      }

/** The next step of each door, from facts of which nothing that names somebody is opened. */
const nextSteps = async (
  tx: AreaTransaction,
  doors: readonly DueDoorRead[],
  how: { readonly rules: VisitRules; readonly timeZone: string },
): Promise<ReadonlyMap<string, DoorNextStep | null>> => {
  const steps = new Map<string, DoorNextStep | null>()
  const tried = doors.filter(({ triedAt }) => triedAt !== null)
  for (const [jurisdiction, own] of Map.groupBy(tried, (door) => door.jurisdiction)) {
    const ids = own.map(({ householdId }) => householdId)
    const households = householdsOf(bareFacts(await readFactsOf(tx, jurisdiction, ids)))
    for (const id of ids) {
      const household = households.get(id)
      steps.set(
        id,
        household === undefined ? null : nextStepView(doorNextOf(how.rules, how.timeZone, household)),
      )
    }
  }
  return steps
}

const teamsOf = (teams: readonly TeamRead[], { jurisdiction, gridCellId }: DueDoorRead): number[] =>
  teams
    .filter(
      (team) =>
        team.jurisdiction === jurisdiction && gridCellId !== null && team.grid_cell_ids.includes(gridCellId),
    )
    .map(({ id }) => id)

/** Doors that wait for a visit, with what follows their last attempt; no address is read. */
export const readDueDoors = async (
  { db, now, reference }: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const data = reference.current()
  const jurisdictions = data.jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = now()
  const timeZone = data.jurisdiction(area)?.timeZone ?? 'UTC'
  const { day } = daySlotOf(timeZone, nowMs)
  const rules = visitRulesOf(responseOn(data.responses, day), day)
  return inArea(db, actor.areaCode, async (tx) => {
    const found = await readRows(tx, jurisdictions, mostDueDoors + 1)
    const doors = found.slice(0, mostDueDoors)
    const counts = await countDueDoors(tx, jurisdictions, day)
    const teams = await readTeams(tx, jurisdictions)
    const steps = await nextSteps(tx, doors, { rules, timeZone })
    const asked = await readAskedOfCells(tx, jurisdictions, mostAsked)
    return done({
      asOf: new Date(nowMs).toISOString(),
      day,
      due: counts.reduce((sum, { due }) => sum + due, 0),
      overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
      doors: doors.map((door) => ({
        householdId: door.householdId,
        jurisdiction: door.jurisdiction,
        gridCellId: door.gridCellId,
        tasks: door.tasks as VisitTask[],
        dueBy: door.dueBy,
        overdue: door.dueBy < day,
        triedAt: door.triedAt?.toISOString() ?? null,
        next: steps.get(door.householdId) ?? null,
        teamIds: teamsOf(teams, door),
      })),
      more: found.length > mostDueDoors,
      asked: asked.map(({ task, askedAt, ...rest }) => ({
        ...rest,
        task: task as VisitTask,
        askedAt: askedAt.toISOString(),
      })),
    })
  })
}
