import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** What a post counted in an hour of a local day, from the roll-ups. */
export type CountedHour = {
  readonly day: string
  readonly hour: number
  readonly postId: number
  readonly vehicles: number
  readonly travellers: number
  readonly febrile: number
}

/** Days, first and last. */
export type DaySpan = { readonly from: string; readonly until: string }

/** Hours with anything in them. */
export const readCountedHours = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DaySpan,
): Promise<CountedHour[]> =>
  query
    .selectFrom('rollup_post_slots')
    .select([
      'day',
      sql<number>`(slot / 3)::integer`.as('hour'),
      'post_id as postId',
      sql<number>`sum(vehicles)::integer`.as('vehicles'),
      sql<number>`sum(travellers)::integer`.as('travellers'),
      sql<number>`sum(febrile)::integer`.as('febrile'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy(['day', 'post_id', sql`slot / 3`])
    .execute()

/** The first day that anything was counted on, at or after a day. */
export const readFirstCountedDay = async (
  query: Query,
  jurisdictions: readonly number[],
  since: string,
): Promise<string | undefined> => {
  const row = await query
    .selectFrom('rollup_post_slots')
    .select('day')
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', since)
    .orderBy('day')
    .limit(1)
    .executeTakeFirst()
  return row?.day
}

/**
 * Hours whose count is not the one that was judged: newly counted, or changed by records that came late; and how much has
 * been counted, which tells two looks apart.
 */
export const readUnjudged = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DaySpan,
): Promise<{ day: string | null; hour: number | null; counted: string }> =>
  query
    .with('counted', (with_) =>
      with_
        .selectFrom('rollup_post_slots')
        .select([
          'jurisdiction',
          'day',
          'post_id',
          sql<number>`slot / 3`.as('hour'),
          sql<number>`sum(vehicles)`.as('vehicles'),
          sql<number>`sum(travellers)`.as('travellers'),
          sql<number>`sum(febrile)`.as('febrile'),
        ])
        .where('jurisdiction', 'in', jurisdictions)
        .where('day', '>=', from)
        .where('day', '<=', until)
        .groupBy(['jurisdiction', 'day', 'post_id', sql`slot / 3`]),
    )
    .selectFrom('counted as c')
    .leftJoin('monitoring_hours as m', (join) =>
      join
        .onRef('m.jurisdiction', '=', 'c.jurisdiction')
        .onRef('m.day', '=', 'c.day')
        .onRef('m.post_id', '=', 'c.post_id')
        .onRef('m.hour', '=', 'c.hour'),
    )
    .select([
      sql<
        string | null
      >`(min(c.day + c.hour * interval '1 hour') filter (where (m.vehicles, m.travellers, m.febrile)
        is distinct from (c.vehicles, c.travellers, c.febrile)))::date`.as('day'),
      sql<
        number | null
      >`extract(hour from min(c.day + c.hour * interval '1 hour') filter (where (m.vehicles, m.travellers, m.febrile)
        is distinct from (c.vehicles, c.travellers, c.febrile)))::integer`.as('hour'),
      sql<string>`concat_ws('/', sum(c.vehicles), sum(c.travellers), sum(c.febrile))`.as('counted'),
    ])
    .executeTakeFirstOrThrow()

/** The last hour that was judged as over. */
export const readLastJudged = (
  query: Query,
  jurisdictions: readonly number[],
): Promise<{ day: string; hour: number } | undefined> =>
  query
    .selectFrom('monitoring_hours')
    .select(['day', 'hour'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('is_over', '=', true)
    .orderBy('day', 'desc')
    .orderBy('hour', 'desc')
    .limit(1)
    .executeTakeFirst()

/** What a post counted in a slot of a local day. */
export type CountedSlot = {
  readonly day: string
  readonly slot: number
  readonly postId: number
  readonly vehicles: number
  readonly travellers: number
}

/** Slots with anything in them. */
export const readCountedSlots = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: DaySpan,
): Promise<CountedSlot[]> =>
  query
    .selectFrom('rollup_post_slots')
    .select(['day', 'slot', 'post_id as postId', 'vehicles', 'travellers'])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute()
