import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A data key as it lies in the database. */
export type StoredDataKey = {
  readonly jurisdiction: number
  readonly day: string
  /** Null where the key was destroyed: that day takes no more identities. */
  readonly wrapped: Buffer | null
  /** Null where the row is from before day keys. */
  readonly generation: string | null
  readonly digestGeneration: number
  readonly digestsFrom: number
}

const columns = [
  'jurisdiction',
  'day',
  'wrapped',
  'generation',
  'digest_generation as digestGeneration',
  'digests_from as digestsFrom',
] as const

type DayOwner = { readonly jurisdiction: number; readonly day: string }

export const findDataKey = (
  query: Query,
  { jurisdiction, day }: DayOwner,
): Promise<StoredDataKey | undefined> =>
  query
    .selectFrom('identity_keys')
    .select(columns)
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .executeTakeFirst()

/** Adds the data key of a day; of two servers that do so at once the first one's is kept, and both read it back. */
export const insertDataKey = async (
  query: Query,
  key: DayOwner & {
    readonly wrapped: Buffer
    readonly generation: string
    readonly fingerprint: Buffer
    readonly now: Date
  },
): Promise<void> => {
  await query
    .insertInto('identity_keys')
    .values({
      jurisdiction: key.jurisdiction,
      day: key.day,
      wrapped: key.wrapped,
      generation: key.generation,
      fingerprint: key.fingerprint,
      created_at: key.now,
      destroyed_at: null,
      digest_generation: 1,
      digests_from: 1,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'day']).doNothing())
    .execute()
}

/** Data keys that still open something, newest day first. */
export const readLiveDataKeys = (query: Query): Promise<StoredDataKey[]> =>
  query
    .selectFrom('identity_keys')
    .select(columns)
    .where('wrapped', 'is not', null)
    .orderBy('day', 'desc')
    .orderBy('jurisdiction')
    .execute()

/** Data keys by the generation of the master key that wrapped them; destroyed ones under no generation are left out. */
export const countByGeneration = (
  query: Query,
): Promise<{ generation: string | null; keys: number; oldestDay: string; newestDay: string }[]> =>
  query
    .selectFrom('identity_keys')
    .select((eb) => [
      'generation',
      eb.cast<number>(eb.fn.countAll(), 'integer').as('keys'),
      eb.fn.min('day').as('oldestDay'),
      eb.fn.max('day').as('newestDay'),
    ])
    .where('wrapped', 'is not', null)
    .groupBy('generation')
    .orderBy('generation')
    .execute()

/** Data keys that another generation than the one given wrapped, oldest day first. */
export const readKeysToRewrap = (query: Query, generation: string, limit: number): Promise<StoredDataKey[]> =>
  query
    .selectFrom('identity_keys')
    .select(columns)
    .where('wrapped', 'is not', null)
    .where((eb) => eb.or([eb('generation', 'is', null), eb('generation', '<>', generation)]))
    .orderBy('day')
    .orderBy('jurisdiction')
    .limit(limit)
    .execute()

/**
 * Puts a re-wrapped key in the place of the one it was made from.
 * @returns false where that one is not there any more: it was destroyed, or wrapped anew by somebody else
 */
export const replaceWrapped = async (
  query: Query,
  from: StoredDataKey & { readonly wrapped: Buffer },
  to: { readonly wrapped: Buffer; readonly generation: string; readonly fingerprint: Buffer },
): Promise<boolean> => {
  const { numUpdatedRows } = await query
    .updateTable('identity_keys')
    .set(to)
    .where('jurisdiction', '=', from.jurisdiction)
    .where('day', '=', from.day)
    .where('wrapped', '=', from.wrapped)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets the data key of a day for good. @returns its fingerprint, where it had one */
export const destroyDataKey = async (
  query: Query,
  { jurisdiction, day }: DayOwner,
  now: Date,
): Promise<void> => {
  await query
    .updateTable('identity_keys')
    .set({ wrapped: null, destroyed_at: now })
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .where('wrapped', 'is not', null)
    .execute()
}

/** Begins a new generation of digests on every day that has none under way. @returns how many days */
export const beginDigestGeneration = async (query: Query): Promise<number> => {
  const { numUpdatedRows } = await query
    .updateTable('identity_keys')
    .set((eb) => ({ digest_generation: eb('digest_generation', '+', 1) }))
    .where('wrapped', 'is not', null)
    .whereRef('digest_generation', '=', 'digests_from')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Says that every digest of a day is of its newest generation. */
export const settleDigests = async (
  query: Query,
  { jurisdiction, day, digestGeneration }: StoredDataKey,
): Promise<void> => {
  await query
    .updateTable('identity_keys')
    .set({ digests_from: digestGeneration })
    .where('jurisdiction', '=', jurisdiction)
    .where('day', '=', day)
    .where('digest_generation', '=', digestGeneration)
    .execute()
}
