import { CompiledQuery, type Kysely } from 'kysely'
import { recountDeclared, recountPostOrigins } from '#src/queries/origin/recount.ts'
import { inForceText } from '#src/queries/screening/standing.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A place where a roll-up and the facts disagree; counts as text of one row, null where there is none. */
export type RollupDifference = {
  readonly rollup:
    | 'rollup_post_slots'
    | 'rollup_origin_days'
    | 'post_day_states'
    | 'rollup_post_origin_days'
    | 'rollup_declared_days'
  readonly jurisdiction: number
  readonly day: string
  readonly key: string
  readonly kept: string | null
  readonly recounted: string | null
}

// A local day lies within a day and a half of the UTC day of the same name: lets the planner pass over other partitions.
const window = `occurred_at >= $1::date - interval '1 day' and occurred_at < $1::date + interval '2 days'`

// Where retention has deleted the facts of a day the counts stand, and nothing is left to count them from.
const countable = `jurisdiction not in (
    select gone.jurisdiction from retention_days gone where gone.day = $1::date and gone.data_class = 'health')`

const postSlots = `
  with overridden as (
    select distinct on (o.jurisdiction, o.occurred_at, o.screening_id, o.seat)
      o.jurisdiction, o.occurred_at, o.screening_id, o.seat, o.disposition
    from screening_overrides o where ${window} and ${inForceText}
    order by o.jurisdiction, o.occurred_at, o.screening_id, o.seat, o.made_at desc, o.id desc
  ), decided as (
    select t.jurisdiction, t.occurred_at, t.screening_id, t.fever,
      coalesce(o.disposition, t.disposition) as disposition
    from screening_travellers t left join overridden o using (jurisdiction, occurred_at, screening_id, seat)
    where ${window}
  ), people as (
    select jurisdiction, occurred_at, screening_id,
      count(*)::integer as travellers,
      count(*) filter (where fever <> 'none')::integer as febrile,
      count(*) filter (where fever = 'confirmed')::integer as fever_confirmed,
      count(*) filter (where disposition = 'second-check')::integer as second_checks,
      count(*) filter (where disposition in ('home-quarantine', 'central-quarantine'))::integer as quarantined,
      count(*) filter (where disposition = 'turned-back')::integer as turned_back,
      count(*) filter (where disposition = 'referred')::integer as referred
    from decided
    group by jurisdiction, occurred_at, screening_id
  ), recounted as (
    select s.jurisdiction, s.post_id, s.slot,
      row (count(*), sum(p.travellers), sum(p.febrile), sum(p.fever_confirmed), sum(p.second_checks),
        sum(p.quarantined), sum(p.turned_back), sum(p.referred),
        sum(round(extract(epoch from s.occurred_at - s.started_at) * 1000)::bigint),
        count(*) filter (where s.occurred_at > s.started_at))::text as counts
    from screenings s
    left join people p on p.jurisdiction = s.jurisdiction and p.occurred_at = s.occurred_at and p.screening_id = s.id
    where s.day = $1::date and s.occurred_at >= $1::date - interval '1 day' and s.occurred_at < $1::date + interval '2 days'
    group by s.jurisdiction, s.post_id, s.slot
  ), kept as (
    select jurisdiction, post_id, slot,
      row (vehicles, travellers, febrile, fever_confirmed, second_checks, quarantined, turned_back, referred,
        entry_milliseconds, timed_vehicles)::text as counts
    from rollup_post_slots where day = $1::date
  )
  select 'rollup_post_slots' as rollup, jurisdiction, $1::date as day,
    'post ' || post_id || ', slot ' || slot as key, k.counts as kept, r.counts as recounted
  from kept k full join recounted r using (jurisdiction, post_id, slot)
  where k.counts is distinct from r.counts and ${countable}
  order by jurisdiction, post_id, slot`

const originDays = `
  with recounted as (
    select t.jurisdiction, t.origin_code,
      row (count(*), count(*) filter (where t.fever <> 'none'))::text as counts
    from screening_travellers t
    join screenings s on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
    where s.day = $1::date
      and s.occurred_at >= $1::date - interval '1 day' and s.occurred_at < $1::date + interval '2 days'
      and t.occurred_at >= $1::date - interval '1 day' and t.occurred_at < $1::date + interval '2 days'
    group by t.jurisdiction, t.origin_code
  ), kept as (
    select jurisdiction, origin_code, row (travellers, febrile)::text as counts
    from rollup_origin_days where day = $1::date
  )
  select 'rollup_origin_days' as rollup, jurisdiction, $1::date as day,
    'origin ' || origin_code as key, k.counts as kept, r.counts as recounted
  from kept k full join recounted r using (jurisdiction, origin_code)
  where k.counts is distinct from r.counts and ${countable}
  order by jurisdiction, origin_code`

// Two records of one millisecond may have seen different queues; either one may be kept.
const states = `
  with latest as (
    select jurisdiction, post_id, max(occurred_at) as last_at,
      max(occurred_at) filter (where queue_vehicles is not null) as seen_at
    from screenings where day = $1::date and ${window}
    group by jurisdiction, post_id
  ), seen as (
    select l.jurisdiction, l.post_id, array_agg(s.queue_vehicles) as queues
    from latest l
    join screenings s on s.jurisdiction = l.jurisdiction and s.occurred_at = l.seen_at and s.post_id = l.post_id
    where s.day = $1::date and s.queue_vehicles is not null
      and s.occurred_at >= $1::date - interval '1 day' and s.occurred_at < $1::date + interval '2 days'
    group by l.jurisdiction, l.post_id
  ), kept as (
    select jurisdiction, post_id, queue_vehicles, row (last_screening_at, queue_seen_at, queue_vehicles)::text as counts
    from post_day_states where day = $1::date
  ), compared as (
    select jurisdiction, post_id, k.counts as kept, case when l.last_at is not null then
      row (l.last_at, l.seen_at,
        case when k.queue_vehicles = any (s.queues) then k.queue_vehicles else s.queues[1] end)::text
      end as recounted
    from kept k full join latest l using (jurisdiction, post_id) left join seen s using (jurisdiction, post_id)
  )
  select 'post_day_states' as rollup, jurisdiction, $1::date as day, 'post ' || post_id as key, kept, recounted
  from compared
  where kept is distinct from recounted and ${countable}
  order by jurisdiction, post_id`

/** Days that have facts or roll-ups, oldest first; those whose facts retention has deleted among them. */
export const readCountedDays = async (query: Query): Promise<string[]> => {
  const { rows } = await query.executeQuery<{ day: string }>(
    CompiledQuery.raw(`select day from rollup_post_slots union select day from rollup_origin_days
      union select day from post_day_states union select day from rollup_post_origin_days
      union select day from rollup_declared_days union select day from screenings order by day`),
  )
  return rows.map((row) => row.day)
}

/**
 * Recounts one day from the facts and compares it with what is kept, row by row, in one snapshot.
 * @param day  local day, ISO 8601   @returns every difference; empty where the roll-ups are exact
 */
export const findRollupDifferences = (query: Query, day: string): Promise<RollupDifference[]> =>
  query
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const found: RollupDifference[] = []
      for (const text of [
        postSlots,
        originDays,
        states,
        recountPostOrigins(countable),
        recountDeclared(countable),
      ]) {
        const { rows } = await tx.executeQuery<RollupDifference>(CompiledQuery.raw(text, [day]))
        found.push(...rows)
      }
      return found
    })
