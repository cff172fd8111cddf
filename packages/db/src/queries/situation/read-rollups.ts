import { dispositions } from '@guankou/contract/screening/dispositions.ts'
import { type Kysely, sql } from 'kysely'
import { inForceText, standingText } from '#src/queries/screening/standing.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** The counts of a slot of a day. */
export type SlotCounts = {
  readonly day: string
  readonly slot: number
  readonly vehicles: number
  readonly travellers: number
  readonly febrile: number
  readonly feverConfirmed: number
  readonly secondChecks: number
  readonly quarantined: number
  readonly turnedBack: number
  readonly referred: number
  readonly entryMilliseconds: number
  /** Of how many vehicles `entryMilliseconds` is the sum. */
  readonly timedVehicles: number
}

export type PostSlotCounts = SlotCounts & { readonly postId: number }

/** Columns that add up the counts of the rows of a group. */
const addedUp = [
  sql<number>`sum(vehicles)::integer`.as('vehicles'),
  sql<number>`sum(travellers)::integer`.as('travellers'),
  sql<number>`sum(febrile)::integer`.as('febrile'),
  sql<number>`sum(fever_confirmed)::integer`.as('feverConfirmed'),
  sql<number>`sum(second_checks)::integer`.as('secondChecks'),
  sql<number>`sum(quarantined)::integer`.as('quarantined'),
  sql<number>`sum(turned_back)::integer`.as('turnedBack'),
  sql<number>`sum(referred)::integer`.as('referred'),
  sql<number>`sum(entry_milliseconds)::bigint`.as('entryMilliseconds'),
  sql<number>`sum(timed_vehicles)::integer`.as('timedVehicles'),
] as const

/** Slots of the days given, added up over the posts: at most 72 rows a day. */
export const readSlots = (
  query: Query,
  jurisdictions: readonly number[],
  days: readonly string[],
): Promise<SlotCounts[]> =>
  query
    .selectFrom('rollup_post_slots')
    .select(['day', 'slot', ...addedUp])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', 'in', days)
    .groupBy(['day', 'slot'])
    .execute()

/**
 * The latest slots of each post on a day as they are, and all before them added up in one row of the slot before: at
 * most `slotsBack` + 2 rows a post.
 * @param last  slot at which the latest end; left out: the last one of each post
 * @param slotsBack  how many before `last` are kept apart
 */
export const readLatestPostSlots = (
  query: Query,
  jurisdictions: readonly number[],
  { day, last, slotsBack }: { readonly day: string; readonly last?: number; readonly slotsBack: number },
): Promise<PostSlotCounts[]> =>
  query
    .with('apart', (with_) =>
      with_
        .selectFrom('rollup_post_slots')
        .selectAll()
        .select(
          sql<number>`coalesce(${last ?? null}::integer, max(slot) over (partition by jurisdiction, post_id)) - ${slotsBack}::integer`.as(
            'first',
          ),
        )
        .where('jurisdiction', 'in', jurisdictions)
        .where('day', '=', day),
    )
    .selectFrom('apart')
    .select(['day', 'post_id as postId', sql<number>`greatest(slot, first - 1)`.as('slot'), ...addedUp])
    .groupBy(['day', 'post_id', sql`greatest(slot, first - 1)`])
    .execute()

export type OriginDay = {
  readonly day: string
  readonly originCode: number
  readonly travellers: number
  readonly febrile: number
}

