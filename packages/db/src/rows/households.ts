import type { JSONColumnType } from 'kysely'

/** Households, and the teams that go from door to door. */
export type HouseholdsTables = {
  household_facts: HouseholdFactRow
  household_digests: HouseholdDigestRow
  household_states: HouseholdStateRow
  household_tasks: HouseholdTaskRow
  household_task_withdrawals: HouseholdTaskWithdrawalRow
  community_teams: CommunityTeamRow
}

type HouseholdFactRow = {
  jurisdiction: number
  id: string
  household_id: string
  occurred_at: Date
  recorded_at: Date
  day: string
  kind: string
  happening: JSONColumnType<object>
  sealed: Buffer | null
  role: string
  account_id: string
  device_id: string | null
  content_digest: Buffer
}

type HouseholdDigestRow = {
  jurisdiction: number
  fact_id: string
  kind: string
  household_id: string
  person_id: string | null
  digest: Buffer
}

type AskedOfHousehold = { readonly task: string; readonly dueBy: string; readonly askedAt: string }

type HouseholdStateRow = {
  jurisdiction: number
  household_id: string
  grid_cell_id: number | null
  asked: JSONColumnType<readonly AskedOfHousehold[]>
  settled: JSONColumnType<Readonly<Record<string, string>>>
  tried_at: Date | null
  tried_by: string | null
  complete_at: Date | null
  last_outcome: string | null
  again_from: Date | null
  has_facts: boolean
  escalated_at: Date | null
  escalated_due_by: string | null
  list_id: string | null
  list_occurred_at: Date | null
  row_number: number | null
}

type HouseholdTaskRow = {
  jurisdiction: number
  id: string
  grid_cell_id: number
  task: string
  due_by: string
  asked_at: Date
  asked_by: string
}

type HouseholdTaskWithdrawalRow = {
  jurisdiction: number
  task_id: string
  withdrawn_at: Date
  withdrawn_by: string
}

type CommunityTeamRow = {
  jurisdiction: number
  id: number
  version: number
  name_zh: string
  name_en: string
  account_ids: string[]
  grid_cell_ids: number[]
  decided_at: Date
  decided_by: string
}
