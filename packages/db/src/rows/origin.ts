/** Reported cases and flows at origins, what arrivals are counted by, and what the model made of them. */
export type OriginTables = {
  origin_case_sets: OriginCaseSetRow
  origin_case_reports: OriginCaseReportRow
  origin_flow_reports: OriginFlowReportRow
  rollup_post_origin_days: PostOriginDayRow
  rollup_declared_days: DeclaredDayRow
  origin_risks: OriginRiskRow
  origin_risk_totals: OriginRiskTotalRow
  origin_mixes: OriginMixRow
}

type OriginCaseSetRow = {
  jurisdiction: number
  id: string
  imported_at: Date
  account_id: string | null
  source: string
  licence: string
  rows_new: number
  rows_known: number
  rows_refused: number
}

type OriginReportKey = {
  jurisdiction: number
  origin_code: number
  day: string
  published_on: string
  set_id: string
}

type OriginCaseReportRow = OriginReportKey & { confirmed_total: number }

type OriginFlowReportRow = OriginReportKey & { flow_index: number }

type PostOriginDayRow = {
  jurisdiction: number
  day: string
  post_id: number
  origin_code: number
  travellers: number
  fever_confirmed: number
}

type DeclaredDayRow = {
  jurisdiction: number
  day: string
  origin_code: number
  declared_code: number
  travellers: number
}

type OriginRiskTotalRow = {
  jurisdiction: number
  run_id: string
  origin_code: number
  expected: number
  low50: number
  high50: number
  low90: number
  high90: number
  p_at_least_one: number
}

type OriginRiskRow = OriginRiskTotalRow & { day: string }

type OriginMixRow = {
  jurisdiction: number
  run_id: string
  region_code: number
  last_leg: number
  estimated: number
  low90: number
  high90: number
}
