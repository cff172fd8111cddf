import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type {
  DoorCheckView,
  readRound as declared,
  RoundDoor,
} from '@guankou/contract/households/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readFactsOf } from '@guankou/db/queries/households/facts.ts'
import { type HouseholdStateRead, readStatesOfCells } from '@guankou/db/queries/households/states.ts'
import { type HouseholdTaskRead, readHouseholdTasks } from '@guankou/db/queries/households/tasks.ts'
import { type CellCount, countCells } from '@guankou/db/queries/households/teams.ts'
import type { DueDoor } from '@guankou/db/queries/quarantine/doors.ts'
import { divideDoors, type RoundTeam, teamOfUnplaced } from '@guankou/domain/households/divide-round.ts'
import type { CommunityRole } from '@guankou/domain/households/household-fact.ts'
import { byName, planWalk, walkSeconds } from '@guankou/domain/households/plan-round.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { dayStartMs } from '@guankou/domain/places/day-start.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { type DoorWords, doorWords } from '#src/use-cases/households/door-addresses.ts'
import { askedElsewhere, isBegun, isDue } from '#src/use-cases/households/doors-of-today.ts'
import { noteRound, toldOf } from '#src/use-cases/households/note-round.ts'
import {
  findTeams,
  responseOn,
  roundTeamOf,
  type TeamsHere,
  teamView,
} from '#src/use-cases/households/own-team.ts'
import { readFactsElsewhere } from '#src/use-cases/households/people-here.ts'
import { checkViews, type DueChecks, readDueChecks } from '#src/use-cases/households/quarantine-checks.ts'
import { factView, openFacts } from '#src/use-cases/households/sealed-facts.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

export const cellView = ({ zh, en, jurisdiction: _, ...counts }: CellCount) => ({
  ...counts,
  name: { zh, en },
})

type Candidates = {
  readonly states: readonly HouseholdStateRead[]
  readonly tasks: readonly HouseholdTaskRead[]
  readonly checks: DueChecks
  readonly teams: readonly RoundTeam[]
  /** Own doors and those of cells that are shared with other teams. */
  readonly mayBeOwn: readonly string[]
}

/** Doors of today in every cell whose teams share the work of this one. */
const readCandidates = async (
  tx: AreaTransaction,
  jurisdiction: number,
  { own, all }: TeamsHere,
  fromMs: number,
): Promise<Candidates> => {
  const teams = all.map(roundTeamOf)
  const near = all.filter(({ grid_cell_ids }) => grid_cell_ids.some((id) => own.grid_cell_ids.includes(id)))
  const cells = [...new Set(near.flatMap(({ grid_cell_ids }) => grid_cell_ids))]
  const tasks = await readHouseholdTasks(tx, jurisdiction, cells)
  const checks = await readDueChecks(tx, jurisdiction)
  const states = (await readStatesOfCells(tx, jurisdiction, cells)).filter(
    (state) => isBegun(state, fromMs) || isDue(state, tasks, checks.get(state.household_id)),
  )
  const mayBeOwn = states
    .filter(({ grid_cell_id: cell, household_id: id }) =>
      cell === null ? teamOfUnplaced(teams, id)?.id === own.id : own.grid_cell_ids.includes(cell),
    )
    .map(({ household_id }) => household_id)
  return { states, tasks, checks, teams, mayBeOwn }
}

/** A door of another team’s own cells counts as work of theirs; where it lies is not looked at. */
const elsewhere: DoorWords = { address: { estate: '—', door: '—' }, askFor: null }

const ownDoors = (
  { states, teams, mayBeOwn }: Candidates,
  words: ReadonlyMap<string, DoorWords>,
  ownId: number,
  fromMs: number,
) => {
  const looked = new Set(mayBeOwn)
  const doors = states.flatMap((state) => {
    const id = state.household_id
    const said = words.get(id) ?? (looked.has(id) ? undefined : elsewhere)
    if (said === undefined) return []
    const triedBy = isBegun(state, fromMs) ? state.tried_by : null
    return [
      { id, address: said.address, gridCellId: state.grid_cell_id, triedBy, state, askFor: said.askFor },
    ]
  })
  return divideDoors(teams, doors).get(ownId) ?? []
}

