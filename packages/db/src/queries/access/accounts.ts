import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type Account = {
  readonly id: string
  readonly login: string
  readonly name: Bilingual
  readonly role: Role
  readonly areaCode: number
  readonly crew: Bilingual | null
}

type AccountColumns = {
  id: string
  login: string
  name_zh: string
  name_en: string
  role: string
  area_code: number
  crew_zh: string | null
  crew_en: string | null
}

const toAccount = (row: AccountColumns): Account => ({
  id: row.id,
  login: row.login,
  name: { zh: row.name_zh, en: row.name_en },
  role: row.role as Role,
  areaCode: row.area_code,
  crew: row.crew_zh === null || row.crew_en === null ? null : { zh: row.crew_zh, en: row.crew_en },
})

const columns = [
  'accounts.id',
  'accounts.login',
  'accounts.name_zh',
  'accounts.name_en',
  'accounts.role',
  'accounts.area_code',
  'accounts.crew_zh',
  'accounts.crew_en',
] as const

export const insertAccounts = async (query: Query, accounts: readonly Account[]): Promise<void> => {
  await query
    .insertInto('accounts')
    .values(
      accounts.map((account) => ({
        id: account.id,
        login: account.login,
        name_zh: account.name.zh,
        name_en: account.name.en,
        role: account.role,
        area_code: account.areaCode,
        crew_zh: account.crew?.zh ?? null,
        crew_en: account.crew?.en ?? null,
      })),
    )
    .execute()
}

export const findAccountByLogin = async (query: Query, login: string): Promise<Account | undefined> => {
  const row = await query.selectFrom('accounts').select(columns).where('login', '=', login).executeTakeFirst()
  return row && toAccount(row)
}

export const findAccountByRole = async (query: Query, role: Role): Promise<Account | undefined> => {
  const row = await query
    .selectFrom('accounts')
    .select(columns)
    .where('role', '=', role)
    .where('disabled_at', 'is', null)
    .orderBy('login')
    .executeTakeFirst()
  return row && toAccount(row)
}

export const insertSignInLink = async (
  query: Query,
  link: {
    readonly tokenDigest: Buffer
    readonly accountId: string
    readonly createdAt: Date
    readonly expiresAt: Date
  },
): Promise<void> => {
  await query
    .insertInto('sign_in_links')
    .values({
      token_digest: link.tokenDigest,
      account_id: link.accountId,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      spent_at: null,
    })
    .execute()
}

/** Spends a link: of any number of simultaneous tries one alone succeeds. */
export const spendSignInLink = async (
  query: Query,
  tokenDigest: Buffer,
  now: Date,
): Promise<Account | undefined> => {
  const spent = await query
    .updateTable('sign_in_links')
    .set({ spent_at: now })
    .where('token_digest', '=', tokenDigest)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('account_id')
    .executeTakeFirst()
  if (spent === undefined) return undefined
  const row = await query
    .selectFrom('accounts')
    .select(columns)
    .where('id', '=', spent.account_id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row && toAccount(row)
}

export const insertSession = async (
  query: Query,
  session: {
    readonly tokenDigest: Buffer
    readonly accountId: string
    readonly deviceId: string | null
    readonly createdAt: Date
    readonly expiresAt: Date
  },
): Promise<void> => {
  await query
    .insertInto('sessions')
    .values({
      token_digest: session.tokenDigest,
      account_id: session.accountId,
      device_id: session.deviceId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
      revoked_at: null,
    })
    .execute()
}

export type Session = {
  readonly account: Account
  readonly deviceId: string | null
  readonly deviceRevoked: boolean
  readonly expiresAtMs: number
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
      ...columns,
      'sessions.device_id',
      'sessions.expires_at',
      'devices.revoked_at as device_revoked_at',
    ])
    .where('sessions.token_digest', '=', tokenDigest)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    account: toAccount(row),
    deviceId: row.device_id,
    deviceRevoked: row.device_revoked_at !== null,
    expiresAtMs: row.expires_at.getTime(),
  }
}

export const revokeSession = async (query: Query, tokenDigest: Buffer, now: Date): Promise<void> => {
  await query
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('token_digest', '=', tokenDigest)
    .execute()
}
