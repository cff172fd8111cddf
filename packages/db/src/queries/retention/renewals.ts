import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Somebody said by name that a collection goes on. */
export type CollectionRenewal = {
  readonly responseId: string
  readonly version: number
  readonly previousUntil: string
  readonly collectionUntil: string
  readonly ground: string
  readonly renewedAt: Date
  readonly renewedBy: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly role: string
}

/** Every renewal, those of one response together, oldest first. */
export const readCollectionRenewals = async (query: Query): Promise<CollectionRenewal[]> => {
  const rows = await query
    .selectFrom('collection_renewals')
    .selectAll()
    .orderBy('response_id')
    .orderBy('version')
    .execute()
  return rows.map((row) => ({
    responseId: row.response_id,
    version: row.version,
    previousUntil: row.previous_until,
    collectionUntil: row.collection_until,
    ground: row.ground,
    renewedAt: row.renewed_at,
    renewedBy: row.renewed_by,
    name: { zh: row.name_zh, en: row.name_en },
    role: row.role,
  }))
}

/**
 * Adds a renewal as the next version after the one it was decided on.
 * @returns false where somebody else was first
 */
export const insertCollectionRenewal = async (
  query: Query,
  renewal: CollectionRenewal & {
    readonly jurisdiction: number
    readonly day: string
    readonly noteSealed: Buffer | null
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('collection_renewals')
    .values({
      response_id: renewal.responseId,
      version: renewal.version,
      previous_until: renewal.previousUntil,
      collection_until: renewal.collectionUntil,
      ground: renewal.ground,
      renewed_at: renewal.renewedAt,
      renewed_by: renewal.renewedBy,
      name_zh: renewal.name.zh,
      name_en: renewal.name.en,
      role: renewal.role,
      jurisdiction: renewal.jurisdiction,
      day: renewal.day,
      note_sealed: renewal.noteSealed,
    })
    .onConflict((conflict) => conflict.columns(['response_id', 'version']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The end date of each response that was renewed: that of its newest renewal. */
export const readRenewedEnds = async (query: Query): Promise<ReadonlyMap<string, string>> => {
  const rows = await query
    .selectFrom('collection_renewals')
    .distinctOn('response_id')
    .select(['response_id', sql<string>`collection_until`.as('until')])
    .orderBy('response_id')
    .orderBy('version', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.response_id, row.until]))
}
