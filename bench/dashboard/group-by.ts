import type { Database } from '@guankou/db/database.ts'

/** The days $2 of the jurisdictions $1; $3 and $4 are the instants between which they lie. */
const chosen = `s.jurisdiction = any($1) and s.day = any($2) and s.occurred_at >= $3 and s.occurred_at < $4`

const withTravellers = (columns: string): string => `
  select ${columns}, sum(vehicle)::integer as vehicles, count(*)::integer as travellers,
    count(*) filter (where fever <> 'none')::integer as febrile,
    count(*) filter (where fever = 'confirmed')::integer as fever_confirmed,
    count(*) filter (where disposition = 'second-check')::integer as second_checks,
    count(*) filter (where disposition in ('home-quarantine', 'central-quarantine'))::integer as quarantined,
    count(*) filter (where disposition = 'turned-back')::integer as turned_back,
    count(*) filter (where disposition = 'referred')::integer as referred,
    sum(entry_milliseconds)::bigint as entry_milliseconds
  from (
    select s.day, s.post_id, s.slot, t.fever, t.disposition,
      case when t.seat = 1 then 1 else 0 end as vehicle,
      case when t.seat = 1 then extract(epoch from s.occurred_at - s.started_at) * 1000 else 0 end as entry_milliseconds
    from screenings s
    join screening_travellers t
      on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
    where ${chosen} and t.jurisdiction = any($1) and t.occurred_at >= $3 and t.occurred_at < $4
  ) people
  group by ${columns}`

const lastScreenings = `
  select s.post_id, max(s.occurred_at) as last_screening_at,
    (array_agg(s.queue_vehicles order by s.occurred_at desc) filter (where s.queue_vehicles is not null))[1] as queue
  from screenings s where ${chosen} group by s.post_id`

const origins = `
  select s.day, t.origin_code, count(*)::integer as travellers,
    count(*) filter (where t.fever <> 'none')::integer as febrile
  from screenings s
  join screening_travellers t
    on t.jurisdiction = s.jurisdiction and t.occurred_at = s.occurred_at and t.screening_id = s.id
  where ${chosen} and t.jurisdiction = any($1) and t.occurred_at >= $3 and t.occurred_at < $4
  group by s.day, t.origin_code`

const curve = `
  select s.day, s.slot, count(*)::integer as vehicles
  from screenings s where ${chosen} group by s.day, s.slot`

type Statement = { readonly text: string; readonly days: 1 | 2 }

/** What each counting endpoint shows, counted from the facts. The list of findings reads facts anyway. */
const statements = {
  summary: [
    { text: withTravellers('day, slot'), days: 2 },
    { text: lastScreenings, days: 1 },
  ],
  posts: [
    { text: withTravellers('post_id, slot'), days: 1 },
    { text: lastScreenings, days: 1 },
  ],
  origins: [{ text: origins, days: 2 }],
  curve: [{ text: curve, days: 2 }],
} as const satisfies Record<string, readonly Statement[]>

export type Counted = keyof typeof statements

export const countedEndpoints = Object.keys(statements) as Counted[]

/** A local day and the day before it, as dates and as instants. */
export type DayAndYesterday = {
  readonly day: string
  readonly yesterday: string
  readonly startMs: number
  readonly endMs: number
  readonly yesterdayStartMs: number
}

type Row = { readonly day?: string; readonly travellers?: number; readonly vehicles?: number }

/**
 * Counts what an endpoint shows by GROUP BY over the facts of a day.
 * @returns milliseconds it took, and vehicles and travellers of the day, to be held against the endpoint's
 */
export const countByGroups = async (
  db: Database,
  endpoint: Counted,
  jurisdictions: readonly number[],
  when: DayAndYesterday,
): Promise<{ readonly milliseconds: number; readonly vehicles: number; readonly travellers: number }> => {
  const startedAt = performance.now()
  const results = await Promise.all(
    statements[endpoint].map(({ text, days }) =>
      db.pool.query<Row>(text, [
        jurisdictions,
        days === 1 ? [when.day] : [when.day, when.yesterday],
        new Date(days === 1 ? when.startMs : when.yesterdayStartMs),
        new Date(when.endMs),
      ]),
    ),
  )
  const milliseconds = performance.now() - startedAt
  const rows = (results[0]?.rows ?? []).filter((row) => row.day === undefined || row.day === when.day)
  const total = (key: 'vehicles' | 'travellers'): number =>
    rows.reduce((sum, row) => sum + (row[key] ?? 0), 0)
  return { milliseconds, vehicles: total('vehicles'), travellers: total('travellers') }
}
