import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What failures are counted by: the login that was typed, or the address that it came from. */
export type AttemptKind = 'login' | 'address'

export type AttemptKey = { readonly kind: AttemptKind; readonly digest: Buffer }

export type AttemptRule = {
  readonly nowMs: number
  /** Failures in a row that are let pass; the one that reaches this number locks. */
  readonly failures: number
  /** Doubles with each further failure, up to the longest. */
  readonly firstLockMs: number
  readonly longestLockMs: number
  /** After such a pause the count starts anew. */
  readonly forgottenMs: number
}

/**
 * Counts a try as failed, and locks where that was one too many: both in one statement, so that tries at the same
 * moment queue up behind the row and find the lock.
 * @returns false where it was locked already; then nothing is counted
 */
export const countAttempt = async (
  query: Query,
  { kind, digest }: AttemptKey,
  rule: AttemptRule,
): Promise<boolean> => {
  const now = new Date(rule.nowMs)
  const forgottenBefore = new Date(rule.nowMs - rule.forgottenMs)
  const { rows } = await sql`
    insert into sign_in_attempts as t (kind, key_digest, failures, last_failed_at, locked_until)
    values (${kind}, ${digest}, 1, ${now}, null)
    on conflict (kind, key_digest) do update set
      failures = case when t.last_failed_at < ${forgottenBefore} then 1 else t.failures + 1 end,
      last_failed_at = excluded.last_failed_at,
      locked_until = case
        when t.last_failed_at < ${forgottenBefore} or t.failures + 1 < ${rule.failures} then null
        else ${now}::timestamptz + least(${rule.longestLockMs}::float8,
          ${rule.firstLockMs}::float8 * power(2, least(40, t.failures + 1 - ${rule.failures}::integer)))
          * interval '1 millisecond' end
    where t.locked_until is null or t.locked_until <= ${now}
    returning failures`.execute(query)
  return rows.length === 1
}

/** Until when a login or an address is locked, Unix time in milliseconds; undefined where it never was. */
export const readLockedUntil = async (
  query: Query,
  { kind, digest }: AttemptKey,
): Promise<number | undefined> => {
  const row = await query
    .selectFrom('sign_in_attempts')
    .select('locked_until')
    .where('kind', '=', kind)
    .where('key_digest', '=', digest)
    .executeTakeFirst()
  return row?.locked_until?.getTime()
}

/** Forgets the failures of a login or an address. @returns whether it was locked */
export const clearAttempts = async (
  query: Query,
  { kind, digest }: AttemptKey,
  now: Date,
): Promise<boolean> => {
  const row = await query
    .deleteFrom('sign_in_attempts')
    .where('kind', '=', kind)
    .where('key_digest', '=', digest)
    .returning('locked_until')
    .executeTakeFirst()
  return (row?.locked_until?.getTime() ?? 0) > now.getTime()
}

/** Takes one failure back, of an address whose try went well. */
export const uncountAttempt = async (query: Query, { kind, digest }: AttemptKey): Promise<void> => {
  await query
    .updateTable('sign_in_attempts')
    .set({ failures: sql<number>`greatest(0, failures - 1)`, locked_until: null })
    .where('kind', '=', kind)
    .where('key_digest', '=', digest)
    .execute()
}

/** Which logins are locked now, by their digest in hex, and until when. */
export const readLockedLogins = async (
  query: Query,
  digests: readonly Buffer[],
  now: Date,
): Promise<ReadonlyMap<string, Date>> => {
  if (digests.length === 0) return new Map()
  const rows = await query
    .selectFrom('sign_in_attempts')
    .select(['key_digest', 'locked_until'])
    .where('kind', '=', 'login')
    .where('key_digest', 'in', [...digests])
    .where('locked_until', '>', now)
    .execute()
  return new Map(
    rows.flatMap(({ key_digest: digest, locked_until: until }) =>
      until === null ? [] : [[digest.toString('hex'), until] as const],
    ),
  )
}

/** Drops failures that nobody asks about any more. */
export const pruneAttempts = async (query: Query, before: Date): Promise<void> => {
  await query.deleteFrom('sign_in_attempts').where('last_failed_at', '<', before).execute()
}
