import type { FrontName } from '@guankou/contract/client.ts'
import type { Lack } from '@guankou/contract/endpoint.ts'
import type { Kysely } from 'kysely'
import { type Account, accountColumns, toAccount } from '#src/queries/access/accounts.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** How somebody signed in. */
export type SignInMethod = 'link' | 'password' | 'passkey' | 'identity-provider'

/** What a session tells its owner of where it runs. */
export type SessionOrigin = { readonly front: FrontName | null; readonly agent: string | null }

export type NewSession = SessionOrigin & {
  readonly tokenDigest: Buffer
  readonly accountId: string
  readonly deviceId: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly method: SignInMethod
  readonly lacks: Lack | null
}

/** Opens a session: signing in counts as proof of a factor. */
export const insertSession = async (query: Query, session: NewSession): Promise<void> => {
  await query
    .insertInto('sessions')
    .values({
      token_digest: session.tokenDigest,
      account_id: session.accountId,
      device_id: session.deviceId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
      revoked_at: null,
      method: session.method,
      front: session.front,
      agent: session.agent,
      factor_at: session.createdAt,
      lacks: session.lacks,
      last_seen_at: session.createdAt,
    })
    .execute()
}

export type Session = {
  readonly id: string
  readonly account: Account
  readonly deviceId: string | null
  readonly deviceRevoked: boolean
  readonly expiresAtMs: number
  readonly factorAtMs: number | null
  readonly lacks: Lack | null
  readonly lastSeenAtMs: number | null
}

/** The session of a token, where it is neither revoked nor over and its account is not disabled. */
export const findSession = async (
  query: Query,
  tokenDigest: Buffer,
  now: Date,
): Promise<Session | undefined> => {
  const row = await query
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .leftJoin('devices', 'devices.id', 'sessions.device_id')
    .select([
      ...accountColumns,
      'sessions.id as session_id',
      'sessions.device_id',
      'sessions.expires_at',
      'sessions.factor_at',
      'sessions.lacks',
      'sessions.last_seen_at',
      'devices.revoked_at as device_revoked_at',
    ])
    .where('sessions.token_digest', '=', tokenDigest)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.session_id,
    account: toAccount(row),
    deviceId: row.device_id,
    deviceRevoked: row.device_revoked_at !== null,
    expiresAtMs: row.expires_at.getTime(),
    factorAtMs: row.factor_at?.getTime() ?? null,
    lacks: row.lacks as Lack | null,
    lastSeenAtMs: row.last_seen_at?.getTime() ?? null,
  }
}

/** Notes that a session is in use. */
export const touchSession = async (query: Query, id: string, now: Date): Promise<void> => {
  await query.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute()
}

/**
 * Notes that a factor was proved in a session, which lacks nothing from then on.
 * @param proof.tokenDigest  of the token that opens it from now on
 */
export const proveFactorIn = async (
  query: Query,
  id: string,
  proof: { readonly now: Date; readonly expiresAt: Date; readonly tokenDigest: Buffer },
): Promise<void> => {
  await query
    .updateTable('sessions')
    .set({
      factor_at: proof.now,
      expires_at: proof.expiresAt,
      token_digest: proof.tokenDigest,
      lacks: null,
    })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

export const revokeSession = async (query: Query, tokenDigest: Buffer, now: Date): Promise<void> => {
  await query
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('token_digest', '=', tokenDigest)
    .execute()
}

/**
 * Ends sessions of an account.
 * @param which.only  this one alone
 * @param which.except  all but this one
 * @returns how many were ended
 */
export const revokeSessionsOf = async (
  query: Query,
  accountId: string,
  now: Date,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> => {
  let update = query
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
  if (which.only !== undefined) update = update.where('id', '=', which.only)
  if (which.except !== undefined) update = update.where('id', '!=', which.except)
  const { numUpdatedRows } = await update.executeTakeFirst()
  return Number(numUpdatedRows)
}

export type OpenSession = SessionOrigin & {
  readonly id: string
  readonly method: SignInMethod
  readonly device: string | null
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
  readonly expiresAt: Date
}

/** Sessions of an account that are open, the one used last first. */
export const readSessionsOf = async (query: Query, accountId: string, now: Date): Promise<OpenSession[]> => {
  const rows = await query
    .selectFrom('sessions')
    .leftJoin('devices', 'devices.id', 'sessions.device_id')
    .select([
      'sessions.id',
      'sessions.method',
      'sessions.front',
      'sessions.agent',
      'sessions.created_at',
      'sessions.last_seen_at',
      'sessions.expires_at',
      'devices.label',
    ])
    .where('sessions.account_id', '=', accountId)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .orderBy('sessions.last_seen_at', (order) => order.desc().nullsLast())
    .orderBy('sessions.id')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    method: row.method as SignInMethod,
    front: row.front as FrontName | null,
    agent: row.agent,
    device: row.label,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  }))
}
