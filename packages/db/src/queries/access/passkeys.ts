import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type Passkey = {
  readonly id: string
  readonly accountId: string
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly label: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

const columns = [
  'id',
  'account_id',
  'credential_id',
  'public_key',
  'counter',
  'transports',
  'label',
  'created_at',
  'last_used_at',
] as const

type Columns = Pick<Tables['passkeys'], (typeof columns)[number]>

const toPasskey = (row: Columns): Passkey => ({
  id: row.id,
  accountId: row.account_id,
  credentialId: row.credential_id,
  publicKey: row.public_key,
  counter: row.counter,
  transports: row.transports,
  label: row.label,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
})

/** Passkeys of an account, the oldest first. */
export const readPasskeysOf = async (query: Query, accountId: string): Promise<Passkey[]> => {
  const rows = await query
    .selectFrom('passkeys')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toPasskey)
}

export const findPasskey = async (query: Query, credentialId: string): Promise<Passkey | undefined> => {
  const row = await query
    .selectFrom('passkeys')
    .select(columns)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row && toPasskey(row)
}

/** Keeps a new passkey. @returns false where it is there already */
export const insertPasskey = async (query: Query, passkey: Passkey): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('passkeys')
    .values({
      id: passkey.id,
      account_id: passkey.accountId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: [...passkey.transports],
      label: passkey.label,
      created_at: passkey.createdAt,
      last_used_at: passkey.lastUsedAt,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}

/** Notes that a passkey was used, with the count that its authenticator gave. */
export const usePasskey = async (query: Query, id: string, counter: number, now: Date): Promise<void> => {
  await query.updateTable('passkeys').set({ counter, last_used_at: now }).where('id', '=', id).execute()
}

/** Takes passkeys of an account away: one, or all where none is named. @returns how many */
export const deletePasskeys = async (query: Query, accountId: string, id?: string): Promise<number> => {
  let removal = query.deleteFrom('passkeys').where('account_id', '=', accountId)
  if (id !== undefined) removal = removal.where('id', '=', id)
  const { numDeletedRows } = await removal.executeTakeFirst()
  return Number(numDeletedRows)
}

export const insertPasskeyChallenge = async (
  query: Query,
  challenge: {
    readonly challenge: string
    readonly accountId: string | null
    readonly expiresAt: Date
    readonly now: Date
  },
): Promise<void> => {
  await query.deleteFrom('passkey_challenges').where('expires_at', '<', challenge.now).execute()
  await query
    .insertInto('passkey_challenges')
    .values({
      challenge: challenge.challenge,
      account_id: challenge.accountId,
      expires_at: challenge.expiresAt,
    })
    .execute()
}

/** Takes a challenge back, once. @returns for whom it was made; `undefined` where it was not or is over */
export const spendPasskeyChallenge = async (
  query: Query,
  challenge: string,
  now: Date,
): Promise<{ readonly accountId: string | null } | undefined> => {
  const row = await query
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', challenge)
    .returning(['account_id', 'expires_at'])
    .executeTakeFirst()
  return row === undefined || row.expires_at <= now ? undefined : { accountId: row.account_id }
}
