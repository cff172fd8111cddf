import type { EndedRiskArea } from '@guankou/contract/rescreen/rule-versions.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import type { Generated, JSONColumnType } from 'kysely'

/** Versions of the rules that were put into force, and the passes over people on file that followed. */
export type RescreenTables = {
  rule_set_publications: RuleSetPublicationRow
  rule_proposals: RuleProposalRow
  rules_put_alone: RulesPutAloneRow
  rescreen_runs: RescreenRunRow
  rescreen_lists: RescreenListRow
  rescreen_people: RescreenPersonRow
}

type RuleSetPublicationRow = {
  response_id: string
  version: number
  published_at: Date
  published_by: string
  name_zh: string
  name_en: string
  role: string
  alone: Generated<boolean>
  proposed_by: string | null
  proposer_zh: string | null
  proposer_en: string | null
}

type RuleProposalRow = {
  jurisdiction: number
  id: string
  day: string
  response_id: string
  after_version: number
  added: JSONColumnType<RiskArea[]>
  ended: JSONColumnType<EndedRiskArea[]>
  due_hours: number
  proposed_at: Date
  proposed_by: string
  role: string
  name_zh: string
  name_en: string
  lapses_at: Date
  state: string
  decided_at: Date | null
  decided_by: string | null
  decider_zh: string | null
  decider_en: string | null
  reason_sealed: Buffer | null
  version: number | null
}

type RulesPutAloneRow = {
  jurisdiction: number
  response_id: string
  version: number
  day: string
  reason_sealed: Buffer
  reviewed_at: Date | null
  reviewed_by: string | null
  reviewer_zh: string | null
  reviewer_en: string | null
}

type RescreenRunRow = {
  jurisdiction: number
  id: string
  response_id: string
  version: number
  before_version: number
  started_at: Date
  started_by: string
  name_zh: string
  name_en: string
  due_at: Date
  state: string
  on_file: number
  not_asked: number
  selected: number
  cursor_position: number
  finished_at: Date | null
  failure: string | null
}

type RescreenListRow = {
  jurisdiction: number
  run_id: string
  list_id: string
  selected: number
  listed: number
  linked: number
  unreadable: number
}

type RescreenPersonRow = {
  jurisdiction: number
  occurred_at: Date
  screening_id: string
  seat: number
  run_id: string
  position: number
  disposition_before: string
  disposition_after: string
  became: string | null
}
