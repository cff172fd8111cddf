import type { DoorAddress, Member } from '@guankou/contract/households/record-household-fact.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readFactsOf, readFactsOfPeopleHere } from '@guankou/db/queries/households/facts.ts'
import { findKnownDigests, type KnownDigest } from '@guankou/db/queries/households/register.ts'
import { householdsOf } from '@guankou/domain/households/household-state.ts'
import type { RegisterRow } from '@guankou/domain/households/register-row.ts'
import { addressKey, estateKey } from '@guankou/domain/households/walk-key.ts'
import type { DigestsOf, IdentitySealer } from '#src/identity/identity-sealer.ts'
import { addressKind, estateKind } from '#src/use-cases/households/fact-digests.ts'
import { openFacts } from '#src/use-cases/households/sealed-facts.ts'

/** What is on file of the rows of a batch. */
export type OnFile = {
  readonly householdAt: (address: DoorAddress) => string | undefined
  readonly ofEstate: (address: DoorAddress) => readonly KnownDigest[]
  readonly hasDocument: (document: NonNullable<Member['document']>) => boolean
  /** Who lives behind a door that was on file before this batch. */
  readonly membersOf: (householdId: string) => readonly Member[]
}

const keysOf = (digests: readonly Buffer[]): readonly string[] =>
  digests.map((digest) => digest.toString('base64'))

/** On the server every member is in full; the state may also hold what a phone is shown. */
const readMembers = async (
  tx: AreaTransaction,
  sealer: IdentitySealer,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Member[]>> => {
  const own = await readFactsOf(tx, jurisdiction, householdIds)
  const movedIn = await readFactsOfPeopleHere(tx, jurisdiction, householdIds)
  const households = householdsOf(await openFacts(sealer, [...own, ...movedIn]))
  return new Map(
    householdIds.map((id) => [id, (households.get(id)?.people ?? []).map(({ member }) => member as Member)]),
  )
}

/** Looks everything of a batch up at once: doors, estates and documents by digest, and the members behind known doors. */
export const readOnFile = async (
  tx: AreaTransaction,
  { sealer, digestsOf }: { readonly sealer: IdentitySealer; readonly digestsOf: DigestsOf },
  jurisdiction: number,
  rows: readonly RegisterRow[],
): Promise<OnFile> => {
  const ofAddress = (address: DoorAddress) => digestsOf(addressKind, addressKey(address))
  const ofEstate = (address: DoorAddress) => digestsOf(estateKind, estateKey(address.estate))
  const ofDocument = ({ kind, number }: NonNullable<Member['document']>) => digestsOf(kind, number)
  const estates = new Map(
    rows.flatMap(({ address, gridCell }) => (gridCell === undefined ? [[address.estate, address]] : [])),
  )
  const found = await findKnownDigests(tx, jurisdiction, [
    ...rows.flatMap(({ address }) => ofAddress(address)),
    ...[...estates.values()].flatMap(ofEstate),
    ...rows.flatMap(({ member }) => (member.document === undefined ? [] : ofDocument(member.document))),
  ])
  const byDigest = Map.groupBy(found, ({ digest }) => digest.toString('base64'))
  const hits = (digests: readonly Buffer[], kind: string): readonly KnownDigest[] =>
    keysOf(digests).flatMap((key) => (byDigest.get(key) ?? []).filter((each) => each.kind === kind))
  const householdAt = (address: DoorAddress) => hits(ofAddress(address), 'address')[0]?.householdId
  const hasDocument: OnFile['hasDocument'] = (document) => hits(ofDocument(document), 'document').length > 0
  const open = new Set(
    rows.flatMap(({ address, member }) =>
      member.document !== undefined && hasDocument(member.document) ? [] : (householdAt(address) ?? []),
    ),
  )
  const members = await readMembers(tx, sealer, jurisdiction, [...open])
  return {
    householdAt,
    hasDocument,
    ofEstate: (address) => hits(ofEstate(address), 'estate'),
    membersOf: (householdId) => members.get(householdId) ?? [],
  }
}
