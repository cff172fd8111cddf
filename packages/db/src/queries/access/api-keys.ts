import type { Kysely } from 'kysely'
import { type Account, accountColumns, toAccount } from '#src/queries/access/accounts.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type NewApiKey = {
  readonly id: string
  readonly accountId: string
  readonly tokenDigest: Buffer
  readonly label: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly createdBy: string
  readonly expiresAt: Date
}

/** Keeps a key of a service account, without the key itself. */
export const insertApiKey = async (query: Query, key: NewApiKey): Promise<void> => {
  await query
    .insertInto('api_keys')
    .values({
      id: key.id,
      account_id: key.accountId,
      token_digest: key.tokenDigest,
      label: key.label,
      scopes: [...key.scopes],
      created_at: key.createdAt,
      created_by: key.createdBy,
      expires_at: key.expiresAt,
      revoked_at: null,
      last_used_at: null,
    })
    .execute()
}

export type UsableApiKey = {
  readonly id: string
  readonly account: Account
  readonly scopes: readonly string[]
  readonly expiresAtMs: number
  readonly lastUsedAtMs: number | null
}

/** The key behind a token, where it is neither revoked nor over and its account is a service account in use. */
export const findApiKey = async (
  query: Query,
  tokenDigest: Buffer,
  now: Date,
): Promise<UsableApiKey | undefined> => {
  const row = await query
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select([
      ...accountColumns,
      'api_keys.id as key_id',
      'api_keys.scopes',
      'api_keys.expires_at',
      'api_keys.last_used_at',
    ])
    .where('api_keys.token_digest', '=', tokenDigest)
    .where('api_keys.revoked_at', 'is', null)
    .where('api_keys.expires_at', '>', now)
    .where('accounts.role', '=', 'service-account')
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.key_id,
    account: toAccount(row),
    scopes: row.scopes,
    expiresAtMs: row.expires_at.getTime(),
    lastUsedAtMs: row.last_used_at?.getTime() ?? null,
  }
}

/** Notes that a key is in use. */
export const touchApiKey = async (query: Query, id: string, now: Date): Promise<void> => {
  await query.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', id).execute()
}

export type ApiKey = {
  readonly id: string
  readonly label: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
}

/** Keys of an account, the newest first, those that are over included. */
export const readApiKeysOf = async (query: Query, accountId: string): Promise<ApiKey[]> => {
  const rows = await query
    .selectFrom('api_keys')
    .select(['id', 'label', 'scopes', 'created_at', 'expires_at', 'revoked_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** Ends a key. @returns whether there was one to end */
export const revokeApiKey = async (
  query: Query,
  key: { readonly accountId: string; readonly id: string; readonly now: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await query
    .updateTable('api_keys')
    .set({ revoked_at: key.now })
    .where('id', '=', key.id)
    .where('account_id', '=', key.accountId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}
