import { type Kysely, type Selectable, sql } from 'kysely'
import { noteChange } from '#src/queries/changes/announce-change.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Which episode; its id carries when it was ordered. */
export type EpisodeKey = { readonly jurisdiction: number; readonly occurredAt: Date; readonly id: string }

export type StoredEpisode = Readonly<Selectable<Tables['quarantines']>>
export type StoredEpisodeFact = Readonly<Selectable<Tables['quarantine_facts']>>

/** An order with all that is known to have followed it, oldest first. */
export type EpisodeFile = {
  readonly episode: StoredEpisode
  readonly facts: readonly StoredEpisodeFact[]
}

type Added = { readonly jurisdiction: number; readonly recorded_at: Date }

/** Tells whoever watches quarantine that something was added, and not to whom. */
const noteAdded = async (query: Query, { jurisdiction, recorded_at: at }: Added): Promise<void> => {
  const payload = { topic: 'quarantine', jurisdiction, committedAt: at.toISOString() }
  await noteChange(query, { at, jurisdiction, payload })
}

/** @returns false where the id is there already, or another server has carried the person across */
export const insertEpisode = async (query: Query, episode: StoredEpisode): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('quarantines')
    .values(episode)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  const isNew = numInsertedOrUpdatedRows === 1n
  if (isNew) await noteAdded(query, episode)
  return isNew
}

/** Adds a fact. @returns false where it is there already, or another server has added it by the clock */
export const insertEpisodeFact = async (query: Query, fact: StoredEpisodeFact): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('quarantine_facts')
    .values({ ...fact, signs: [...fact.signs] })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  const isNew = numInsertedOrUpdatedRows === 1n
  if (isNew) await noteAdded(query, fact)
  return isNew
}

/** Lets what is added to one episode be written one after the other: each is decided on all before it. */
export const lockEpisode = async (query: Query, { jurisdiction, id }: EpisodeKey): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${jurisdiction}::integer, hashtext(${id}::text))`.execute(query)
}

const factsOf = (query: Query, episodes: readonly StoredEpisode[]): Promise<StoredEpisodeFact[]> =>
  query
    .selectFrom('quarantine_facts')
    .selectAll()
    .where('jurisdiction', 'in', [...new Set(episodes.map(({ jurisdiction }) => jurisdiction))])
    .where(
      'quarantine_id',
      'in',
      episodes.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('id')
    .execute()

const filesOf = async (query: Query, episodes: readonly StoredEpisode[]): Promise<EpisodeFile[]> => {
  if (episodes.length === 0) return []
  const facts = Map.groupBy(await factsOf(query, episodes), (fact) => fact.quarantine_id)
  return episodes.map((episode) => ({ episode, facts: facts.get(episode.id) ?? [] }))
}

/** Episodes of one jurisdiction that were ordered between two instants. */
export type OrderedWindow = { readonly jurisdiction: number; readonly from: Date; readonly until: Date }

const orderedIn = (query: Query, { jurisdiction, from, until }: OrderedWindow) =>
  query
    .selectFrom('quarantines')
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '>=', from)
    .where('occurred_at', '<', until)

export const countEpisodesOrdered = async (query: Query, window: OrderedWindow): Promise<number> => {
  const row = await orderedIn(query, window)
    .select(sql<number>`count(*)::integer`.as('episodes'))
    .executeTakeFirstOrThrow()
  return row.episodes
}

/** The next episodes of a window with their facts, in the order of their keys. */
export const readEpisodesOrdered = async (
  query: Query,
  window: OrderedWindow,
  {
    after,
    most,
  }: { readonly after: { readonly at: Date; readonly id: string } | null; readonly most: number },
): Promise<EpisodeFile[]> => {
  const all = orderedIn(query, window).selectAll()
  const rest =
    after === null
      ? all
      : all.where(sql<boolean>`(occurred_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)`)
  return filesOf(query, await rest.orderBy('occurred_at').orderBy('id').limit(most).execute())
}

/** One episode with its facts. */
export const readEpisode = async (
  query: Query,
  { jurisdiction, occurredAt, id }: EpisodeKey,
): Promise<EpisodeFile | undefined> => {
  const episodes = await query
    .selectFrom('quarantines')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', id)
    .execute()
  const [file] = await filesOf(query, episodes)
  return file
}

/** Several episodes of a district with their facts. */
export const readEpisodesById = async (
  query: Query,
  jurisdiction: number,
  ids: readonly string[],
): Promise<EpisodeFile[]> =>
  ids.length === 0
    ? []
    : filesOf(
        query,
        await query
          .selectFrom('quarantines')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .where('id', 'in', ids)
          .orderBy('occurred_at')
          .orderBy('id')
          .execute(),
      )

/** The episode of an id, in whichever district it is: for a link, which does not say. */
export const readEpisodeAnywhere = async (
  query: Query,
  jurisdictions: readonly number[],
  { occurredAt, id }: Pick<EpisodeKey, 'occurredAt' | 'id'>,
): Promise<EpisodeFile | undefined> => {
  const episodes = await query
    .selectFrom('quarantines')
    .selectAll()
    .where('jurisdiction', 'in', jurisdictions)
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', id)
    .execute()
  const [file] = await filesOf(query, episodes)
  return file
}

/** The episode that goes on from another one by a hand-over, where that was carried across. */
export const readEpisodeAfter = async (
  query: Query,
  handOver: { readonly toArea: number; readonly id: string },
  beforeId: string,
): Promise<EpisodeFile | undefined> => {
  const episodes = await query
    .selectFrom('quarantines')
    .selectAll()
    .where('jurisdiction', '=', handOver.toArea)
    .where('before_id', '=', beforeId)
    .where('before_fact', '=', handOver.id)
    .execute()
  const [file] = await filesOf(query, episodes)
  return file
}

const isOver = sql<boolean>`exists (
  select from quarantine_facts f where f.jurisdiction = q.jurisdiction and f.occurred_at = q.occurred_at
    and f.quarantine_id = q.id and f.kind in ('released', 'receipt', 'recalled'))`

/** Episodes that nothing has ended, and those that were ordered since a time: the open ones first, each newest first. */
export const readEpisodes = async (
  query: Query,
  jurisdictions: readonly number[],
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<EpisodeFile[]> => {
  if (jurisdictions.length === 0) return []
  const { rows } = await sql<StoredEpisode>`
    select q.* from quarantines q
    where q.jurisdiction = any(${jurisdictions}::integer[]) and (q.occurred_at >= ${since} or not ${isOver})
    order by ${isOver}, q.occurred_at desc, q.id desc limit ${limit}`.execute(query)
  return filesOf(query, rows)
}

/** The next episodes of a district that nothing has ended, in the order of their keys. */
export const readOpenEpisodes = async (
  query: Query,
  jurisdiction: number,
  { after, most }: { readonly after: EpisodeKey | null; readonly most: number },
): Promise<EpisodeFile[]> => {
  const rest =
    after === null
      ? sql`true`
      : sql`(q.occurred_at, q.id) > (${after.occurredAt}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<StoredEpisode>`
    select q.* from quarantines q
    where q.jurisdiction = ${jurisdiction}::integer and ${rest} and not ${isOver}
    order by q.occurred_at, q.id limit ${most}`.execute(query)
  return filesOf(query, rows)
}
