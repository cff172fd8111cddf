import type { Database } from '@guankou/db/database.ts'
import { onConnections } from './fill-days.ts'

/** The local day $1 in the time zone $2 as instants, so that two partitions are read and no more. */
const within = (table: string): string =>
  `${table}.occurred_at >= $1::date::timestamp at time zone $2
    and ${table}.occurred_at < ($1::date + 1)::timestamp at time zone $2`

const postSlots = `
  insert into rollup_post_slots (jurisdiction, day, post_id, slot, vehicles, travellers, febrile, fever_confirmed,
    second_checks, quarantined, turned_back, referred, entry_milliseconds, timed_vehicles)
  select s.jurisdiction, s.day, s.post_id, s.slot, count(*), sum(p.travellers), sum(p.febrile), sum(p.fever_confirmed),
    sum(p.second_checks), sum(p.quarantined), sum(p.turned_back), sum(p.referred),
    sum(round(extract(epoch from s.occurred_at - s.started_at) * 1000)::bigint),
    count(*) filter (where s.occurred_at > s.started_at)
  from screenings s
  join (
    select t.jurisdiction, t.occurred_at, t.screening_id, count(*) as travellers,
      count(*) filter (where fever <> 'none') as febrile,
      count(*) filter (where fever = 'confirmed') as fever_confirmed,
      count(*) filter (where disposition = 'second-check') as second_checks,
      count(*) filter (where disposition in ('home-quarantine', 'central-quarantine')) as quarantined,
      count(*) filter (where disposition = 'turned-back') as turned_back,
      count(*) filter (where disposition = 'referred') as referred
    from screening_travellers t where ${within('t')}
    group by t.jurisdiction, t.occurred_at, t.screening_id
  ) p on p.jurisdiction = s.jurisdiction and p.occurred_at = s.occurred_at and p.screening_id = s.id
  where ${within('s')}
  group by s.jurisdiction, s.day, s.post_id, s.slot`

const originDays = `
  insert into rollup_origin_days
  select t.jurisdiction, $1::date, t.origin_code, count(*), count(*) filter (where t.fever <> 'none')
  from screening_travellers t where ${within('t')}
  group by t.jurisdiction, t.origin_code`

const states = `
  insert into post_day_states
  select s.jurisdiction, s.day, s.post_id, max(s.occurred_at),
    (array_agg(s.queue_vehicles order by s.occurred_at desc) filter (where s.queue_vehicles is not null))[1],
    max(s.occurred_at) filter (where s.queue_vehicles is not null)
  from screenings s where ${within('s')}
  group by s.jurisdiction, s.day, s.post_id`

/** The roll-ups that the Situation page reads, beside where posts stand. */
export const filledRollups = ['rollup_post_slots', 'rollup_origin_days', 'post_day_states'] as const

/** Counts the facts of the days anew into the roll-ups, by the definitions by which they are verified. */
export const fillRollups = async (
  db: Database,
  timeZone: string,
  days: readonly string[],
  onDay: (day: string) => void,
): Promise<void> => {
  for (const table of filledRollups) await db.pool.query(`delete from ${table} where day = any($1)`, [days])
  await onConnections(db, 2, days, async (query, day) => {
    for (const text of [postSlots, originDays, states]) await query(text, [day, timeZone])
    onDay(day)
  })
}
