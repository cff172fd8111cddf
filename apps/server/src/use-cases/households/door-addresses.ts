import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import type { HouseholdFactRead } from '@guankou/db/queries/households/facts.ts'
import { readEscalatedRows } from '@guankou/db/queries/households/states.ts'
import { readSealsAtDoors } from '@guankou/db/queries/quarantine/doors.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
import { readAddress } from '@guankou/domain/households/read-address.ts'
import type { RowContent } from '@guankou/domain/worklists/read-row.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { openFacts } from '#src/use-cases/households/sealed-facts.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { openSeal } from '#src/use-cases/quarantine/seal-person.ts'
import { addressPlace, rowPlace } from '#src/use-cases/worklists/list-scope.ts'

export type DoorWords = { readonly address: DoorAddress; readonly askFor: string | null }

/** What a list says of a door it sends somebody to; a door whose day is over for good is not in it. */
const escalatedDoors = async (
  tx: AreaTransaction,
  sealer: IdentitySealer,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, DoorWords>> => {
  const rows = await readEscalatedRows(tx, jurisdiction, householdIds)
  const doors = new Map<string, DoorWords>()
  for (const row of rows) {
    const { householdId, addressSealed, sealed, listId } = row
    const text =
      addressSealed === null
        ? ''
        : await unlessDestroyed(sealer.open(row, addressPlace(householdId), addressSealed))
    if (text === null) continue
    const content =
      sealed === null ? null : await unlessDestroyed(sealer.open(row, rowPlace(listId, row.row), sealed))
    const { name } = content === null ? {} : (JSON.parse(content) as RowContent)
    doors.set(householdId, { address: readAddress(text), askFor: name ?? null })
  }
  return doors
}

/** Where an episode of quarantine sends somebody; the first one that still opens. */
const quarantineDoors = async (
  tx: AreaTransaction,
  sealer: IdentitySealer,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, DoorAddress>> => {
  const doors = new Map<string, DoorAddress>()
  if (householdIds.length === 0) return doors
  for (const seal of await readSealsAtDoors(tx, jurisdiction, householdIds, 'address')) {
    const text = doors.has(seal.householdId) ? null : await openSeal(sealer, seal)
    if (text !== null) doors.set(seal.householdId, readAddress(text))
  }
  return doors
}

const addressKinds: readonly string[] = ['household-opened', 'address-corrected', 'undone']

/**
 * Addresses of doors: as a team recorded them, else as a list or an episode of quarantine has them. A door without one is not in it.
 * @param rows  facts of the doors; only those about addresses are opened
 */
export const doorWords = async (
  tx: AreaTransaction,
  sealer: IdentitySealer,
  about: { readonly jurisdiction: number; readonly householdIds: readonly string[] },
  rows: readonly HouseholdFactRead[],
): Promise<ReadonlyMap<string, DoorWords>> => {
  const { jurisdiction, householdIds } = about
  const facts = await openFacts(
    sealer,
    rows.filter(({ kind }) => addressKinds.includes(kind)),
  )
  const households = householdsOf(facts)
  const escalated = await escalatedDoors(tx, sealer, jurisdiction, householdIds)
  const toldByTeam = (id: string): DoorAddress | undefined => households.get(id)?.address
  const untold = householdIds.filter((id) => toldByTeam(id) === undefined && !escalated.has(id))
  const quarantined = await quarantineDoors(tx, sealer, jurisdiction, untold)
  const words = new Map<string, DoorWords>()
  for (const id of householdIds) {
    const listed = escalated.get(id)
    const address = toldByTeam(id) ?? listed?.address ?? quarantined.get(id)
    if (address !== undefined) words.set(id, { address, askFor: listed?.askFor ?? null })
  }
  return words
}
