import type { JSONColumnType } from 'kysely'

/** Facts of screenings. */
export type ScreeningTables = {
  screenings: ScreeningRow
  screening_travellers: ScreeningTravellerRow
  screening_overrides: ScreeningOverrideRow
  screening_override_answers: ScreeningOverrideAnswerRow
  screening_corrections: ScreeningCorrectionRow
  screening_finding_corrections: ScreeningFindingCorrectionRow
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
  service_sealed: Buffer | null
  service_digest: Buffer | null
  seats_per_row: number | null
  queue_vehicles: number | null
  disposition: string
  rule_ids: string[]
  traveller_count: number
  febrile_count: number
  account_id: string
  device_id: string | null
  content_digest: Buffer
  paper_form_id: string | null
}

type ScreeningTravellerRow = {
  jurisdiction: number
  occurred_at: Date
  screening_id: string
  seat: number
  seat_label: string | null
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
  listed: JSONColumnType<object[]> | null
  document_kind: string
  document_sealed: Buffer | null
  document_digest: Buffer | null
  name_sealed: Buffer | null
  phone_sealed: Buffer | null
  phone_digest: Buffer | null
  confirmed_as: string | null
  certificates: JSONColumnType<object[]> | null
}

type ScreeningFindingCorrectionRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  screening_id: string
  seat: number
  day: string
  before: JSONColumnType<object>
  after: JSONColumnType<object>
  ground: string
  words_sealed: Buffer | null
  made_at: Date
  account_id: string
  role: string
  device_id: string | null
}

type ScreeningOverrideRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  screening_id: string
  seat: number
  day: string
  post_id: number
  made_at: Date
  recorded_at: Date
  disposition: string
  stood: string
  ground: string
  words_sealed: Buffer | null
  needs_second: boolean
  account_id: string
  role: string
  device_id: string | null
  content_digest: Buffer
}

type ScreeningOverrideAnswerRow = {
  jurisdiction: number
  override_id: string
  at: Date
  account_id: string
  role: string
  agrees: boolean
}

type ScreeningCorrectionRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  screening_id: string
  seat: number
  day: string
  field: string
  corrects: string | null
  before_digest: Buffer | null
  value_sealed: Buffer | null
  value_kind: string | null
  value_digest: Buffer | null
  ground: string
  words_sealed: Buffer | null
  made_at: Date
  recorded_at: Date
  account_id: string
  role: string
  device_id: string | null
}
