import type { Kysely } from 'kysely'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export const insertSubjectSession = async (
  query: Query,
  session: PersonKey & {
    readonly tokenDigest: Buffer
    readonly openedAt: Date
    readonly expiresAt: Date
  },
): Promise<void> => {
  await query
    .insertInto('subject_sessions')
    .values({
      token_digest: session.tokenDigest,
      jurisdiction: session.jurisdiction,
      occurred_at: session.occurredAt,
      screening_id: session.screeningId,
      seat: session.seat,
      opened_at: session.openedAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** Whose page a pass opens, until it ends. */
export const findSubjectSession = (
  query: Query,
  tokenDigest: Buffer,
  now: Date,
): Promise<PersonKey | undefined> =>
  query
    .selectFrom('subject_sessions')
    .select(['jurisdiction', 'occurred_at as occurredAt', 'screening_id as screeningId', 'seat'])
    .where('token_digest', '=', tokenDigest)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** Ends a pass. @returns whose page it opened, where it was open */
export const endSubjectSession = (
  query: Query,
  tokenDigest: Buffer,
  now: Date,
): Promise<PersonKey | undefined> =>
  query
    .updateTable('subject_sessions')
    .set({ expires_at: now })
    .where('token_digest', '=', tokenDigest)
    .where('expires_at', '>', now)
    .returning(['jurisdiction', 'occurred_at as occurredAt', 'screening_id as screeningId', 'seat'])
    .executeTakeFirst()

/** When the page of a person was opened, newest first. */
export const readOpenings = async (
  query: Query,
  { jurisdiction, occurredAt, screeningId, seat }: PersonKey,
  most: number,
): Promise<readonly Date[]> => {
  const rows = await query
    .selectFrom('subject_sessions')
    .select('opened_at')
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('screening_id', '=', screeningId)
    .where('seat', '=', seat)
    .orderBy('opened_at', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => row.opened_at)
}

/** Drops openings and wrong tries that nobody asks about any more. */
export const pruneSubjectSessions = async (query: Query, before: Date): Promise<void> => {
  await query.deleteFrom('subject_sessions').where('expires_at', '<', before).execute()
  await query.deleteFrom('subject_attempts').where('last_failed_at', '<', before).execute()
}
