/** Versions of the rules that were put into force, and the passes over people on file that followed. */
export type RescreenTables = {
  rule_set_publications: RuleSetPublicationRow
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
