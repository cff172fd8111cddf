import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Counts one more signed declaration of a day. @param cityCode  declarations are made for the whole city */
export const countSigned = async (
  query: Query,
  { cityCode, day, people }: { readonly cityCode: number; readonly day: string; readonly people: number },
): Promise<void> => {
  await query
    .insertInto('rollup_declaration_days')
    .values({ jurisdiction: cityCode, day, signed: 1, people })
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'day']).doUpdateSet({
        signed: sql`rollup_declaration_days.signed + excluded.signed`,
        people: sql`rollup_declaration_days.people + excluded.people`,
      }),
    )
    .execute()
}

/** Whether a declaration was shown at any post of the area. */
export const wasUsed = async (query: Query, digest: Buffer): Promise<boolean> => {
  const found = await query
    .selectFrom('declaration_uses')
    .select('id')
    .where('declaration_digest', '=', digest)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export type StoredUse = {
  readonly jurisdiction: number
  readonly id: string
  readonly occurredAt: Date
  readonly recordedAt: Date
  readonly postId: number
  readonly screeningId: string
  readonly declarationDigest: Buffer
  readonly accountId: string
  readonly deviceId: string | null
  readonly contentDigest: Buffer
}

/** @returns false where the id is there already */
export const insertUse = async (query: Query, use: StoredUse): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('declaration_uses')
    .values({
      jurisdiction: use.jurisdiction,
      id: use.id,
      occurred_at: use.occurredAt,
      recorded_at: use.recordedAt,
      post_id: use.postId,
      screening_id: use.screeningId,
      declaration_digest: use.declarationDigest,
      account_id: use.accountId,
      device_id: use.deviceId,
      content_digest: use.contentDigest,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const findUse = (query: Query, jurisdiction: number, id: string) =>
  query
    .selectFrom('declaration_uses')
    .select(['recorded_at as recordedAt', 'content_digest as contentDigest'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()
