import type { Database } from '@guankou/db/database.ts'
import { ensurePartitions, utcDayOf } from '@guankou/db/partitions.ts'
import { addDays, daySlotOf } from '@guankou/domain/places/calendar.ts'
import { startOfDayMs } from '@guankou/simulator/arrivals/arrival-times.ts'
import type { Template } from './draw-template.ts'

/** How many screenings a local day gets, and from how many of the template's, earliest first, they are drawn. */
export type DayToFill = { readonly day: string; readonly screenings: number; readonly drawnFrom: number }

const facts = `
  with drawn as materialized (
    select b.n, b.jurisdiction, t.occurred_at, t.occurred_at - (b.occurred_at - b.started_at) as started_at,
      (lpad(to_hex((extract(epoch from t.occurred_at) * 1000)::bigint), 12, '0') || '7'
        || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid as id,
      b.slot, b.post_id, b.lane, b.response_id, b.rules_version, b.conveyance_kind, b.plate_sealed, b.plate_digest,
      b.queue_vehicles, b.disposition, b.rule_ids, b.traveller_count, b.febrile_count, b.account_id, b.content_digest
    from (select floor(random() * $3)::bigint as n, random() as within from generate_series(1, $2)) g
    join bench.screenings b using (n)
    cross join lateral (
      select date_trunc('milliseconds',
        $1::date::timestamp at time zone $4 + (b.slot + g.within * 0.999999) * interval '20 minutes') as occurred_at
    ) t
  ), stored as (
    insert into screenings (jurisdiction, occurred_at, id, recorded_at, started_at, day, slot, post_id, lane,
      response_id, rules_version, conveyance_kind, plate_sealed, plate_digest, queue_vehicles, disposition, rule_ids,
      traveller_count, febrile_count, account_id, content_digest)
    select jurisdiction, occurred_at, id, occurred_at + interval '40 milliseconds', started_at, $1::date, slot,
      post_id, lane, response_id, rules_version, conveyance_kind, plate_sealed, plate_digest, queue_vehicles,
      disposition, rule_ids, traveller_count, febrile_count, account_id, content_digest
    from drawn order by occurred_at
  )
  insert into screening_travellers (jurisdiction, occurred_at, screening_id, seat, origin_code, origin_evidence, fever,
    exposure, contact_with_case, disposition, rule_ids, symptoms, readings, exposures, document_kind, document_sealed,
    document_digest, name_sealed, phone_sealed, phone_digest)
  select d.jurisdiction, d.occurred_at, d.id, t.seat, t.origin_code, t.origin_evidence, t.fever, t.exposure,
    t.contact_with_case, t.disposition, t.rule_ids, t.symptoms, t.readings, t.exposures, t.document_kind,
    t.document_sealed, t.document_digest, t.name_sealed, t.phone_sealed, t.phone_digest
  from drawn d join bench.travellers t using (n)
  order by d.occurred_at, d.id, t.seat`

/**
 * Shares a number of screenings out over days that end with the local day of `nowMs`; that day has only the slots that
 * are over. The template's own day counts what it has already.
 */
export const planDays = async (
  db: Database,
  template: Template,
  options: { readonly screenings: number; readonly days: number; readonly nowMs: number },
): Promise<DayToFill[]> => {
  const now = daySlotOf(template.timeZone, options.nowMs)
  const { rows } = await db.pool.query<{ over: number }>(
    'select count(*) as over from bench.screenings where slot < $1',
    [now.slot],
  )
  const over = rows[0]?.over ?? 0
  const own = (day: string): number => (day === template.day ? template.screenings : 0)
  const perDay = Math.floor(options.screenings / (options.days - 1 + over / template.screenings))
  const past = Array.from({ length: options.days - 1 }, (_, index) => {
    const day = addDays(now.day, index + 1 - options.days)
    return { day, screenings: Math.max(perDay - own(day), 0), drawnFrom: template.screenings }
  })
  const rest = past.reduce((left, each) => left - each.screenings, options.screenings - template.screenings)
  const yesterday = past.at(-1)
  // In the first minutes of a day there is nothing to draw from yet: what is left goes to the day before.
  return over === 0 && yesterday !== undefined
    ? past.with(-1, { ...yesterday, screenings: yesterday.screenings + rest })
    : [...past, { day: now.day, screenings: rest, drawnFrom: over }]
}

/**
 * Works through items on `workers` connections at once, each with settings for bulk work.
 * @param work  called with a client and an item
 */
export const onConnections = async <Item>(
  db: Database,
  workers: number,
  items: readonly Item[],
  work: (query: (text: string, values: unknown[]) => Promise<unknown>, item: Item) => Promise<void>,
): Promise<void> => {
  const waiting = items.values()
  const worker = async (): Promise<void> => {
    const client = await db.pool.connect()
    try {
      await client.query("set work_mem = '192MB'")
      for (const item of waiting) await work((text, values) => client.query(text, values), item)
    } finally {
      // The settings of this session end with it.
      client.release(true)
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

/** Fills the days with facts: template rows drawn at random, each with an instant and an id of its own. */
export const fillDays = async (
  db: Database,
  template: Template,
  days: readonly DayToFill[],
  onDay: (day: DayToFill) => void,
): Promise<void> => {
  const utcDays = days.flatMap(({ day }) => [
    utcDayOf(startOfDayMs(template.timeZone, day)),
    utcDayOf(startOfDayMs(template.timeZone, addDays(day, 1)) - 1),
  ])
  await ensurePartitions(db.pool, new Set(utcDays))
  await onConnections(db, 2, [...days.entries()], async (query, [index, each]) => {
    if (each.screenings > 0) {
      await query('select setseed($1)', [index / days.length])
      await query(facts, [each.day, each.screenings, each.drawnFrom, template.timeZone])
    }
    onDay(each)
  })
}
