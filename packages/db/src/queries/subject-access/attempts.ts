import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What wrong tries are counted by. */
export type SlipAttemptKey = { readonly kind: 'code' | 'address' | 'desk'; readonly digest: Buffer }

export type SlipAttemptRule = {
  readonly nowMs: number
  /** Wrong tries in a row that are let pass; the one that reaches this number pauses. */
  readonly failures: number
  /** Doubles with each further one, up to the longest. */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  /** After such a time without a try the row counts anew; what was wrong in all does not. */
  readonly forgottenMs: number
}

export type SlipAttempt = { readonly wrongTotal: number; readonly lockedUntilMs: number | undefined }

/**
 * Counts a try as wrong before it is made, in one statement, so that any number at once get no further than one after
 * the other.
 * @returns undefined where it is paused already; then nothing is counted
 */
export const countSlipAttempt = async (
  query: Query,
  { kind, digest }: SlipAttemptKey,
  rule: SlipAttemptRule,
): Promise<SlipAttempt | undefined> => {
  const now = new Date(rule.nowMs)
  const forgottenBefore = new Date(rule.nowMs - rule.forgottenMs)
  const { rows } = await sql<{ wrongTotal: number; lockedUntil: Date | null }>`
    insert into subject_attempts as t (kind, key_digest, failures, wrong_total, last_failed_at, locked_until)
    values (${kind}, ${digest}, 1, 1, ${now}, null)
    on conflict (kind, key_digest) do update set
      failures = case when t.last_failed_at < ${forgottenBefore} then 1 else t.failures + 1 end,
      wrong_total = t.wrong_total + 1,
      last_failed_at = excluded.last_failed_at,
      locked_until = case
        when t.last_failed_at < ${forgottenBefore} or t.failures + 1 < ${rule.failures} then null
        else ${now}::timestamptz + least(${rule.longestPauseMs}::float8,
          ${rule.firstPauseMs}::float8 * power(2, least(40, t.failures + 1 - ${rule.failures}::integer)))
          * interval '1 millisecond' end
    where t.locked_until is null or t.locked_until <= ${now}
    returning wrong_total as "wrongTotal", locked_until as "lockedUntil"`.execute(query)
  const [row] = rows
  return row && { wrongTotal: row.wrongTotal, lockedUntilMs: row.lockedUntil?.getTime() }
}

export const readSlipAttempt = async (
  query: Query,
  { kind, digest }: SlipAttemptKey,
): Promise<SlipAttempt | undefined> => {
  const row = await query
    .selectFrom('subject_attempts')
    .select(['wrong_total', 'locked_until'])
    .where('kind', '=', kind)
    .where('key_digest', '=', digest)
    .executeTakeFirst()
  return row && { wrongTotal: row.wrong_total, lockedUntilMs: row.locked_until?.getTime() }
}

/** Forgets what was wrong: after a right try, or because a desk has checked. */
export const clearSlipAttempts = async (query: Query, { kind, digest }: SlipAttemptKey): Promise<void> => {
  await query
    .deleteFrom('subject_attempts')
    .where('kind', '=', kind)
    .where('key_digest', '=', digest)
    .execute()
}

/** Takes one try back, of an address from which it went well. */
export const uncountSlipAttempt = async (query: Query, { kind, digest }: SlipAttemptKey): Promise<void> => {
  await query
    .updateTable('subject_attempts')
    .set({
      failures: sql<number>`greatest(0, failures - 1)`,
      wrong_total: sql<number>`greatest(0, wrong_total - 1)`,
      locked_until: null,
    })
    .where('kind', '=', kind)
    .where('key_digest', '=', digest)
    .execute()
}
