import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A list that runs, with what opens its key. */
export type RunningList = {
  readonly jurisdiction: number
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
  readonly day: string
  readonly keySealed: Buffer
  readonly importedAt: Date
  readonly until: Date
  /** What the system keeps it for; null where it was brought. */
  readonly keptFor: string | null
}

const running = (query: Query, now: Date) =>
  query
    .selectFrom('match_lists as l')
    .innerJoin('match_list_keys as k', (join) =>
      join.onRef('k.jurisdiction', '=', 'l.jurisdiction').onRef('k.list_id', '=', 'l.id'),
    )
    .select([
      'l.jurisdiction',
      'l.id',
      'l.title_zh as titleZh',
      'l.title_en as titleEn',
      'l.day',
      'k.key_sealed as keySealed',
      'l.imported_at as importedAt',
      'l.until',
      'l.kept_for as keptFor',
    ])
    .where('l.until', '>', now)

/** Lists of some jurisdictions that run, oldest first. */
export const readRunningLists = (
  query: Query,
  jurisdictions: readonly number[],
  now: Date,
): Promise<RunningList[]> =>
  running(query, now)
    .where('l.jurisdiction', 'in', [...jurisdictions])
    .orderBy('l.id')
    .execute()

export const findRunningList = (query: Query, listId: string, now: Date): Promise<RunningList | undefined> =>
  running(query, now).where('l.id', '=', listId).executeTakeFirst()

/** The list that the system keeps in a jurisdiction for something, where one runs. */
export const findKeptList = (
  query: Query,
  jurisdiction: number,
  keptFor: string,
  now: Date,
): Promise<RunningList | undefined> =>
  running(query, now)
    .where('l.jurisdiction', '=', jurisdiction)
    .where('l.kept_for', '=', keptFor)
    .orderBy('l.id', 'desc')
    .executeTakeFirst()

/** Entries of a list, also those that have run out and are not destroyed yet. */
export const readAllEntries = (
  query: Query,
  { jurisdiction, id }: Pick<RunningList, 'jurisdiction' | 'id'>,
) =>
  query
    .selectFrom('match_entries')
    .select(['kind', 'digest', 'reason', 'until'])
    .where('jurisdiction', '=', jurisdiction)
    .where('list_id', '=', id)
    .execute()

/** A number that changes with any entry of a list, worked out where they are stored; `0 0` for none. */
export const weighEntries = async (
  query: Query,
  { jurisdiction, id }: Pick<RunningList, 'jurisdiction' | 'id'>,
): Promise<string> => {
  const { rows } = await sql<{ weight: string }>`
    select count(*) || ' ' || coalesce(bit_xor(hashtextextended(
      concat_ws(' ', kind, encode(digest, 'hex'), reason, extract(epoch from until)), 0)), 0) as weight
    from match_entries where jurisdiction = ${jurisdiction} and list_id = ${id}`.execute(query)
  return rows[0]?.weight ?? ''
}

/** Entries of a list that have not run out. */
export const readMatchEntries = (
  query: Query,
  { jurisdiction, id }: Pick<RunningList, 'jurisdiction' | 'id'>,
  now: Date,
) =>
  query
    .selectFrom('match_entries')
    .select(['kind', 'reason', 'until', sql<string>`encode(digest, 'hex')`.as('digest')])
    .where('jurisdiction', '=', jurisdiction)
    .where('list_id', '=', id)
    .where('until', '>', now)
    .execute()

/** The entry of a digest, where it has not run out. */
export const findMatchEntry = (
  query: Query,
  { jurisdiction, id }: Pick<RunningList, 'jurisdiction' | 'id'>,
  sought: { readonly kind: string; readonly digest: Buffer },
  now: Date,
) =>
  query
    .selectFrom('match_entries')
    .select(['reason'])
    .where('jurisdiction', '=', jurisdiction)
    .where('list_id', '=', id)
    .where('kind', '=', sought.kind)
    .where('digest', '=', sought.digest)
    .where('until', '>', now)
    .executeTakeFirst()

/** How much the lists that were brought to a jurisdiction weigh on phones now; what the system keeps comes on top. */
export const weighMatchLists = async (
  query: Query,
  jurisdiction: number,
  now: Date,
): Promise<{ readonly lists: number; readonly entries: number }> => {
  const row = await query
    .selectFrom('match_entries as m')
    .innerJoin('match_lists as l', (join) =>
      join.onRef('l.jurisdiction', '=', 'm.jurisdiction').onRef('l.id', '=', 'm.list_id'),
    )
    .select([
      sql<number>`count(distinct m.list_id)::integer`.as('lists'),
      sql<number>`count(*)::integer`.as('entries'),
    ])
    .where('m.jurisdiction', '=', jurisdiction)
    .where('m.until', '>', now)
    .where('l.kept_for', 'is', null)
    .executeTakeFirstOrThrow()
  return row
}

const mostShown = 200

/** What is told of lists, newest first. */
export const readListViews = (query: Query, jurisdictions: readonly number[]) =>
  query
    .selectFrom('match_lists as l')
    .leftJoin('match_list_ends as e', (join) =>
      join.onRef('e.jurisdiction', '=', 'l.jurisdiction').onRef('e.list_id', '=', 'l.id'),
    )
    .leftJoin('match_entries as m', (join) =>
      join.onRef('m.jurisdiction', '=', 'l.jurisdiction').onRef('m.list_id', '=', 'l.id'),
    )
    .select([
      'l.jurisdiction',
      'l.id',
      'l.title_zh as titleZh',
      'l.title_en as titleEn',
      'l.imported_at as importedAt',
      // Until its last entry runs out; what has none any more, until it could have run.
      sql<Date>`coalesce(max(m.until), l.until)`.as('until'),
      'e.ended_at as endedAt',
      'e.ground',
      'l.kept_for as keptFor',
      sql<number>`(count(m.digest) filter (where m.kind = 'plate'))::integer`.as('plates'),
      sql<number>`(count(m.digest) filter (where m.kind = 'document'))::integer`.as('documents'),
      sql<string[]>`coalesce(array_agg(distinct m.reason) filter (where m.reason is not null), '{}')`.as(
        'reasons',
      ),
    ])
    .where('l.jurisdiction', 'in', [...jurisdictions])
    .groupBy([
      'l.jurisdiction',
      'l.id',
      'l.title_zh',
      'l.title_en',
      'l.imported_at',
      'l.until',
      'l.kept_for',
      'e.ended_at',
      'e.ground',
    ])
    .orderBy('l.imported_at', 'desc')
    .limit(mostShown)
    .execute()
