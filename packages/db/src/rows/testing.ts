import type { JSONColumnType } from 'kysely'

/** Tests for infection, their results, budgets, and what the model made of them. */
export type TestingTables = {
  infection_tests: InfectionTestRow
  infection_test_results: InfectionTestResultRow
  rollup_testing_days: TestingDayRow
  testing_budgets: TestingBudgetRow
  testing_settings: TestingSettingsRow
  testing_counted_days: CountedDayRow
  testing_day_types: DayTypeRow
  testing_day_methods: DayMethodRow
  test_allocations: TestAllocationRow
  test_allocation_posts: TestAllocationPostRow
  testing_evidence: TestingEvidenceRow
}

type InfectionTestRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  recorded_at: Date
  day: string
  post_id: number
  response_id: string
  screening_id: string
  seat: number
  origin_code: number
  declared: boolean
  offer: string
  ground: string
  sample_code: string | null
  account_id: string
  device_id: string | null
  content_digest: Buffer
}

type InfectionTestResultRow = {
  jurisdiction: number
  test_id: string
  number: number
  day: string
  result: string
  resulted_at: Date
  recorded_at: Date
  account_id: string
  via: string
}

type TestingDayRow = {
  jurisdiction: number
  day: string
  post_id: number
  origin_code: number
  declared: boolean
  taken: number
  by_lot: number
  declined: number
  no_kit: number
  positive: number
  negative: number
  invalid: number
}

type TestingBudgetRow = {
  jurisdiction: number
  post_id: number
  from_day: string
  version: number
  tests: number
  decided_at: Date
  decided_by: string
}

type TestingSettingsRow = {
  response_id: string
  version: number
  lot_share: number
  no_show_share: number
  test_minutes: number
  worth_minutes: number | null
  decided_at: Date
  decided_by: string | null
}

type CountedDayRow = {
  jurisdiction: number
  day: string
  travellers: number
  counted_at: Date
}

type DayTypeRow = {
  jurisdiction: number
  day: string
  post_id: number
  origin_code: number
  declared: boolean
  travellers: number
}

type DayMethodRow = {
  jurisdiction: number
  day: string
  post_id: number
  method: string
  screened: number
  febrile: number
}

type TestAllocationRow = {
  jurisdiction: number
  run_id: string
  post_id: number
  origin_code: number
  declared: boolean
  arrivals: number
  tests: number
  by_lot: number
  asked_share: number
  prevalence: number
  prevalence_low: number
  prevalence_high: number
  worth: number | null
  reason: string
}

type TestAllocationPostRow = {
  jurisdiction: number
  run_id: string
  post_id: number
  budget: number
  taken: number
  tests: number
  by_lot: number
  others_share: number
}

type TestingEvidenceRow = {
  jurisdiction: number
  run_id: string
  kind: string
  subject: string
  content: JSONColumnType<object>
}
