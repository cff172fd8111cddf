import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

type Cursor = { readonly at: Date; readonly id: string; readonly seat: number }

type DayWindow = { readonly jurisdiction: number; readonly from: Date; readonly until: Date }

/**
 * The sealed values of one row that has digests, and the digests. Seat 0 is the vehicle: beside its plate stands the run it was,
 * where people have a phone.
 */
export type DigestedRow = {
  readonly occurredAt: Date
  readonly screeningId: string
  readonly seat: number
  readonly kind: string
  readonly sealed: Buffer | null
  readonly digest: Buffer | null
  readonly besideSealed: Buffer | null
  readonly besideDigest: Buffer | null
}

/** Where reading begins: before every row of a day. */
export const beforeAllRows = (window: DayWindow): Cursor => ({
  at: window.from,
  id: '00000000-0000-0000-0000-000000000000',
  seat: -1,
})

/** Rows of a day that have digests, in order, after a cursor. */
export const readDigestedRows = async (
  query: Query,
  { jurisdiction, until }: DayWindow,
  after: Cursor,
  limit: number,
): Promise<DigestedRow[]> => {
  const { rows } = await sql<DigestedRow>`
    select occurred_at as "occurredAt", id as "screeningId", 0 as seat, 'plate' as kind, plate_sealed as sealed,
      plate_digest as digest, service_sealed as "besideSealed", service_digest as "besideDigest"
    from screenings
    where jurisdiction = ${jurisdiction} and occurred_at >= ${after.at} and occurred_at < ${until}
      and (occurred_at, id, 0) > (${after.at}, ${after.id}::uuid, ${after.seat}::integer)
      and (plate_digest is not null or service_digest is not null)
    union all
    select occurred_at, screening_id, seat, document_kind, document_sealed, document_digest, phone_sealed, phone_digest
    from screening_travellers
    where jurisdiction = ${jurisdiction} and occurred_at >= ${after.at} and occurred_at < ${until}
      and (occurred_at, screening_id, seat) > (${after.at}, ${after.id}::uuid, ${after.seat}::integer)
      and (document_digest is not null or phone_digest is not null)
    order by 1, 2, 3
    limit ${limit}`.execute(query)
  return rows
}

/** Puts new digests in the place of those of a row. */
export const replaceDigests = async (
  query: Query,
  jurisdiction: number,
  row: Pick<DigestedRow, 'occurredAt' | 'screeningId' | 'seat' | 'digest' | 'besideDigest'>,
): Promise<void> => {
  const { occurredAt, screeningId, seat, digest, besideDigest } = row
  if (seat === 0)
    await query
      .updateTable('screenings')
      .set({ plate_digest: digest, service_digest: besideDigest })
      .where('jurisdiction', '=', jurisdiction)
      .where('occurred_at', '=', occurredAt)
      .where('id', '=', screeningId)
      .execute()
  else
    await query
      .updateTable('screening_travellers')
      .set({ document_digest: digest, phone_digest: besideDigest })
      .where('jurisdiction', '=', jurisdiction)
      .where('occurred_at', '=', occurredAt)
      .where('screening_id', '=', screeningId)
      .where('seat', '=', seat)
      .execute()
}
