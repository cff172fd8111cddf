import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** One search: who, why, what kind of thing, how many matches; of the thing itself a digest alone. */
export type LookUp = {
  readonly jurisdiction: number
  readonly at: Date
  readonly id: string
  readonly accountId: string
  readonly role: string
  readonly purpose: string
  readonly kind: string
  readonly searchedDigest: Buffer
  readonly matches: number
  readonly day: string
  /** Null where none was asked for. */
  readonly reasonSealed: Buffer | null
}

export const insertLookUp = async (query: Query, lookUp: LookUp): Promise<void> => {
  await query
    .insertInto('identity_look_ups')
    .values({
      jurisdiction: lookUp.jurisdiction,
      at: lookUp.at,
      id: lookUp.id,
      account_id: lookUp.accountId,
      role: lookUp.role,
      purpose: lookUp.purpose,
      kind: lookUp.kind,
      searched_digest: lookUp.searchedDigest,
      matches: lookUp.matches,
      day: lookUp.day,
      reason_sealed: lookUp.reasonSealed,
    })
    .execute()
}

/** Until commit no other call of this account counts or adds: limits hold whatever arrives at once. */
export const lockAccountLookUps = async (query: Query, accountId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`look-up|${accountId}`}, 0))`.execute(query)
}

/** What is counted against a limit. */
export type Counted = 'look-ups' | 'unmasks' | 'passages'

/** Looking for a vehicle that is here is no look-up of a person, and has a limit of its own. */
const atPost = 'screening'

/** Times of what an account did since, newest first, at most `most`. */
export const readCountedTimes = async (
  query: Query,
  counted: Counted,
  { accountId, since, most }: { readonly accountId: string; readonly since: Date; readonly most: number },
): Promise<readonly number[]> => {
  const rows =
    counted !== 'unmasks'
      ? await query
          .selectFrom('identity_look_ups')
          .select('at')
          .where('account_id', '=', accountId)
          .where('at', '>', since)
          .where('purpose', counted === 'passages' ? '=' : '<>', atPost)
          .orderBy('at', 'desc')
          .limit(most)
          .execute()
      : await query
          .selectFrom('identity_accesses')
          .select('at')
          .where('account_id', '=', accountId)
          .where('at', '>', since)
          .where('via', '=', 'unmask')
          .orderBy('at', 'desc')
          .limit(most)
          .execute()
  return rows.map((row) => row.at.getTime())
}

/** The latest searches of an account. */
export const readOwnLookUps = (query: Query, accountId: string, most: number) =>
  query
    .selectFrom('identity_look_ups')
    .select(['at', 'purpose', 'kind', 'matches'])
    .where('account_id', '=', accountId)
    .where('purpose', '<>', atPost)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()

/** The latest look-up in which an account found this person, where it is not older than `since`. */
export const findOwnLookUpOf = (
  query: Query,
  accountId: string,
  person: { readonly screeningId: string; readonly occurredAt: Date; readonly seat: number },
  since: Date,
) =>
  query
    .selectFrom('identity_accesses')
    .select(['jurisdiction', 'day', 'id', 'purpose', 'reason_sealed as reasonSealed'])
    .where('account_id', '=', accountId)
    .where('at', '>=', since)
    .where('via', '=', 'look-up')
    .where('occurred_at', '=', person.occurredAt)
    .where('screening_id', '=', person.screeningId)
    .where('seat', '=', person.seat)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
