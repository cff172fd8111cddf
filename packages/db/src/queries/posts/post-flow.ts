import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type PostFlow = {
  readonly postId: number
  readonly vehicles: number
  /** Those of which it is known how long they took. */
  readonly timedVehicles: number
  /** Sums over the vehicles of the seconds from entry to disposition, and of their squares. */
  readonly seconds: number
  readonly secondsSquared: number
  readonly firstAt: Date
  readonly lastAt: Date
  readonly lanes: readonly number[]
}

/** What passed at each post between two instants; a post where nothing did is not in it. */
export const readPostFlows = (
  query: Query,
  jurisdictions: readonly number[],
  window: { readonly from: Date; readonly until: Date; readonly postId?: number },
): Promise<PostFlow[]> =>
  query
    .selectFrom('screenings')
    .select([
      'post_id as postId',
      sql<number>`count(*)::integer`.as('vehicles'),
      sql<number>`(count(*) filter (where occurred_at > started_at))::integer`.as('timedVehicles'),
      sql<number>`sum(extract(epoch from occurred_at - started_at))::double precision`.as('seconds'),
      sql<number>`sum(extract(epoch from occurred_at - started_at) ^ 2)::double precision`.as(
        'secondsSquared',
      ),
      sql<Date>`min(occurred_at)`.as('firstAt'),
      sql<Date>`max(occurred_at)`.as('lastAt'),
      sql<number[]>`array_agg(distinct lane::integer)`.as('lanes'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('occurred_at', '>', window.from)
    .where('occurred_at', '<=', window.until)
    .$if(window.postId !== undefined, (one) => one.where('post_id', '=', window.postId ?? 0))
    .groupBy('post_id')
    .execute()

/** Slots of a post on a day, in order. */
export const readSlotsOfPost = (
  query: Query,
  {
    jurisdiction,
    postId,
    day,
  }: { readonly jurisdiction: number; readonly postId: number; readonly day: string },
) =>
  query
    .selectFrom('rollup_post_slots')
    .select([
      'slot',
      'vehicles',
      'entry_milliseconds as entryMilliseconds',
      'timed_vehicles as timedVehicles',
    ])
    .where('jurisdiction', '=', jurisdiction)
    .where('post_id', '=', postId)
    .where('day', '=', day)
    .orderBy('slot')
    .execute()
