import type { Role } from '@guankou/contract/roles.ts'
import { type Kysely, sql } from 'kysely'
import { type Account, accountColumns, toAccount } from '#src/queries/access/accounts.ts'
import type { Tables } from '#src/rows/tables.ts'

export type ListedAccount = Account & {
  readonly disabledAt: Date | null
  readonly lastSeenAt: Date | null
  readonly openSessions: number
}

export type AccountFilter = {
  /** Part of a login or of a name. */
  readonly text?: string
  readonly role?: Role
  readonly state?: 'active' | 'disabled'
  /** Login that the page before ended with. */
  readonly after?: string
  readonly limit: number
}

const likeText = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/** Accounts that the transaction may see, by login. */
export const readAccounts = async (
  query: Kysely<Tables>,
  filter: AccountFilter,
  now: Date,
): Promise<ListedAccount[]> => {
  const { text, role, state, after, limit } = filter
  let select = query
    .selectFrom('accounts')
    .select([...accountColumns, 'accounts.disabled_at'])
    .select((eb) => [
      eb
        .selectFrom('sessions')
        .select((inner) => inner.fn.max('sessions.last_seen_at').as('last'))
        .whereRef('sessions.account_id', '=', 'accounts.id')
        .as('last_seen_at'),
      eb
        .selectFrom('sessions')
        .select(sql<number>`count(*)::integer`.as('count'))
        .whereRef('sessions.account_id', '=', 'accounts.id')
        .where('sessions.revoked_at', 'is', null)
        .where('sessions.expires_at', '>', now)
        .as('open_sessions'),
    ])
  if (text !== undefined && text !== '')
    select = select.where((eb) =>
      eb.or((['login', 'name_zh', 'name_en'] as const).map((name) => eb(name, 'ilike', likeText(text)))),
    )
  if (role !== undefined) select = select.where('role', '=', role)
  if (state !== undefined) select = select.where('disabled_at', state === 'active' ? 'is' : 'is not', null)
  // Logins are compared by their bytes, whatever order the database's language would put them in.
  if (after !== undefined) select = select.where(sql<boolean>`login collate "C" > ${after} collate "C"`)
  const rows = await select.orderBy(sql`login collate "C"`).limit(limit).execute()
  return rows.map((row) => ({
    ...toAccount(row),
    disabledAt: row.disabled_at,
    lastSeenAt: row.last_seen_at,
    openSessions: row.open_sessions ?? 0,
  }))
}
