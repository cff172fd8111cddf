import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { readCoverage as declared } from '@guankou/contract/households/endpoints.ts'
import type { DoorOutcome } from '@guankou/contract/households/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { countDueDoors } from '@guankou/db/queries/households/due-doors.ts'
import {
  countCells,
  countOutcomes,
  countTried,
  readTeams,
  type TeamRead,
  type TriedCount,
} from '@guankou/db/queries/households/teams.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { dayStartMs } from '@guankou/domain/places/day-start.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { cellView } from '#src/use-cases/households/read-round.ts'

const teamLine = (team: TeamRead, tried: readonly TriedCount[]) => {
  const own = tried.filter(
    ({ jurisdiction, accountId }) =>
      jurisdiction === team.jurisdiction && team.account_ids.includes(accountId),
  )
  return {
    id: team.id,
    jurisdiction: team.jurisdiction,
    version: team.version,
    name: { zh: team.name_zh, en: team.name_en },
    members: team.account_ids.length,
    gridCellIds: team.grid_cell_ids,
    triedToday: own.reduce((sum, each) => sum + each.tried, 0),
    completeToday: own.reduce((sum, each) => sum + each.complete, 0),
  }
}

/** Counts of doors by grid cell and by team; nobody is named. */
export const readCoverage = async (
  { db, now, reference }: ServerContext,
  actor: Actor,
  { area }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const data = reference.current()
  const jurisdictions = data.jurisdictionsIn(area)
  if (jurisdictions === undefined) return refused('UNKNOWN_AREA', '/area')
  const nowMs = now()
  const timeZone = data.jurisdiction(area)?.timeZone ?? 'UTC'
  const from = new Date(dayStartMs(timeZone, nowMs))
  const { day } = daySlotOf(timeZone, nowMs)
  return inArea(db, actor.areaCode, async (tx) => {
    const teams = await readTeams(tx, jurisdictions)
    const cells = await countCells(tx, jurisdictions, from)
    const outcomes = await countOutcomes(tx, jurisdictions, from)
    const tried = await countTried(tx, jurisdictions, from)
    const overdue = new Map(
      (await countDueDoors(tx, jurisdictions, day)).map((count) => [count.gridCellId, count.overdue]),
    )
    return done({
      asOf: new Date(nowMs).toISOString(),
      day,
      gridCells: cells.map((cell) => ({
        ...cellView(cell),
        jurisdiction: cell.jurisdiction,
        overdue: overdue.get(cell.gridCellId) ?? 0,
        teamIds: teams
          .filter(
            (team) => team.jurisdiction === cell.jurisdiction && team.grid_cell_ids.includes(cell.gridCellId),
          )
          .map(({ id }) => id),
        outcomes: outcomes
          .filter(
            ({ jurisdiction, gridCellId }) =>
              jurisdiction === cell.jurisdiction && gridCellId === cell.gridCellId,
          )
          .map(({ outcome, doors }) => ({ outcome: outcome as DoorOutcome, doors })),
      })),
      teams: teams.map((team) => teamLine(team, tried)),
    })
  })
}
