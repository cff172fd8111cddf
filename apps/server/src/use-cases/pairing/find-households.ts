import type { Member } from '@guankou/contract/households/record-household-fact.ts'
import type { DoorOutcome } from '@guankou/contract/households/vocabulary.ts'
import type { MaskedField, SearchedKind } from '@guankou/contract/identity/look-up.ts'
import {
  type HouseholdMatch,
  mostFoundInPairing,
  mostMembersShown,
  type PairingLookUp,
} from '@guankou/contract/pairing/look-up.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import type { IdentityAccess } from '@guankou/db/queries/identity-access/insert-accesses.ts'
import type { PersonState } from '@guankou/domain/households/household-state.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import {
  bestOf,
  type FoundHousehold,
  readHouseholdsFound,
  type SoughtHousehold,
  soughtByAddress,
} from '#src/use-cases/households/found-households.ts'
import { householdSeen } from '#src/use-cases/households/household-seen.ts'
import { jurisdictionsOf, keyOwnerOf } from '#src/use-cases/identity/look-up-person.ts'
import { mayLookUp, writeLookUp } from '#src/use-cases/identity/write-look-up.ts'
import { type PairingSearch, soughtPerson } from '#src/use-cases/pairing/find-orders.ts'
import { maskQuarantineField } from '#src/use-cases/quarantine/mask-person.ts'

type Sought = SoughtHousehold & { readonly kind: SearchedKind; readonly text: string }

/** What a subject is looked for by: every way its address may be on file, or the person’s document or phone. */
const soughtOf = async ({ identity }: ServerContext, { subject }: PairingSearch): Promise<Result<Sought>> => {
  if (subject.kind !== 'address') {
    const person = soughtPerson(subject)
    if (!person.ok) return person
    const { kind, text } = person.value
    return done({
      kind,
      text,
      digests: await identity.sealer.lookUpDigests(kind, text),
      keyGroups: undefined,
    })
  }
  const address = await soughtByAddress(identity.sealer, subject.text)
  if (address === undefined) return refused('PAIRING_ADDRESS_UNCLEAR', '/questionId')
  return done({ kind: 'address', text: address.told, ...address.by })
}

const maskedFields = ({ name, document, phone }: Member): MaskedField[] => [
  { field: 'name', masked: maskField('name', name) },
  ...(document === undefined
    ? []
    : [{ field: 'document' as const, masked: maskField('document', document.number) }]),
  ...(phone === undefined ? [] : [{ field: 'phone' as const, masked: maskField('phone', phone) }]),
]

/** On the server every member is in full; the state may also hold what a phone is shown. */
const memberOf = ({ id, member }: PersonState) => ({
  personId: id,
  relation: member.relation,
  fields: maskedFields(member as Member),
})

const localDay = (timeZone: string, at: Date | null | undefined): string | null =>
  at === null || at === undefined ? null : daySlotOf(timeZone, at.getTime()).day

const showHousehold = (
  { reference }: ServerContext,
  { jurisdiction, householdId, state, address, people, due }: FoundHousehold,
): HouseholdMatch => {
  const place = reference.current().jurisdiction(jurisdiction)
  const timeZone = place?.timeZone ?? 'UTC'
  return {
    householdId,
    jurisdiction,
    district: { ...(place?.name ?? { zh: '其他地区', en: 'Another area' }) },
    addressHead: address === undefined ? null : maskQuarantineField('address', address.estate),
    people: people.length,
    members: people.slice(0, mostMembersShown).map(memberOf),
    due: due.map(({ task, dueBy }) => ({ task, dueBy })),
    lastOutcome: (state?.last_outcome ?? null) as DoorOutcome | null,
    visitedOn: localDay(timeZone, state?.complete_at),
    triedOn: localDay(timeZone, state?.tried_at),
  }
}

const accessOf = (
  context: ServerContext,
  actor: Actor,
  { purpose, reason, at }: PairingSearch & { readonly at: Date },
  found: FoundHousehold,
): Promise<IdentityAccess> =>
  householdSeen(context, actor, found, {
    at,
    purpose,
    reason,
    fields: [
      ...new Set([
        'address',
        ...found.people.flatMap((each) => memberOf(each).fields.map(({ field }) => field)),
      ]),
    ],
    via: 'pairing',
  })

/** Households in the area of whoever asks, while the limit lets them. */
const readFound = async (context: ServerContext, actor: Actor, at: Date, sought: SoughtHousehold) =>
  inArea(context.db, actor.areaCode, async (transaction): Promise<Result<readonly FoundHousehold[]>> => {
    const may = await mayLookUp(transaction, actor, at)
    if (!may.ok) return may
    const found: FoundHousehold[] = []
    for (const jurisdiction of jurisdictionsOf(context, actor.areaCode))
      found.push(...(await readHouseholdsFound(transaction, context.identity.sealer, jurisdiction, sought)))
    return done(found)
  })

/** Households of an address, or of somebody by document or phone, with their people covered. */
export const findHouseholds = async (
  context: ServerContext,
  actor: Actor,
  search: PairingSearch,
): Promise<Result<PairingLookUp>> => {
  const sought = await soughtOf(context, search)
  if (!sought.ok) return sought
  const at = new Date(context.now())
  const all = await readFound(context, actor, at, sought.value)
  if (!all.ok) return all
  const best = bestOf(all.value)
  const found = best.slice(0, mostFoundInPairing)
  const limits = await writeLookUp(context, actor, {
    at,
    owner: keyOwnerOf(context, actor.areaCode),
    purpose: search.purpose,
    reason: search.reason,
    kind: sought.value.kind,
    text: sought.value.text,
    matches: found.length,
    accesses: await Promise.all(found.map((each) => accessOf(context, actor, { ...search, at }, each))),
  })
  if (!limits.ok) return limits
  return done({
    is: 'households',
    households: found.map((each) => showHousehold(context, each)),
    more: best.length > found.length,
    limits: limits.value,
  })
}
