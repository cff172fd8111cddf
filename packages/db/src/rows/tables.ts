import type { Generated, JSONColumnType } from 'kysely'

/** Row types of every table, by name; a test compares them with the live schema. */
export type Tables = {
  jurisdictions: JurisdictionRow
  posts: PostRow
  crews: CrewRow
  grid_cells: GridCellRow
  responses: ResponseRow
  rule_sets: RuleSetRow
  installation: InstallationRow
  accounts: AccountRow
  sign_in_links: SignInLinkRow
  devices: DeviceRow
  sessions: SessionRow
  refused_commands: RefusedCommandRow
  screenings: ScreeningRow
  screening_travellers: ScreeningTravellerRow
  rollup_post_slots: PostSlotRow
  rollup_origin_days: OriginDayRow
  post_day_states: PostDayStateRow
  identity_keys: IdentityKeyRow
  audit_heads: AuditHeadRow
  audit_links: AuditLinkRow
  audit_entries: AuditEntryRow
  outbox: OutboxRow
}

type JurisdictionRow = {
  code: number
  parent_code: number | null
  name_zh: string
  name_en: string
  time_zone: string
}

type PostRow = {
  id: number
  jurisdiction: number
  type: string
  name_zh: string
  name_en: string
  longitude: number
  latitude: number
  lanes: number
  illustrative: boolean
}

type CrewRow = {
  id: number
  post_id: number
  name_zh: string
  name_en: string
  officers: number
  illustrative: boolean
}

type GridCellRow = {
  id: number
  jurisdiction: number
  name_zh: string
  name_en: string
  households: number
  illustrative: boolean
}

type ResponseRow = {
  id: string
  name_zh: string
  name_en: string
  collection_from: string
  collection_until: string
}

type RuleSetRow = { response_id: string; version: number; document: JSONColumnType<object> }

type InstallationRow = { only_row: boolean; city_code: number; demo: boolean }

type AccountRow = {
  id: string
  login: string
  name_zh: string
  name_en: string
  role: string
  area_code: number
  crew_zh: string | null
  crew_en: string | null
  disabled_at: Date | null
}

type SignInLinkRow = {
  token_digest: Buffer
  account_id: string
  created_at: Date
  expires_at: Date
  spent_at: Date | null
}

type DeviceRow = {
  id: string
  label: string
  area_code: number
  enrolled_at: Date
  revoked_at: Date | null
  last_seen_at: Date | null
  clock_skew_seconds: number | null
  queued: number | null
  rejected: number | null
  unreadable: number | null
}

type SessionRow = {
  token_digest: Buffer
  account_id: string
  device_id: string | null
  created_at: Date
  expires_at: Date
  revoked_at: Date | null
}

type RefusedCommandRow = {
  id: Generated<number>
  device_id: string
  account_id: string
  at: Date
  command_id: string | null
  code: string
  path: string | null
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

type IdentityKeyRow = {
  jurisdiction: number
  day: string
  wrapped: Buffer | null
  created_at: Date
  destroyed_at: Date | null
}

type AuditHeadRow = { jurisdiction: number; seq: number; hash: Buffer }

type AuditLinkRow = {
  jurisdiction: number
  seq: number
  at: Date
  entries: number
  root: Buffer
  previous: Buffer
  hash: Buffer
}

type AuditEntryRow = {
  jurisdiction: number
  seq: number
  position: number
  account_id: string | null
  device_id: string | null
  action: string
  subject: string | null
  outcome: string
  detail: string | null
}

type OutboxRow = {
  id: Generated<number>
  transaction_id: Generated<string>
  at: Date
  jurisdiction: number
  payload: JSONColumnType<object>
}
