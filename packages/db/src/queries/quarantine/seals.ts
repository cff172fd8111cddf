import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'
import type { EpisodeKey } from './episodes.ts'

type Query = Kysely<Tables>

export type StoredSeal = Readonly<Selectable<Tables['quarantine_seals']>>
export type StoredQuarantineAccess = Readonly<Selectable<Tables['quarantine_accesses']>>

export const insertSeals = async (query: Query, seals: readonly StoredSeal[]): Promise<void> => {
  if (seals.length > 0)
    await query
      .insertInto('quarantine_seals')
      .values([...seals])
      .execute()
}

export const readSeals = (
  query: Query,
  { jurisdiction, occurredAt, id }: EpisodeKey,
): Promise<StoredSeal[]> =>
  query
    .selectFrom('quarantine_seals')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('quarantine_id', '=', id)
    .orderBy('place')
    .execute()

/** What is sealed at some places of several episodes. */
export const readSealsAt = async (
  query: Query,
  episodes: readonly EpisodeKey[],
  places: readonly string[],
): Promise<StoredSeal[]> =>
  episodes.length === 0 || places.length === 0
    ? []
    : query
        .selectFrom('quarantine_seals')
        .selectAll()
        .where('jurisdiction', 'in', [...new Set(episodes.map(({ jurisdiction }) => jurisdiction))])
        .where(
          'quarantine_id',
          'in',
          episodes.map(({ id }) => id),
        )
        .where('place', 'in', places)
        .execute()

/** Puts what was sealed anew under a later day in the place of what it was made from. */
export const moveSeal = async (
  query: Query,
  from: StoredSeal,
  to: Pick<StoredSeal, 'kept_day' | 'sealed' | 'digest'>,
): Promise<void> => {
  await query
    .updateTable('quarantine_seals')
    .set(to)
    .where('jurisdiction', '=', from.jurisdiction)
    .where('occurred_at', '=', from.occurred_at)
    .where('quarantine_id', '=', from.quarantine_id)
    .where('place', '=', from.place)
    .where('kept_day', '=', from.kept_day)
    .execute()
}

/** What is found again by a digest and lies under the key of a day, in order, after an episode and place. */
export const readDigestedSeals = (
  query: Query,
  owner: { readonly jurisdiction: number; readonly day: string },
  after: Pick<StoredSeal, 'quarantine_id' | 'place'>,
  limit: number,
): Promise<StoredSeal[]> =>
  query
    .selectFrom('quarantine_seals')
    .selectAll()
    .where('jurisdiction', '=', owner.jurisdiction)
    .where('kept_day', '=', owner.day)
    .where('digest', 'is not', null)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('quarantine_id', 'place'), '>', tuple(after.quarantine_id, after.place)),
    )
    .orderBy('quarantine_id')
    .orderBy('place')
    .limit(limit)
    .execute()

/** Keeps an episode until a later day. */
export const keepEpisodeUntil = async (
  query: Query,
  { jurisdiction, occurredAt, id }: EpisodeKey,
  keptDay: string,
): Promise<void> => {
  await query
    .updateTable('quarantines')
    .set({ kept_day: keptDay })
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', id)
    .execute()
}

/** Episodes of whoever has one of these documents or phones, newest first. */
export const findEpisodesOf = async (
  query: Query,
  jurisdictions: readonly number[],
  digests: readonly Buffer[],
): Promise<readonly EpisodeKey[]> => {
  if (digests.length === 0 || jurisdictions.length === 0) return []
  return query
    .selectFrom('quarantine_seals')
    .select(['jurisdiction', 'occurred_at as occurredAt', 'quarantine_id as id'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('digest', 'in', digests)
    .groupBy(['jurisdiction', 'occurred_at', 'quarantine_id'])
    .orderBy('occurred_at', 'desc')
    .limit(20)
    .execute()
}

export const insertQuarantineAccesses = async (
  query: Query,
  accesses: readonly StoredQuarantineAccess[],
): Promise<void> => {
  if (accesses.length > 0)
    await query
      .insertInto('quarantine_accesses')
      .values(accesses.map((access) => ({ ...access, fields: [...access.fields] })))
      .execute()
}

export const readQuarantineAccesses = (
  query: Query,
  { jurisdiction, occurredAt, id }: EpisodeKey,
  limit: number,
): Promise<StoredQuarantineAccess[]> =>
  query
    .selectFrom('quarantine_accesses')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('quarantine_id', '=', id)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()

/** When an account saw fields in full one by one, newest first, for counting. */
export const readQuarantineAccessTimes = async (
  query: Query,
  { accountId, since, most }: { readonly accountId: string; readonly since: Date; readonly most: number },
): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('quarantine_accesses')
    .select('at')
    .where('account_id', '=', accountId)
    .where('export_id', 'is', null)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ at }) => at.getTime())
}

/** Lets what one account sees in full be counted one after the other. */
export const lockQuarantineAccesses = async (query: Query, accountId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('quarantine-accesses'), hashtext(${accountId}::text))`.execute(
    query,
  )
}

/** What is still sealed under an earlier day than the last one of its episode. */
export const readStraySeals = async (
  query: Query,
  limit: number,
): Promise<readonly { readonly seal: StoredSeal; readonly keptDay: string }[]> => {
  const rows = await query
    .selectFrom('quarantine_seals as s')
    .innerJoin('quarantines as q', (join) =>
      join
        .onRef('q.jurisdiction', '=', 's.jurisdiction')
        .onRef('q.occurred_at', '=', 's.occurred_at')
        .onRef('q.id', '=', 's.quarantine_id'),
    )
    .selectAll('s')
    .select('q.kept_day as keptDay')
    .whereRef('s.kept_day', '<', 'q.kept_day')
    .limit(limit)
    .execute()
  return rows.map(({ keptDay, ...seal }) => ({ seal, keptDay }))
}
