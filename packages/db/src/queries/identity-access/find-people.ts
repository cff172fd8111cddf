import type { Kysely } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
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
}

const people = (query: Query, jurisdictions: readonly number[]) =>
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
    ])
    .where('t.jurisdiction', 'in', jurisdictions)

/** What is looked for: digests of a plate, of a phone, or of a document of one kind. */
export type Sought = { readonly kind: string; readonly digests: readonly Buffer[] }

/** Everyone aboard a plate, or everyone with a phone or document, newest first. */
export const findPeople = async (
  query: Query,
  jurisdictions: readonly number[],
  { kind, digests }: Sought,
  most: number,
): Promise<readonly FoundPerson[]> => {
  if (digests.length === 0 || jurisdictions.length === 0) return []
  const all = people(query, jurisdictions)
  const matching =
    kind === 'plate'
      ? all.where('s.plate_digest', 'in', digests)
      : kind === 'phone'
        ? all.where('t.phone_digest', 'in', digests)
        : all.where('t.document_kind', '=', kind).where('t.document_digest', 'in', digests)
  return matching.orderBy('t.occurred_at', 'desc').orderBy('t.seat').limit(most).execute()
}

/** One person by key. */
export const findPerson = (query: Query, person: PersonKey): Promise<FoundPerson | undefined> =>
  people(query, [person.jurisdiction])
    .where('t.occurred_at', '=', person.occurredAt)
    .where('t.screening_id', '=', person.screeningId)
    .where('t.seat', '=', person.seat)
    .executeTakeFirst()