export const doorView = (
  state: HouseholdStateRead,
  { address, askFor }: DoorWords,
  {
    tasks,
    due = [],
    checks = [],
  }: {
    readonly tasks: readonly HouseholdTaskRead[]
    readonly due?: readonly DueDoor[] | undefined
    readonly checks?: readonly DoorCheckView[] | undefined
  },
): RoundDoor => ({
  householdId: state.household_id,
  gridCellId: state.grid_cell_id,
  address,
  askFor,
  asked: [...askedElsewhere(state, tasks, due)],
  ...(checks.length === 0 ? {} : { checks: [...checks] }),
})

const minutesOf = (seconds: number): number => Math.round(seconds / 6) / 10

type Asking = {
  readonly context: ServerContext
  readonly actor: Actor
  readonly jurisdiction: number
  readonly here: TeamsHere
  /** Beginning of the local day. */
  readonly fromMs: number
}

/** The walk of a team with everything that is told of its doors. */
const readWalk = async (tx: AreaTransaction, { context, actor, jurisdiction, here, fromMs }: Asking) => {
  const { sealer } = context.identity
  const candidates = await readCandidates(tx, jurisdiction, here, fromMs)
  const { tasks, checks, mayBeOwn } = candidates
  const rows = await readFactsOf(tx, jurisdiction, mayBeOwn)
  const words = await doorWords(tx, sealer, { jurisdiction, householdIds: mayBeOwn }, rows)
  const walk = planWalk(ownDoors(candidates, words, here.own.id, fromMs))
  const own = new Set(walk.map(({ id }) => id))
  const told = rows.filter(({ household_id }) => own.has(household_id))
  const elsewhere = await readFactsElsewhere(tx, jurisdiction, [...own], told)
  const facts = await openFacts(sealer, [...told, ...elsewhere])
  const due = walk.flatMap(({ id }) => checks.get(id) ?? [])
  const views = await checkViews(context, tx, jurisdiction, due)
  return {
    doors: walk.map(({ id, state, address, askFor }) =>
      doorView(state, { address, askFor }, { tasks, due: checks.get(id), checks: views.get(id) }),
    ),
    facts: facts.map((fact) => factView(actor.role as CommunityRole, fact)),
    walk: {
      plannedMinutes: minutesOf(walkSeconds(walk)),
      naiveMinutes: minutesOf(walkSeconds(byName(walk))),
    },
  }
}

/** The doors of a team today in walking order, with what is known of the households behind them. */
export const readRound = async (
  context: ServerContext,
  actor: Actor,
  { jurisdiction }: QueryOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> => {
  const data = context.reference.current()
  const place = data.jurisdiction(jurisdiction)
  const nowMs = context.now()
  if (place === undefined) return refused('UNKNOWN_AREA', '/jurisdiction')
  const { day } = daySlotOf(place.timeZone, nowMs)
  const fromMs = dayStartMs(place.timeZone, nowMs)
  return inArea(context.db, actor.areaCode, async (tx): Promise<Result<OutputOf<typeof declared>>> => {
    const here = await findTeams(tx, actor, jurisdiction)
    if (here === undefined) return refused('NOT_IN_A_TEAM')
    const told = await readWalk(tx, { context, actor, jurisdiction, here, fromMs })
    const cells = await countCells(tx, [jurisdiction], new Date(fromMs), here.own.grid_cell_ids)
    const detail = `${told.doors.length} doors, names and addresses`
    const act = { action: 'households.round', subject: `team ${here.own.id}`, outcome: 'done', detail }
    await auditIdentity(tx, actor, act, nowMs)
    await noteRound(
      tx,
      actor,
      { jurisdiction, day, fromMs, nowMs },
      told.doors.flatMap(({ householdId, checks }) => toldOf(householdId, checks)),
    )
    return done({
      asOf: new Date(nowMs).toISOString(),
      day,
      jurisdiction,
      responseId: responseOn(data.responses, day)?.id ?? '',
      team: await teamView(tx, here.own),
      gridCells: cells.map(cellView),
      ...told,
    })
  })
}
