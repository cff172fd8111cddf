import type { Kysely, Selectable, Updateable } from 'kysely'
import type { PairingTables } from '#src/rows/pairing.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredPairing = Selectable<PairingTables['pairings']>
type PairingKey = Pick<StoredPairing, 'jurisdiction' | 'occurred_at' | 'id'>

/** @returns false where the id or the code is taken */
export const insertPairing = async (query: Query, pairing: StoredPairing): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('pairings')
    .values(pairing)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** One pairing of the area. @param lock  held until the transaction ends, so that what is said has an order */
export const findPairing = (
  query: Query,
  { id, openedAt }: { readonly id: string; readonly openedAt: Date },
  lock = false,
): Promise<StoredPairing | undefined> => {
  const found = query
    .selectFrom('pairings')
    .selectAll()
    .where('id', '=', id)
    .where('occurred_at', '=', openedAt)
  return (lock ? found.forUpdate() : found).executeTakeFirst()
}

export const findPairingByCode = (query: Query, code: string): Promise<StoredPairing | undefined> =>
  query.selectFrom('pairings').selectAll().where('code', '=', code).forUpdate().executeTakeFirst()

/** Pairings of an account that were opened since and that nobody has ended, newest first. */
export const readPairingsOf = (query: Query, accountId: string, since: Date): Promise<StoredPairing[]> =>
  query
    .selectFrom('pairings')
    .selectAll()
    .where((either) =>
      either.or([
        either('field_account', '=', accountId),
        either('desk_account', '=', accountId),
        either('wanted_account', '=', accountId),
      ]),
    )
    .where('occurred_at', '>', since)
    .where('ended_at', 'is', null)
    .orderBy('occurred_at', 'desc')
    .execute()

/** Desk accounts that joined a pairing since which nobody has ended. */
export const readRunningPairings = (query: Query, since: Date): Promise<StoredPairing[]> =>
  query
    .selectFrom('pairings')
    .selectAll()
    .where('desk_account', 'is not', null)
    .where('ended_at', 'is', null)
    .where('occurred_at', '>', since)
    .execute()

export const updatePairing = async (
  query: Query,
  { jurisdiction, occurred_at, id }: PairingKey,
  change: Updateable<PairingTables['pairings']>,
): Promise<void> => {
  await query
    .updateTable('pairings')
    .set(change)
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurred_at)
    .where('id', '=', id)
    .execute()
}

/** Pairings that were opened between two instants, oldest first. */
export const readPairingsBetween = (
  query: Query,
  { from, until }: { readonly from: Date; readonly until: Date },
  most: number,
): Promise<StoredPairing[]> =>
  query
    .selectFrom('pairings')
    .selectAll()
    .where('occurred_at', '>=', from)
    .where('occurred_at', '<', until)
    .orderBy('occurred_at')
    .limit(most)
    .execute()

/** Accounts of some roles, for whom to pick and whose names to show. */
export const readAccountsByRole = (query: Query, roles: readonly string[]) =>
  query
    .selectFrom('accounts')
    .select(['id', 'name_zh', 'name_en', 'area_code', 'role'])
    .where('role', 'in', roles)
    .orderBy('login')
    .execute()