/** People by origin on the days given, summed over the jurisdictions. */
export const readOriginDays = (
  query: Query,
  jurisdictions: readonly number[],
  days: readonly string[],
): Promise<OriginDay[]> =>
  query
    .selectFrom('rollup_origin_days')
    .select([
      'day',
      'origin_code as originCode',
      sql<number>`sum(travellers)::integer`.as('travellers'),
      sql<number>`sum(febrile)::integer`.as('febrile'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', 'in', days)
    .groupBy(['day', 'origin_code'])
    .execute()

export type OriginCountRow = OriginDay & { readonly jurisdiction: number }

/** The same, jurisdiction by jurisdiction. */
export const readOriginCounts = (
  query: Query,
  jurisdictions: readonly number[],
  days: readonly string[],
): Promise<OriginCountRow[]> =>
  query
    .selectFrom('rollup_origin_days')
    .select(['day', 'jurisdiction', 'origin_code as originCode', 'travellers', 'febrile'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', 'in', days)
    .execute()

export type PostDayStateRead = {
  readonly postId: number
  readonly lastScreeningAt: Date
  readonly queueVehicles: number | null
  readonly queueSeenAt: Date | null
}

/** The latest of each post on each of the days given. */
export const readPostDayStates = (
  query: Query,
  jurisdictions: readonly number[],
  days: readonly string[],
): Promise<PostDayStateRead[]> =>
  query
    .selectFrom('post_day_states')
    .select([
      'post_id as postId',
      'last_screening_at as lastScreeningAt',
      'queue_vehicles as queueVehicles',
      'queue_seen_at as queueSeenAt',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', 'in', days)
    .execute()

export type NotableScreening = {
  readonly id: string
  readonly postId: number
  readonly lane: number
  readonly occurredAt: Date
  readonly disposition: string
  readonly travellers: number
  readonly febrile: number
  readonly ruleIds: readonly string[]
}

/**
 * The latest screenings of a day that ended stricter than with advice, newest first. Each jurisdiction gives its own
 * latest, which its index has in order; so the cost grows with what is shown and not with the day.
 * @param from  start of the local day, and `until` its end: they let the planner pass over all other partitions
 */
export const readNotableScreenings = (
  query: Query,
  jurisdictions: readonly number[],
  window: { readonly day: string; readonly from: Date; readonly until: Date; readonly limit: number },
): Promise<NotableScreening[]> =>
  query
    .selectFrom(
      sql<{ jurisdiction: number }>`unnest(${jurisdictions}::integer[])`.as<'places'>(
        sql`places (jurisdiction)`,
      ),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('screenings')
          .select([
            'id',
            'post_id as postId',
            'lane',
            'occurred_at as occurredAt',
            'disposition',
            'traveller_count as travellers',
            'febrile_count as febrile',
            'rule_ids as ruleIds',
          ])
          .whereRef('screenings.jurisdiction', '=', 'places.jurisdiction')
          .where('day', '=', window.day)
          .where('occurred_at', '>=', window.from)
          .where('occurred_at', '<', window.until)
          .where('disposition', 'not in', [sql.lit('passed'), sql.lit('advised')])
          .orderBy('occurred_at', 'desc')
          .limit(window.limit)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .selectAll('latest')
    .orderBy('latest.occurredAt', 'desc')
    .limit(window.limit)
    .execute()

/**
 * Screenings of a day of which somebody was decided on otherwise, with the disposition that counts: the strictest of
 * those aboard. Leads override few, so that all of a day are read.
 */
export const readOverriddenScreenings = async (
  query: Query,
  jurisdictions: readonly number[],
  { day, from, until }: { readonly day: string; readonly from: Date; readonly until: Date },
): Promise<NotableScreening[]> => {
  const { rows } = await sql<NotableScreening>`
    with overridden as (
      select distinct o.jurisdiction, o.occurred_at, o.screening_id from screening_overrides o
      where o.jurisdiction in (${sql.join(jurisdictions)}) and o.day = ${day} and ${sql.raw(inForceText)}
    )
    select s.id, s.post_id as "postId", s.lane, s.occurred_at as "occurredAt", s.traveller_count as travellers,
      s.febrile_count as febrile, s.rule_ids as "ruleIds", aboard.dispositions[1] as disposition
    from overridden o
    join screenings s on s.jurisdiction = o.jurisdiction and s.occurred_at = o.occurred_at and s.id = o.screening_id
    cross join lateral (
      select array_agg(d order by array_position(${[...dispositions]}::text[], d) desc) as dispositions from (
        select ${sql.raw(standingText)} as d from screening_travellers t
        where t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id) each
    ) aboard
    where s.occurred_at >= ${from} and s.occurred_at < ${until}`.execute(query)
  return rows
}

/** When the last screening of a day or of any later one was. */
export const readLastScreeningAt = async (query: Query, sinceDay: string): Promise<Date | undefined> => {
  const row = await query
    .selectFrom('post_day_states')
    .select((eb) => eb.fn.max('last_screening_at').as('at'))
    .where('day', '>=', sinceDay)
    .executeTakeFirst()
  return row?.at ?? undefined
}
