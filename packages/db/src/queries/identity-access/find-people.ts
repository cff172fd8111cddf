import type { Kysely } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import { findCorrectedTo } from '#src/queries/screening/corrections.ts'
import { isOverridden, standingDisposition } from '#src/queries/screening/standing.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A person in a screening with what is sealed of them. */
export type FoundPerson = PersonKey & {
  readonly day: string
  readonly postId: number
  readonly lane: number
  readonly conveyanceKind: string
  readonly documentKind: string
  readonly originCode: number
  /** As it counts now. */
  readonly disposition: string
  readonly overridden: boolean
  readonly name: Buffer | null
  readonly document: Buffer | null
  readonly phone: Buffer | null
  readonly plate: Buffer | null
  readonly service: Buffer | null
  readonly seatLabel: string | null
}

const everyone = (query: Query) =>
  query
    .selectFrom('screening_travellers as t')
    .innerJoin('screenings as s', (join) =>
      join
        .onRef('s.jurisdiction', '=', 't.jurisdiction')
        .onRef('s.occurred_at', '=', 't.occurred_at')
        .onRef('s.id', '=', 't.screening_id'),
    )
    .select([
      't.jurisdiction',
      't.occurred_at as occurredAt',
      't.screening_id as screeningId',
      't.seat',
      's.day',
      's.post_id as postId',
      's.lane',
      's.conveyance_kind as conveyanceKind',
      't.document_kind as documentKind',
      't.origin_code as originCode',
      standingDisposition.as('disposition'),
      isOverridden.as('overridden'),
      't.name_sealed as name',
      't.document_sealed as document',
      't.phone_sealed as phone',
      's.plate_sealed as plate',
      's.service_sealed as service',
      't.seat_label as seatLabel',
    ])

const people = (query: Query, jurisdictions: readonly number[]) =>
  everyone(query).where('t.jurisdiction', 'in', jurisdictions)

/** What is looked for: digests of a plate, of a run, of a phone, or of a document of one kind. */
export type Sought = {
  readonly kind: string
  readonly digests: readonly Buffer[]
  /** Among screenings of some days, or of a post. */
  readonly among?: Among | undefined
}

export type Among = {
  readonly fromDay?: string | undefined
  readonly untilDay?: string | undefined
  readonly postId?: number | undefined
}

const narrowed = (all: ReturnType<typeof people>, { fromDay, untilDay, postId }: Among) => {
  const from = fromDay === undefined ? all : all.where('s.day', '>=', fromDay)
  const until = untilDay === undefined ? from : from.where('s.day', '<=', untilDay)
  return postId === undefined ? until : until.where('s.post_id', '=', postId)
}

/** Everyone aboard a plate, or everyone with a phone or document, newest first. */
export const findPeople = async (
  query: Query,
  jurisdictions: readonly number[],
  { kind, digests, among = {} }: Sought,
  most: number,
): Promise<readonly FoundPerson[]> => {
  if (digests.length === 0 || jurisdictions.length === 0) return []
  const corrected = await findCorrectedTo(query, jurisdictions, { kind, digests }, most)
  const all = narrowed(people(query, jurisdictions), among)
  const matching =
    kind === 'plate'
      ? all.where('s.plate_digest', 'in', digests)
      : kind === 'service'
        ? all.where('s.service_digest', 'in', digests)
        : kind === 'phone'
          ? all.where('t.phone_digest', 'in', digests)
          : all.where('t.document_kind', '=', kind).where('t.document_digest', 'in', digests)
  const recorded = await matching.orderBy('t.occurred_at', 'desc').orderBy('t.seat').limit(most).execute()
  return corrected.length === 0 ? recorded : withCorrected(query, recorded, { corrected, among, most })
}

const isLater = (a: FoundPerson, b: FoundPerson): number =>
  b.occurredAt.getTime() - a.occurredAt.getTime() || a.seat - b.seat

/** People as recorded and as corrected, each once, newest first. */
const withCorrected = async (
  query: Query,
  recorded: readonly FoundPerson[],
  {
    corrected,
    among,
    most,
  }: { readonly corrected: readonly PersonKey[]; readonly among: Among; readonly most: number },
): Promise<readonly FoundPerson[]> => {
  const found = new Map(recorded.map((person) => [`${person.screeningId}|${person.seat}`, person]))
  for (const { jurisdiction, occurredAt, screeningId, seat } of corrected) {
    const aboard = narrowed(people(query, [jurisdiction]), among)
      .where('t.occurred_at', '=', occurredAt)
      .where('t.screening_id', '=', screeningId)
    const these = await (seat === 0 ? aboard : aboard.where('t.seat', '=', seat)).execute()
    for (const person of these) found.set(`${person.screeningId}|${person.seat}`, person)
  }
  return [...found.values()].toSorted(isLater).slice(0, most)
}

/** One person by key. */
export const findPerson = (query: Query, person: PersonKey): Promise<FoundPerson | undefined> =>
  people(query, [person.jurisdiction])
    .where('t.occurred_at', '=', person.occurredAt)
    .where('t.screening_id', '=', person.screeningId)
    .where('t.seat', '=', person.seat)
    .executeTakeFirst()

/** One person by the id of the screening, which carries its time, and the seat, wherever in the area. */
export const findPersonAnywhere = (
  query: Query,
  { screeningId, occurredAt, seat }: Omit<PersonKey, 'jurisdiction'>,
): Promise<FoundPerson | undefined> =>
  everyone(query)
    .where('t.occurred_at', '=', occurredAt)
    .where('s.occurred_at', '=', occurredAt)
    .where('t.screening_id', '=', screeningId)
    .where('t.seat', '=', seat)
    .executeTakeFirst()
