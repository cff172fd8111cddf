import { type Kysely, sql } from 'kysely'
import type { SeenIn } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Between two instants, in these jurisdictions and areas. */
export type AccessWindow = { readonly from: Date; readonly until: Date; readonly areas: readonly number[] }

/** Searches per officer, purpose and role. */
export const countLookUps = (query: Query, { from, until, areas }: AccessWindow) =>
  query
    .selectFrom('identity_look_ups')
    .select([
      'account_id as accountId',
      'role',
      'purpose',
      sql<number>`count(*)::integer`.as('lookUps'),
      sql<number>`count(*) filter (where matches = 0)::integer`.as('withoutMatch'),
    ])
    .where('at', '>=', from)
    .where('at', '<', until)
    .where('jurisdiction', 'in', areas)
    .groupBy(['account_id', 'role', 'purpose'])
    .execute()

/** Accesses per officer, purpose, role and way; rounds, which a team is told every day, are no look-ups. */
export const countAccesses = (query: Query, { from, until, areas }: AccessWindow) =>
  query
    .selectFrom('identity_accesses')
    .select(['account_id as accountId', 'role', 'purpose', 'via', sql<number>`count(*)::integer`.as('times')])
    .where('at', '>=', from)
    .where('at', '<', until)
    .where('jurisdiction', 'in', areas)
    .where('via', '<>', 'round')
    .groupBy(['account_id', 'role', 'purpose', 'via'])
    .execute()

/** How many people each officer saw, each once. */
export const countPeopleSeen = async (
  query: Query,
  { from, until, areas }: AccessWindow,
): Promise<ReadonlyMap<string, number>> => {
  const rows = await query
    .selectFrom('identity_accesses')
    .select([
      'account_id as accountId',
      sql<number>`count(distinct (occurred_at, screening_id, seat))::integer`.as('people'),
    ])
    .where('at', '>=', from)
    .where('at', '<', until)
    .where('jurisdiction', 'in', areas)
    .where('via', '<>', 'round')
    .groupBy('account_id')
    .execute()
  return new Map(rows.map((row) => [row.accountId, row.people]))
}

/** The latest accesses, without whom they were of. */
export const readLatestAccesses = (query: Query, { from, until, areas }: AccessWindow, most: number) =>
  query
    .selectFrom('identity_accesses')
    .select(['at', 'account_id as accountId', 'purpose', 'via', 'fields'])
    .where('at', '>=', from)
    .where('at', '<', until)
    .where('jurisdiction', 'in', areas)
    .where('via', 'not in', ['export', 'round'])
    .orderBy('at', 'desc')
    .limit(most)
    .execute()

/** Who saw somebody by their episode or household, newest first. */
export const readAccessesIn = (
  query: Query,
  about: SeenIn,
  {
    jurisdiction,
    occurredAt,
    id,
  }: { readonly jurisdiction: number; readonly occurredAt: Date; readonly id: string },
  most: number,
) =>
  query
    .selectFrom('identity_accesses')
    .select(['at', 'role', 'fields', 'via'])
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('screening_id', '=', id)
    .where('about', '=', about)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()

/** Accesses as the person is shown them, reasons still sealed; whose they are is for the caller to say. */
export const accessesAsShown = (query: Query) =>
  query
    .selectFrom('identity_accesses')
    .select([
      'jurisdiction',
      'day',
      'id',
      'at',
      'role',
      'purpose',
      'via',
      'fields',
      'reason_sealed as reasonSealed',
    ])

/**
 * Who saw a household, or an entry of somebody in it, since they were entered, newest first, as they are shown it; reasons
 * still sealed. What was shown of another who lives there stands under their own entry.
 */
export const readHouseholdAccesses = (
  query: Query,
  {
    jurisdiction,
    seen,
    since,
  }: {
    readonly jurisdiction: number
    readonly seen: readonly { readonly id: string; readonly occurredAt: Date }[]
    readonly since: Date
  },
  most: number,
) =>
  accessesAsShown(query)
    .where('jurisdiction', '=', jurisdiction)
    .where(
      'occurred_at',
      'in',
      seen.map(({ occurredAt }) => occurredAt),
    )
    .where(
      'screening_id',
      'in',
      seen.map(({ id }) => id),
    )
    .where('about', '=', 'household')
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()

/** A household and an episode may carry one id. */
export const toldKey = ({ about, id }: { readonly about: string; readonly id: string }): string =>
  `${about} ${id}`

/** Whom an account was told of on a round since, by `toldKey`. */
export const readToldOnRound = async (
  query: Query,
  accountId: string,
  since: Date,
): Promise<ReadonlySet<string>> => {
  const rows = await query
    .selectFrom('identity_accesses')
    .select(['about', 'screening_id as id'])
    .where('account_id', '=', accountId)
    .where('at', '>=', since)
    .where('via', '=', 'round')
    .execute()
  return new Set(rows.map(toldKey))
}

/** Names of accounts, as far as whoever asks may see them. */
export const readAccountNames = async (
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly zh: string; readonly en: string }>> => {
  if (ids.length === 0) return new Map()
  const rows = await query
    .selectFrom('accounts')
    .select(['id', 'name_zh', 'name_en'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, { zh: row.name_zh, en: row.name_en }]))
}
