import type { HouseholdFactView, Round, RoundDoor } from '@guankou/contract/households/endpoints.ts'
import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import type { HouseholdFact } from '@guankou/domain/households/household-fact.ts'

/** A household that was opened besides the doors of the round. */
export type OpenedDoor = { readonly door: RoundDoor; readonly facts: readonly HouseholdFactView[] }

/** What lies on the phone of a round: the server’s last answers, and what was recorded here since. */
export type RoundHeld = {
  readonly accountId: string | undefined
  readonly round: Round | undefined
  readonly opened: readonly OpenedDoor[]
  readonly own: readonly HouseholdFact<HouseholdHappening>[]
}

export const nothingHeld: RoundHeld = { accountId: undefined, round: undefined, opened: [], own: [] }

/** Own facts are needed until the server tells them again; who was offline for days sees their own longer than that. */
const ownKeptMs = 7 * 86_400_000

const factOf = ({ occurredAt, ...fact }: HouseholdFactView): HouseholdFact => ({
  ...fact,
  occurredAtMs: Date.parse(occurredAt),
})

/** Every fact at hand; the own ones as they were entered. */
export const heldFacts = ({ round, opened, own }: RoundHeld): readonly HouseholdFact[] => [
  ...(round?.facts ?? []).map(factOf),
  ...opened.flatMap(({ facts }) => facts.map(factOf)),
  ...own,
]

/** Takes the server’s answer in: own facts that it tells or that were refused go, and so do those that are old. */
export const withRound = (
  held: RoundHeld,
  round: Round,
  rejected: ReadonlySet<string>,
  nowMs: number,
): RoundHeld => {
  const inRound = new Set(round.doors.map(({ householdId }) => householdId))
  const opened = held.opened.filter(({ door }) => !inRound.has(door.householdId))
  const told = new Set([...round.facts, ...opened.flatMap(({ facts }) => facts)].map(({ id }) => id))
  const isKept = ({ id, occurredAtMs }: HouseholdFact): boolean =>
    !told.has(id) && !rejected.has(id) && nowMs - occurredAtMs < ownKeptMs
  return { ...held, round, opened, own: held.own.filter(isKept) }
}

/** Takes in a household that was opened, in the place of what was known of it. */
export const withOpened = (held: RoundHeld, door: OpenedDoor): RoundHeld => ({
  ...held,
  opened: [...held.opened.filter((each) => each.door.householdId !== door.door.householdId), door].slice(-50),
})
