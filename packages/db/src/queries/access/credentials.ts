import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Provider of a password, as the sign-in library calls it. */
const passwordProvider = 'credential'

/** Makes the row that the credentials of an account hang on, where it has none yet. */
export const ensureAuthUser = async (
  query: Query,
  user: { readonly accountId: string; readonly address: string; readonly now: Date },
): Promise<void> => {
  await query
    .insertInto('auth_users')
    .values({
      id: user.accountId,
      name: user.accountId,
      email: user.address,
      email_verified: true,
      image: null,
      two_factor_enabled: false,
      created_at: user.now,
      updated_at: user.now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Sets or replaces the password of an account. @param password.hash  as a PHC string */
export const writePassword = async (
  query: Query,
  password: { readonly id: string; readonly accountId: string; readonly hash: string; readonly now: Date },
): Promise<void> => {
  await query
    .insertInto('auth_credentials')
    .values({
      id: password.id,
      account_id: password.accountId,
      provider_id: passwordProvider,
      subject: password.accountId,
      password: password.hash,
      access_token: null,
      refresh_token: null,
      id_token: null,
      access_token_expires_at: null,
      refresh_token_expires_at: null,
      scope: null,
      created_at: password.now,
      updated_at: password.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'subject']).doUpdateSet((eb) => ({
        password: eb.ref('excluded.password'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
}

/** Keeps an authenticator that is still to be confirmed; both texts are sealed. @returns false where one is in use */
export const writeUnconfirmedTotp = async (
  query: Query,
  totp: {
    readonly id: string
    readonly accountId: string
    readonly sealedSecret: string
    readonly sealedBackupCodes: string
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('auth_second_factors')
    .values({
      id: totp.id,
      account_id: totp.accountId,
      secret: totp.sealedSecret,
      backup_codes: totp.sealedBackupCodes,
      verified: false,
      failed_verification_count: 0,
      locked_until: null,
    })
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet((eb) => ({
          secret: eb.ref('excluded.secret'),
          backup_codes: eb.ref('excluded.backup_codes'),
        }))
        .where('auth_second_factors.verified', 'is not', true),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}

/** Whether an account has an authenticator that waits for its first code. */
export const isTotpStarted = async (query: Query, accountId: string): Promise<boolean> => {
  const row = await query
    .selectFrom('auth_second_factors')
    .select('id')
    .where('account_id', '=', accountId)
    .where('verified', 'is not', true)
    .executeTakeFirst()
  return row !== undefined
}

/** Replaces the backup codes of an authenticator in use. @returns whether there is one */
export const writeBackupCodes = async (
  query: Query,
  accountId: string,
  sealedBackupCodes: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await query
    .updateTable('auth_second_factors')
    .set({ backup_codes: sealedBackupCodes })
    .where('account_id', '=', accountId)
    .where('verified', 'is', true)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Takes the authenticator of an account away, with its backup codes. @returns whether there was one in use */
export const deleteTotp = async (query: Query, accountId: string): Promise<boolean> => {
  const deleted = await query
    .deleteFrom('auth_second_factors')
    .where('account_id', '=', accountId)
    .returning('verified')
    .execute()
  await query
    .updateTable('auth_users')
    .set({ two_factor_enabled: false })
    .where('id', '=', accountId)
    .execute()
  return deleted.some(({ verified }) => verified === true)
}

/** Takes the password of an account away, and its tie to the identity provider. @returns whether there was any */
export const deleteCredentials = async (query: Query, accountId: string): Promise<boolean> => {
  const { numDeletedRows } = await query
    .deleteFrom('auth_credentials')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return Number(numDeletedRows) > 0
}

/** What an account can prove itself with. */
export type Factors = {
  readonly password: boolean
  readonly totp: boolean
  readonly passkeys: number
  /** Whether it is tied to somebody at the identity provider. */
  readonly identityProvider: boolean
}

const factorsQuery = (query: Query) =>
  query
    .selectFrom('accounts')
    .leftJoin('auth_users', 'auth_users.id', 'accounts.id')
    .select('accounts.id')
    .select((eb) => [
      eb
        .exists(
          eb
            .selectFrom('auth_credentials')
            .select(sql<number>`1`.as('one'))
            .whereRef('auth_credentials.account_id', '=', 'accounts.id')
            .where('provider_id', '=', passwordProvider),
        )
        .as('password'),
      eb
        .exists(
          eb
            .selectFrom('auth_credentials')
            .select(sql<number>`1`.as('one'))
            .whereRef('auth_credentials.account_id', '=', 'accounts.id')
            .where('provider_id', '!=', passwordProvider),
        )
        .as('identity_provider'),
      sql<boolean>`coalesce(auth_users.two_factor_enabled, false)`.as('totp'),
      eb
        .selectFrom('passkeys')
        .select(sql<number>`count(*)::integer`.as('count'))
        .whereRef('passkeys.account_id', '=', 'accounts.id')
        .as('passkeys'),
    ])

/** Factors of several accounts, by account. */
export const readFactors = async (
  query: Query,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Factors>> => {
  if (accountIds.length === 0) return new Map()
  const rows = await factorsQuery(query)
    .where('accounts.id', 'in', [...accountIds])
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        password: Boolean(row.password),
        totp: row.totp,
        passkeys: row.passkeys ?? 0,
        identityProvider: Boolean(row.identity_provider),
      },
    ]),
  )
}

/** Factors of one account. */
export const readFactorsOf = async (query: Query, accountId: string): Promise<Factors> =>
  (await readFactors(query, [accountId])).get(accountId) ?? {
    password: false,
    totp: false,
    passkeys: 0,
    identityProvider: false,
  }

/** The subject that an account is tied to at the identity provider. */
export const readSubjectOf = async (
  query: Query,
  accountId: string,
  providerId: string,
): Promise<string | undefined> => {
  const row = await query
    .selectFrom('auth_credentials')
    .select('subject')
    .where('account_id', '=', accountId)
    .where('provider_id', '=', providerId)
    .executeTakeFirst()
  return row?.subject
}

/** Takes a code of an authenticator as used. @returns false where it was used before */
export const spendCode = async (
  query: Query,
  code: {
    readonly accountId: string
    readonly digest: Buffer
    readonly now: Date
    readonly goneBefore: Date
  },
): Promise<boolean> => {
  await query.deleteFrom('spent_codes').where('spent_at', '<', code.goneBefore).execute()
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('spent_codes')
    .values({ account_id: code.accountId, code_digest: code.digest, spent_at: code.now })
    .onConflict((conflict) => conflict.columns(['account_id', 'code_digest']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}
