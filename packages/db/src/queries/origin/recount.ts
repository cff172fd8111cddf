/**
 * Recounts of the roll-ups by origin from the facts of one local day ($1), in the form that
 * `situation/verify-rollups.ts` compares; `window` and `countable` are its conditions.
 */
const ofDay = `screening_travellers t
    join screenings s on s.jurisdiction = t.jurisdiction and s.occurred_at = t.occurred_at and s.id = t.screening_id
    where s.day = $1::date
      and s.occurred_at >= $1::date - interval '1 day' and s.occurred_at < $1::date + interval '2 days'
      and t.occurred_at >= $1::date - interval '1 day' and t.occurred_at < $1::date + interval '2 days'`

export const recountPostOrigins = (countable: string): string => `
  with recounted as (
    select t.jurisdiction, s.post_id, t.origin_code,
      row (count(*), count(*) filter (where t.fever = 'confirmed'))::text as counts
    from ${ofDay}
    group by t.jurisdiction, s.post_id, t.origin_code
  ), kept as (
    select jurisdiction, post_id, origin_code, row (travellers, fever_confirmed)::text as counts
    from rollup_post_origin_days where day = $1::date
  )
  select 'rollup_post_origin_days' as rollup, jurisdiction, $1::date as day,
    'post ' || post_id || ', origin ' || origin_code as key, k.counts as kept, r.counts as recounted
  from kept k full join recounted r using (jurisdiction, post_id, origin_code)
  where k.counts is distinct from r.counts and ${countable}
  order by jurisdiction, post_id, origin_code`

export const recountDeclared = (countable: string): string => `
  with people as (
    select t.jurisdiction, t.origin_code, t.exposures from ${ofDay}
  ), named as (
    select p.jurisdiction, p.origin_code, d.code as declared_code
    from people p
    cross join lateral (
      select distinct (e ->> 'areaCode')::integer as code from jsonb_array_elements(p.exposures) e
      union all select 0 where jsonb_array_length(p.exposures) = 0
    ) d
  ), recounted as (
    select jurisdiction, origin_code, declared_code, count(*)::text as counts
    from named group by jurisdiction, origin_code, declared_code
  ), kept as (
    select jurisdiction, origin_code, declared_code, travellers::text as counts
    from rollup_declared_days where day = $1::date
  )
  select 'rollup_declared_days' as rollup, jurisdiction, $1::date as day,
    'origin ' || origin_code || ', declared ' || declared_code as key, k.counts as kept, r.counts as recounted
  from kept k full join recounted r using (jurisdiction, origin_code, declared_code)
  where k.counts is distinct from r.counts and ${countable}
  order by jurisdiction, origin_code, declared_code`
