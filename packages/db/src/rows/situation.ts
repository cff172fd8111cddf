import type { Generated } from 'kysely'

/** Roll-ups, kept in the commit of the facts they count. */
export type SituationTables = {
  rollup_post_slots: PostSlotRow
  rollup_origin_days: OriginDayRow
  post_day_states: PostDayStateRow
}

type PostSlotRow = {
  jurisdiction: number
  day: string
  post_id: number
  slot: number
  vehicles: number
  travellers: number
  febrile: number
  fever_confirmed: number
  second_checks: number
  quarantined: number
  turned_back: number
  referred: number
  entry_milliseconds: number
  timed_vehicles: Generated<number>
}

type OriginDayRow = {
  jurisdiction: number
  day: string
  origin_code: number
  travellers: number
  febrile: number
}

type PostDayStateRow = {
  jurisdiction: number
  day: string
  post_id: number
  last_screening_at: Date
  queue_vehicles: number | null
  queue_seen_at: Date | null
}
