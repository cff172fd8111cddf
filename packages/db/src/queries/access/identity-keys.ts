import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

/**
 * The wrapped data key of a jurisdiction and day, made on first use; two servers that make it at once agree on one.
 * @returns null where the key was destroyed: that day takes no more identities
 */
export const findOrInsertIdentityKey = async (
  query: Kysely<Tables>,
  key: { readonly jurisdiction: number; readonly day: string; readonly wrapped: Buffer; readonly now: Date },
): Promise<Buffer | null> => {
  await query
    .insertInto('identity_keys')
    .values({
      jurisdiction: key.jurisdiction,
      day: key.day,
      wrapped: key.wrapped,
      created_at: key.now,
      destroyed_at: null,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'day']).doNothing())
    .execute()
  const row = await query
    .selectFrom('identity_keys')
    .select('wrapped')
    .where('jurisdiction', '=', key.jurisdiction)
    .where('day', '=', key.day)
    .executeTakeFirstOrThrow()
  return row.wrapped
}
