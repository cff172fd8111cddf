import type { JSONColumnType } from 'kysely'

/** Facts of screenings. */
export type ScreeningTables = {
  screenings: ScreeningRow
  screening_travellers: ScreeningTravellerRow
}

type ScreeningRow = {
  jurisdiction: number
  occurred_at: Date
  id: string
  recorded_at: Date
  started_at: Date
  day: string
  slot: number
  post_id: number
  lane: number
  response_id: string
  rules_version: number
  conveyance_kind: string
  plate_sealed: Buffer | null
  plate_digest: Buffer | null
  queue_vehicles: number | null
  disposition: string
  rule_ids: string[]
  traveller_count: number
  febrile_count: number
  account_id: string
  device_id: string | null
  content_digest: Buffer
}

type ScreeningTravellerRow = {
  jurisdiction: number
  occurred_at: Date
  screening_id: string
  seat: number
  origin_code: number
  origin_evidence: string
  fever: string
  exposure: string
  contact_with_case: boolean
  disposition: string
  rule_ids: string[]
  symptoms: string[]
  readings: JSONColumnType<object[]>
  exposures: JSONColumnType<object[]>
  document_kind: string
  document_sealed: Buffer | null
  document_digest: Buffer | null
  name_sealed: Buffer | null
  phone_sealed: Buffer | null
  phone_digest: Buffer | null
  confirmed_as: string | null
}
