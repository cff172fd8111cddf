import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { HeldHousehold, HeldVisit } from '@guankou/contract/subject-access/held-household.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { readHouseholdAccesses } from '@guankou/db/queries/identity-access/read-accesses.ts'
import type { Visit } from '@guankou/domain/households/visits.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import { uuidTimeMs } from '@guankou/domain/screening/uuid-time.ts'
import { areaNames } from '@guankou/geodata/divisions/area-name.ts'
import type { ServerContext } from '#src/context.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'
import { openReason } from '#src/use-cases/identity/seal-access.ts'
import { maskQuarantineField } from '#src/use-cases/quarantine/mask-person.ts'
import type { HouseholdOfPerson } from '#src/use-cases/subject-access/find-households.ts'
import { heldUntil } from '#src/use-cases/subject-access/held-until.ts'
import type { Showing } from '#src/use-cases/subject-access/person-record.ts'

const mostAccesses = 200
const mostVisits = 20

export type HouseholdRows = {
  readonly found: HouseholdOfPerson
  readonly accesses: Awaited<ReturnType<typeof readHouseholdAccesses>>
  readonly held: Awaited<ReturnType<typeof heldUntil>>
}

export const readHouseholdRows = async (
  context: ServerContext,
  transaction: AreaTransaction,
  found: HouseholdOfPerson,
): Promise<HouseholdRows> => {
  const { jurisdiction, householdId, personIds, since } = found
  const seen = [householdId, ...personIds].map((id) => ({ id, occurredAt: new Date(uuidTimeMs(id)) }))
  return {
    found,
    accesses: await readHouseholdAccesses(transaction, { jurisdiction, seen, since }, mostAccesses),
    held: await heldUntil(transaction, context.reference.current(), found),
  }
}

const addressText = ({ estate, building = '', stair = '', floor = '', door }: DoorAddress): string =>
  [estate, building, stair, floor === '' ? '' : floor, door].filter((part) => part !== '').join(' ')

const fieldsOf = (
  { member, address }: HouseholdOfPerson,
  inFull: Showing['inFull'],
): HeldHousehold['fields'] => {
  const { name, document, phone } = member
  const shown = (field: 'name' | 'document' | 'phone', text: string | undefined) =>
    text === undefined ? [] : [{ field, masked: maskField(field, text), ...(inFull(field) ? { text } : {}) }]
  const where = address === undefined ? undefined : addressText(address)
  return [
    ...shown('name', name),
    ...shown('document', document?.number),
    ...shown('phone', phone),
    ...(where === undefined
      ? []
      : [{ field: 'address' as const, masked: maskQuarantineField('address', where), text: where }]),
  ]
}

const symptomName = ({ responses }: ReferenceData, code: string): Bilingual =>
  responses
    .flatMap(({ ruleSets }) => ruleSets.flatMap(({ symptoms }) => symptoms))
    .find((symptom) => symptom.code === code)?.name ?? { zh: code, en: code }

/** A visit as far as it is about these entries; what was found of others who live there is left out. */
const visitOf = (
  reference: ReferenceData,
  { openedAtMs, tasks, done }: Visit,
  personIds: ReadonlySet<string>,
): HeldVisit => {
  const works = done.map(({ work }) => work)
  const measured = works
    .flatMap((work) => (work.part === 'health' ? work.people : []))
    .findLast(({ personId }) => personIds.has(personId))
  const verified = works
    .flatMap((work) => (work.part === 'police' ? work.people : []))
    .findLast(({ personId }) => personIds.has(personId))
  return {
    at: new Date(openedAtMs).toISOString(),
    tasks: [...tasks],
    temperatureCelsius: measured?.temperatureCelsius ?? null,
    symptoms: (measured?.symptoms ?? []).map((code) => ({ ...symptomName(reference, code) })),
    verified: verified?.how ?? null,
  }
}

const seenBy = (
  { identity }: ServerContext,
  accesses: HouseholdRows['accesses'],
  reasons: boolean,
): Promise<HeldHousehold['seenBy']> =>
  Promise.all(
    accesses.map(async (access) => ({
      at: access.at.toISOString(),
      role: access.role as HeldHousehold['seenBy'][number]['role'],
      purpose: access.purpose as HeldHousehold['seenBy'][number]['purpose'],
      way: access.via as HeldHousehold['seenBy'][number]['way'],
      fields: access.fields as HeldHousehold['seenBy'][number]['fields'],
      reason: reasons ? await openReason(identity.sealer, access) : null,
    })),
  )

/** What a household holds of the person, as their page shows it. */
export const showHousehold = async (
  context: ServerContext,
  { found, accesses, held }: HouseholdRows,
  { inFull, reasons }: Showing,
): Promise<HeldHousehold> => {
  const reference = context.reference.current()
  const { member, visits, personIds, since } = found
  const own = visits.filter(({ openedAtMs }) => openedAtMs >= since.getTime())
  return {
    district: {
      ...(reference.jurisdiction(found.jurisdiction)?.name ?? { zh: '其他地区', en: 'Another area' }),
    },
    since: since.toISOString(),
    livesHere: found.livesHere,
    fields: fieldsOf(found, inFull),
    relation: member.relation,
    birthYear: member.birthYear ?? null,
    needs: [...(member.needs ?? [])],
    stays: (member.exposure?.stays ?? []).map(({ originCode, until }) => ({
      area: areaNames(originCode),
      until,
    })),
    contactWithCase: member.exposure?.contact ?? null,
    visits: own.slice(-mostVisits).map((visit) => visitOf(reference, visit, personIds)),
    visitCount: own.length,
    identityHeld: held('identity'),
    seenBy: await seenBy(context, accesses, reasons),
  }
}
