import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type CountedDay = { readonly jurisdiction: number; readonly day: string; readonly travellers: number }

/** How many travellers the roll-ups have on each day, and what was counted of it for testing, null where nothing was. */
export const readCountedDays = async (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: { readonly from: string; readonly until: string },
): Promise<(CountedDay & { readonly counted: number | null })[]> => {
  const rows = await query
    .selectFrom('rollup_post_slots as r')
    .leftJoin('testing_counted_days as c', (join) =>
      join.onRef('c.jurisdiction', '=', 'r.jurisdiction').onRef('c.day', '=', 'r.day'),
    )
    .select(['r.jurisdiction', 'r.day', 'c.travellers as counted'])
    .select(sql<number>`sum(r.travellers)::integer`.as('travellers'))
    .where('r.jurisdiction', 'in', jurisdictions)
    .where('r.day', '>=', from)
    .where('r.day', '<=', until)
    .groupBy(['r.jurisdiction', 'r.day', 'c.travellers'])
    .orderBy('r.day')
    .orderBy('r.jurisdiction')
    .execute()
  return rows
}

/** A local day of a jurisdiction: by the instants between which it lies, so that one or two partitions are read. */
export type DayFacts = CountedDay & { readonly begins: Date; readonly ends: Date }

/**
 * Counts travellers of a day by post and type, and by post and the method of their first reading, in place of what was
 * counted before. Whoever declared an exposure or contact is a type of their own.
 */
export const countDay = async (query: Query, facts: DayFacts, at: Date): Promise<void> => {
  const { jurisdiction, day, travellers, begins, ends } = facts
  for (const table of ['testing_day_types', 'testing_day_methods'] as const)
    await query.deleteFrom(table).where('jurisdiction', '=', jurisdiction).where('day', '=', day).execute()
  await sql`
    with people as materialized (
      select s.post_id, t.origin_code, t.exposure <> 'none' as declared, t.readings -> 0 ->> 'method' as method,
        t.fever <> 'none' as is_febrile
      from screening_travellers t
      join screenings s on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
      where t.jurisdiction = ${jurisdiction} and t.occurred_at >= ${begins} and t.occurred_at < ${ends}
        and s.jurisdiction = ${jurisdiction} and s.occurred_at >= ${begins} and s.occurred_at < ${ends}
    ), types as (
      insert into testing_day_types (jurisdiction, day, post_id, origin_code, declared, travellers)
      select ${jurisdiction}::integer, ${day}::date, post_id, origin_code, declared, count(*)
      from people group by post_id, origin_code, declared
    )
    insert into testing_day_methods (jurisdiction, day, post_id, method, screened, febrile)
    select ${jurisdiction}::integer, ${day}::date, post_id, method, count(*), count(*) filter (where is_febrile)
    from people where method is not null group by post_id, method`.execute(query)
  await query
    .insertInto('testing_counted_days')
    .values({ jurisdiction, day, travellers, counted_at: at })
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'day']).doUpdateSet({ travellers, counted_at: at }),
    )
    .execute()
}

export type TypeArrivals = {
  readonly jurisdiction: number
  readonly day: string
  readonly postId: number
  readonly originCode: number
  readonly declared: boolean
  readonly travellers: number
}

/** What was counted by post and type, in a fixed order. */
export const readTypeArrivals = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: { readonly from: string; readonly until: string },
): Promise<TypeArrivals[]> =>
  query
    .selectFrom('testing_day_types')
    .select([
      'jurisdiction',
      'day',
      'post_id as postId',
      'origin_code as originCode',
      'declared',
      'travellers',
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('day')
    .orderBy('post_id')
    .orderBy('origin_code')
    .orderBy('declared')
    .execute()

/** People screened by post and method over days, and the time that entries took at the post, milliseconds. */
export const readMethods = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: { readonly from: string; readonly until: string },
) =>
  query
    .selectFrom('testing_day_methods')
    .select([
      'jurisdiction',
      'post_id as postId',
      'method',
      sql<number>`sum(screened)::integer`.as('screened'),
    ])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy(['jurisdiction', 'post_id', 'method'])
    .orderBy('post_id')
    .orderBy('method')
    .execute()

export const readEntryMilliseconds = (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: { readonly from: string; readonly until: string },
) =>
  query
    .selectFrom('rollup_post_slots')
    .select(['post_id as postId', sql<number>`sum(entry_milliseconds)::bigint`.as('milliseconds')])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .groupBy('post_id')
    .execute()

/**
 * People whom their first reading found febrile and whose test is positive, by post and method. Read from the few that are
 * positive; `screenedAt` of a screening is the time that its id carries.
 */
export const readFebrileFindings = async (
  query: Query,
  jurisdictions: readonly number[],
  { from, until }: { readonly from: string; readonly until: string },
) => {
  const { rows } = await sql<{ postId: number; method: string; findings: number }>`
    with last as (
      select distinct on (r.jurisdiction, r.test_id) r.jurisdiction, r.test_id, r.result
      from infection_test_results r
      where r.jurisdiction in (${sql.join(jurisdictions)}) and r.day >= ${from}::date and r.day <= ${until}::date
      order by r.jurisdiction, r.test_id, r.number desc
    ), positives as (
      select t.jurisdiction, t.post_id, t.screening_id, t.seat,
        to_timestamp(('x' || lpad(left(replace(t.screening_id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
          as screened_at
      from last join infection_tests t on t.jurisdiction = last.jurisdiction and t.id = last.test_id
      where last.result = 'positive'
    )
    select p.post_id as "postId", q.method, count(*)::integer as findings
    from positives p
    join lateral (
      select s.readings -> 0 ->> 'method' as method from screening_travellers s
      where s.jurisdiction = p.jurisdiction and s.occurred_at = p.screened_at
        and s.screening_id = p.screening_id and s.seat = p.seat and s.fever <> 'none'
    ) q on q.method is not null
    group by p.post_id, q.method order by 1, 2`.execute(query)
  return rows
}

/** People who arrived so far, by post. */
export const readArrivedToday = (query: Query, jurisdictions: readonly number[], day: string) =>
  query
    .selectFrom('rollup_post_slots')
    .select(['post_id as postId', sql<number>`sum(travellers)::integer`.as('travellers')])
    .where('jurisdiction', 'in', jurisdictions)
    .where('day', '=', day)
    .groupBy('post_id')
    .execute()
