import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredPostFact = {
  readonly jurisdiction: number
  readonly id: string
  readonly occurredAt: Date
  readonly recordedAt: Date
  readonly day: string
  readonly postId: number
  /** Of the happening, as its own column. */
  readonly kind: string
  readonly happening: object
  readonly sealed: Buffer | null
  readonly byLead: boolean
  readonly accountId: string
  readonly deviceId: string | null
  readonly contentDigest: Buffer
}

/** @returns false where the id is there already */
export const insertPostFact = async (query: Query, fact: StoredPostFact): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('post_facts')
    .values({
      jurisdiction: fact.jurisdiction,
      id: fact.id,
      occurred_at: fact.occurredAt,
      recorded_at: fact.recordedAt,
      day: fact.day,
      post_id: fact.postId,
      kind: fact.kind,
      happening: JSON.stringify(fact.happening),
      sealed: fact.sealed,
      by_lead: fact.byLead,
      account_id: fact.accountId,
      device_id: fact.deviceId,
      content_digest: fact.contentDigest,
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const findPostFact = (query: Query, jurisdiction: number, id: string) =>
  query
    .selectFrom('post_facts')
    .select(['recorded_at as recordedAt', 'content_digest as contentDigest'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()

/** Columns that a state is derived from. */
const columns = [
  'jurisdiction',
  'id',
  'occurred_at as occurredAt',
  'recorded_at as recordedAt',
  'day',
  'post_id as postId',
  'happening',
  'sealed',
  'by_lead as byLead',
  'account_id as accountId',
  'device_id as deviceId',
] as const

/** Comings and goings and the queue count for hours; the rest until something else is said. */
const briefKinds = ['clocked-in', 'clock-in-put-off', 'clocked-out', 'queue-seen'] as const

export type PostFactWindow = {
  /** Left out: all posts of the jurisdictions. */
  readonly postId?: number
  /** From when on facts that count for hours are read, and from when on all others. */
  readonly briefFrom: Date
  readonly longFrom: Date
  readonly until: Date
}

/** Facts that may still count, oldest first. */
export const readPostFacts = (query: Query, jurisdictions: readonly number[], window: PostFactWindow) =>
  query
    .selectFrom('post_facts')
    .select(columns)
    .where('jurisdiction', 'in', jurisdictions)
    .$if(window.postId !== undefined, (one) => one.where('post_id', '=', window.postId ?? 0))
    .where('occurred_at', '<=', window.until)
    .where('occurred_at', '>', window.longFrom)
    .where((eb) => eb.or([eb('kind', 'not in', briefKinds), eb('occurred_at', '>', window.briefFrom)]))
    .orderBy('occurred_at')
    .orderBy('id')
    .execute()

export type PostFactRead = Awaited<ReturnType<typeof readPostFacts>>[number]

/** Health checks of officers who came to a post, newest first. */
export const readCheckedIn = (
  query: Query,
  {
    jurisdiction,
    postId,
    from,
  }: { readonly jurisdiction: number; readonly postId: number; readonly from: Date },
) =>
  query
    .selectFrom('post_facts')
    .select(columns)
    .where('jurisdiction', '=', jurisdiction)
    .where('post_id', '=', postId)
    .where('kind', '=', 'clocked-in')
    .where('occurred_at', '>', from)
    .orderBy('occurred_at', 'desc')
    .limit(200)
    .execute()

/** Posts that an officer was sent to since an instant, wherever they lie. */
export const readDispatchedPosts = (query: Query, officerId: string, since: Date) =>
  query
    .selectFrom('post_facts')
    .distinct()
    .select(['jurisdiction', 'post_id as postId'])
    .where(sql.ref('kind'), '=', sql.lit('reinforcement-sent'))
    .where('occurred_at', '>', since)
    .where(sql<boolean>`happening->'officerIds' ? ${officerId}`)
    .execute()

/** What says whether officers were sent to a post, have come and have left. */
export const readMovements = (
  query: Query,
  {
    jurisdiction,
    postId,
    since,
  }: { readonly jurisdiction: number; readonly postId: number; readonly since: Date },
) =>
  query
    .selectFrom('post_facts')
    .select(columns)
    .where('jurisdiction', '=', jurisdiction)
    .where('post_id', '=', postId)
    .where('kind', 'in', ['reinforcement-sent', 'reinforcement-arrived', 'reinforcement-left', 'withdrawn'])
    .where('occurred_at', '>', since)
    .execute()

/** Officers among those named whom the transaction may see, with what is shown of them. */
export const readOfficers = async (query: Query, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : query
        .selectFrom('accounts')
        .select(['id', 'name_zh', 'name_en', 'role', 'area_code', 'crew_zh', 'crew_en'])
        .where('id', 'in', ids)
        .orderBy('id')
        .execute()

/** Accounts of an area that work at posts and are in use. */
export const readPostOfficers = (query: Query, limit: number) =>
  query
    .selectFrom('accounts')
    .select(['id', 'name_zh', 'name_en', 'role', 'area_code', 'crew_zh', 'crew_en'])
    .where('role', 'in', ['inspector', 'post-lead'])
    .where('disabled_at', 'is', null)
    .orderBy('area_code')
    .orderBy('id')
    .limit(limit)
    .execute()

export type OfficerRead = Awaited<ReturnType<typeof readPostOfficers>>[number]
