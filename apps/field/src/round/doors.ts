import type { RoundDoor } from '@guankou/contract/households/endpoints.ts'
import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import { type DueTask, doorNextOf, dueTasksOf, lastTried } from '@guankou/domain/households/due.ts'
import { emptyHousehold, type Household, householdsOf } from '@guankou/domain/households/household-state.ts'
import type { DoorNext } from '@guankou/domain/households/next-step.ts'
import { planWalk } from '@guankou/domain/households/plan-round.ts'
import { isComplete, sameVisitMs, type Visit } from '@guankou/domain/households/visits.ts'
import { dayStartMs } from '@guankou/domain/places/day-start.ts'
import { heldFacts, type RoundHeld } from '#src/round/round-held.ts'

/** Where a door stands in the work of today. */
export const doorStates = ['visiting', 'due', 'again', 'later', 'ended', 'complete', 'idle'] as const
export type DoorState = (typeof doorStates)[number]

export type DoorLine = {
  readonly id: string
  readonly address: DoorAddress
  readonly door: RoundDoor
  readonly household: Household
  readonly due: readonly DueTask[]
  readonly next: DoorNext | undefined
  /** The visit that is under way. */
  readonly visit: Visit | undefined
  readonly state: DoorState
}

export type RoundRules = { readonly rules: VisitRules; readonly timeZone: string }

const stateOf = (
  due: readonly DueTask[],
  { visit, next, isCompleteToday }: { visit: unknown; next: DoorNext | undefined; isCompleteToday: boolean },
  nowMs: number,
): DoorState => {
  if (visit !== undefined) return 'visiting'
  if (due.length === 0) return isCompleteToday ? 'complete' : 'idle'
  if (next === undefined) return 'due'
  if (next.againFromMs === null) return 'ended'
  return next.againFromMs > nowMs ? 'later' : 'again'
}

const lineOf = (
  door: RoundDoor,
  household: Household,
  { rules, timeZone }: RoundRules,
  nowMs: number,
): DoorLine => {
  const asked = door.asked.map(({ task, dueBy, askedAt }) => ({ task, dueBy, atMs: Date.parse(askedAt) }))
  const due = dueTasksOf(rules, household, asked)
  const last = household.visits.at(-1)
  const isOpen = last !== undefined && !isComplete(rules, last) && nowMs - last.openedAtMs <= 4 * sameVisitMs
  // An outcome after the door opened ends the visit: they were sent away after all.
  const endedMs = household.outcomes.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY
  const visit = isOpen && endedMs < last.openedAtMs ? last : undefined
  const next = visit === undefined ? doorNextOf(rules, timeZone, household) : undefined
  const dayMs = dayStartMs(timeZone, nowMs)
  const isCompleteToday = household.visits.some((each) => each.openedAtMs >= dayMs && isComplete(rules, each))
  const state = stateOf(due, { visit, next, isCompleteToday }, nowMs)
  const address = household.address ?? door.address
  return { id: door.householdId, address, door, household, due, next, visit, state }
}

/** Doors that were opened on this phone and are in no answer yet. */
const ownDoors = (held: RoundHeld, known: ReadonlySet<string>): readonly RoundDoor[] =>
  held.own.flatMap(({ householdId, happening }) =>
    happening.is === 'household-opened' && !known.has(householdId)
      ? [
          {
            householdId,
            gridCellId: happening.gridCellId,
            address: happening.address,
            askFor: null,
            asked: [],
          },
        ]
      : [],
  )

export type DoorsAtHand = {
  /** In walking order. */
  readonly lines: readonly DoorLine[]
  readonly households: ReadonlyMap<string, Household>
}

/** The doors of the round as they stand on this phone, in walking order. */
export const doorsOf = (held: RoundHeld, rules: RoundRules, nowMs: number): DoorsAtHand => {
  const households = householdsOf(heldFacts(held))
  const told = [...(held.round?.doors ?? []), ...held.opened.map(({ door }) => door)]
  const known = new Set(told.map(({ householdId }) => householdId))
  const lines = [...told, ...ownDoors(held, known)].map((door) =>
    lineOf(door, households.get(door.householdId) ?? emptyHousehold(door.householdId), rules, nowMs),
  )
  return { lines: planWalk(lines), households }
}

/** The next door to go to: the one that is open, else the first in walking order that is due now. */
export const nextDoor = (lines: readonly DoorLine[]): DoorLine | undefined =>
  lines.find(({ state }) => state === 'visiting') ??
  lines.find(({ state }) => state === 'due' || state === 'again')

/** Where somebody last stood today. */
export const isTriedToday = ({ household }: DoorLine, timeZone: string, nowMs: number): boolean =>
  (lastTried(household)?.atMs ?? 0) >= dayStartMs(timeZone, nowMs)
