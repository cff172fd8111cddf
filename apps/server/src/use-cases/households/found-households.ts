import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  findByDigest,
  findMovesOf,
  readFactsOf,
  readFactsOfPeopleHere,
} from '@guankou/db/queries/households/facts.ts'
import { findState, type HouseholdStateRead } from '@guankou/db/queries/households/states.ts'
import { readHouseholdTasks } from '@guankou/db/queries/households/tasks.ts'
import { addressKeysOf } from '@guankou/domain/households/address-keys.ts'
import type { DueTask } from '@guankou/domain/households/due.ts'
import { householdsOf, type PersonState } from '@guankou/domain/households/household-state.ts'
import { addressKey } from '@guankou/domain/households/walk-key.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { doorWords } from '#src/use-cases/households/door-addresses.ts'
import { dueOf } from '#src/use-cases/households/doors-of-today.ts'
import { addressKind } from '#src/use-cases/households/fact-digests.ts'
import { isOfPeople, newestDay } from '#src/use-cases/households/people-facts.ts'
import { readDueChecks } from '#src/use-cases/households/quarantine-checks.ts'
import { openFacts } from '#src/use-cases/households/sealed-facts.ts'

/** What a household is looked for by: digests, and of an address the keys that they were made of. */
export type SoughtHousehold = {
  readonly digests: readonly Buffer[]
  readonly keyGroups: readonly (readonly string[])[] | undefined
}

/** A household as the server has it; what is shown of it is covered later. */
export type FoundHousehold = {
  readonly jurisdiction: number
  readonly householdId: string
  readonly state: HouseholdStateRead | undefined
  readonly address: DoorAddress | undefined
  readonly people: readonly PersonState[]
  readonly due: readonly DueTask[]
  /** The newest local day under whose key something of it lies. */
  readonly day: string | undefined
  /** Which group of keys its address stands in: 0 is as it was told. */
  readonly group: number
}

const mostHits = 20

/** Every way an address may be on file; `undefined` where none can be made out in the text. */
export const soughtByAddress = async (
  sealer: IdentitySealer,
  text: string,
): Promise<{ readonly told: string; readonly by: SoughtHousehold } | undefined> => {
  const keyGroups = addressKeysOf(text)
  const told = keyGroups[0]?.[0]
  if (told === undefined) return undefined
  const digests = await Promise.all(keyGroups.flat().map((key) => sealer.lookUpDigests(addressKind, key)))
  return { told, by: { digests: digests.flat(), keyGroups } }
}

/** Of what was found by address that which fits best: as it was told before what it may have meant. */
export const bestOf = <Hit extends { readonly group: number }>(hits: readonly Hit[]): readonly Hit[] => {
  const best = Math.min(...hits.map(({ group }) => group))
  return hits.filter(({ group }) => group === best)
}

type Checks = Awaited<ReturnType<typeof readDueChecks>>

const dueTasksAt = async (
  transaction: AreaTransaction,
  state: HouseholdStateRead | undefined,
  checks: Checks,
): Promise<readonly DueTask[]> => {
  if (state === undefined) return []
  const cell = state.grid_cell_id
  const tasks = cell === null ? [] : await readHouseholdTasks(transaction, state.jurisdiction, [cell])
  return dueOf(state, tasks, checks.get(state.household_id))
}

/** Which group of keys an address stands in; 0 where nothing was looked for by address. */
const groupOf = ({ keyGroups }: SoughtHousehold, address: DoorAddress | undefined): number | undefined => {
  if (keyGroups === undefined) return 0
  if (address === undefined) return undefined
  const at = keyGroups.findIndex((keys) => keys.includes(addressKey(address)))
  return at < 0 ? undefined : at
}

const isOneOf = ({ id, mergedIds }: PersonState, ids: ReadonlySet<string>): boolean =>
  ids.has(id) || mergedIds.some((each) => ids.has(each))

/**
 * Households of a jurisdiction by the digests of an address, or of somebody who lives there now: whoever moved is found where
 * they moved to, and nobody is found where they lived before.
 */
export const readHouseholdsFound = async (
  transaction: AreaTransaction,
  sealer: IdentitySealer,
  jurisdiction: number,
  sought: SoughtHousehold,
): Promise<readonly FoundHousehold[]> => {
  const hits = await findByDigest(transaction, jurisdiction, sought.digests, mostHits)
  if (hits.length === 0) return []
  const personIds = new Set(hits.flatMap(({ personId }) => (personId === null ? [] : [personId])))
  const moved = await findMovesOf(transaction, jurisdiction, [...personIds])
  const householdIds = [...new Set([...hits.map(({ householdId }) => householdId), ...moved])]
  const own = await readFactsOf(transaction, jurisdiction, householdIds)
  const rows = [...own, ...(await readFactsOfPeopleHere(transaction, jurisdiction, householdIds))]
  const words = await doorWords(transaction, sealer, { jurisdiction, householdIds }, own)
  const known = householdsOf(await openFacts(sealer, rows.filter(isOfPeople)))
  const checks = await readDueChecks(transaction, jurisdiction)
  const found: FoundHousehold[] = []
  for (const householdId of householdIds) {
    const people = known.get(householdId)?.people ?? []
    const address = words.get(householdId)?.address
    const group = groupOf(sought, address)
    if (group === undefined) continue
    if (sought.keyGroups === undefined && !people.some((each) => isOneOf(each, personIds))) continue
    const state = await findState(transaction, jurisdiction, householdId)
    const due = await dueTasksAt(transaction, state, checks)
    const day = newestDay(own.filter(({ household_id }) => household_id === householdId))
    found.push({ jurisdiction, householdId, state, address, people, due, day, group })
  }
  return found
}
