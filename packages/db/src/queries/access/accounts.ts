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

export type AccountColumns = {
  id: string
  login: string
  name_zh: string
  name_en: string
  role: string
  area_code: number
  crew_zh: string | null
  crew_en: string | null
}

/** An account as the server works with it. */
export const toAccount = (row: AccountColumns): Account => ({
  id: row.id,
  login: row.login,
  name: { zh: row.name_zh, en: row.name_en },
  role: row.role as Role,
  areaCode: row.area_code,
  crew: row.crew_zh === null || row.crew_en === null ? null : { zh: row.crew_zh, en: row.crew_en },
})

/** Columns that `toAccount` reads. */
export const accountColumns = [
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
  const row = await query
    .selectFrom('accounts')
    .select(accountColumns)
    .where('login', '=', login)
    .executeTakeFirst()
  return row && toAccount(row)
}

export const findAccountById = async (query: Query, id: string): Promise<Account | undefined> => {
  const row = await query
    .selectFrom('accounts')
    .select(accountColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toAccount(row)
}

/** The account of a login that somebody may sign in to: one that is not disabled. */
export const findUsableAccount = async (
  query: Query,
  who: { readonly login: string } | { readonly id: string },
): Promise<Account | undefined> => {
  const row = await query
    .selectFrom('accounts')
    .select(accountColumns)
    .where((eb) => ('id' in who ? eb('id', '=', who.id) : eb('login', '=', who.login)))
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row && toAccount(row)
}

export const findAccountByRole = async (query: Query, role: Role): Promise<Account | undefined> => {
  const row = await query
    .selectFrom('accounts')
    .select(accountColumns)
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
    .select(accountColumns)
    .where('id', '=', spent.account_id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row && toAccount(row)
}

/** Makes an account. @returns false where its login is taken */
export const insertAccount = async (query: Query, account: Account): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('accounts')
    .values({
      id: account.id,
      login: account.login,
      name_zh: account.name.zh,
      name_en: account.name.en,
      role: account.role,
      area_code: account.areaCode,
      crew_zh: account.crew?.zh ?? null,
      crew_en: account.crew?.en ?? null,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}

/** Writes what was changed of an account. */
export const updateAccount = async (query: Query, { id, ...account }: Account): Promise<void> => {
  await query
    .updateTable('accounts')
    .set({
      name_zh: account.name.zh,
      name_en: account.name.en,
      role: account.role,
      area_code: account.areaCode,
      crew_zh: account.crew?.zh ?? null,
      crew_en: account.crew?.en ?? null,
    })
    .where('id', '=', id)
    .execute()
}

/** Takes an account out of use, or back into it. */
export const setAccountDisabled = async (
  query: Query,
  id: string,
  disabledAt: Date | null,
): Promise<void> => {
  await query.updateTable('accounts').set({ disabled_at: disabledAt }).where('id', '=', id).execute()
}
