import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredPassage = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly screeningId: string
  readonly day: string
  readonly postId: number
  readonly conveyanceKind: string
  readonly people: number
}

/** The last times that a vehicle was screened, newest first. */
export const readPassagesOf = async (
  query: Query,
  jurisdictions: readonly number[],
  plate: { readonly digests: readonly Buffer[]; readonly since: Date },
  most: number,
): Promise<readonly StoredPassage[]> => {
  if (plate.digests.length === 0 || jurisdictions.length === 0) return []
  return query
    .selectFrom('screenings')
    .select([
      'jurisdiction',
      'occurred_at as occurredAt',
      'id as screeningId',
      'day',
      'post_id as postId',
      'conveyance_kind as conveyanceKind',
      'traveller_count as people',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('occurred_at', '>=', plate.since)
    .where('plate_digest', 'in', plate.digests)
    .orderBy('occurred_at', 'desc')
    .limit(most)
    .execute()
}

/** One traveller with what is sealed of them. */
export type SealedTraveller = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly screeningId: string
  readonly seat: number
  readonly day: string
  readonly originCode: number
  readonly documentKind: string
  readonly name: Buffer | null
  readonly document: Buffer | null
  readonly phone: Buffer | null
}

/** Everyone in the screenings given. @param keys  instants and ids; the jurisdictions narrow them */
export const readTravellersOf = async (
  query: Query,
  jurisdictions: readonly number[],
  keys: readonly { readonly occurredAt: Date; readonly screeningId: string }[],
): Promise<readonly SealedTraveller[]> => {
  if (keys.length === 0 || jurisdictions.length === 0) return []
  return query
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
      't.origin_code as originCode',
      't.document_kind as documentKind',
      't.name_sealed as name',
      't.document_sealed as document',
      't.phone_sealed as phone',
    ])
    .where('t.jurisdiction', 'in', jurisdictions)
    .where(
      't.occurred_at',
      'in',
      keys.map((key) => key.occurredAt),
    )
    .where(
      't.screening_id',
      'in',
      keys.map((key) => key.screeningId),
    )
    .orderBy('t.occurred_at', 'desc')
    .orderBy('t.seat')
    .execute()
}

/** Seats of a screening that were recorded without the identity they were confirmed to have. */
export const readUnresolvedSeats = async (
  query: Query,
  key: { readonly jurisdiction: number; readonly occurredAt: Date; readonly screeningId: string },
): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('screening_travellers')
    .select('seat')
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurredAt)
    .where('screening_id', '=', key.screeningId)
    .where('confirmed_as', 'in', ['unknown', 'expired'])
    .where('document_sealed', 'is', null)
    .where('name_sealed', 'is', null)
    .where('phone_sealed', 'is', null)
    .orderBy('seat')
    .execute()
  return rows.map((row) => row.seat)
}
