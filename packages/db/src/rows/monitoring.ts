import type { Generated, JSONColumnType } from 'kysely'

/** What is watched at every post, and its alarms. */
export type MonitoringTables = {
  monitoring_policy: MonitoringPolicyRow
  monitoring_thresholds: MonitoringThresholdRow
  monitoring_hours: MonitoringHourRow
  monitoring_forecasts: MonitoringForecastRow
  monitoring_alarms: MonitoringAlarmRow
  monitoring_alarm_steps: MonitoringAlarmStepRow
}

type MonitoringPolicyRow = {
  only_row: Generated<boolean>
  days_per_false_alarm: number
  escalate_after_minutes: number
  changed_at: Date | null
  changed_by: string | null
}

type MonitoringThresholdRow = {
  jurisdiction: number
  made_at: Date
  model_version: string
  days_per_false_alarm: number
  posts_digest: Buffer
  fever: number
  flow: number
  false_per_day: number
  false_low: number
  false_high: number
  false_alarms: number
}

type MonitoringHourRow = {
  jurisdiction: number
  day: string
  post_id: number
  hour: number
  is_over: boolean
  vehicles: number
  travellers: number
  febrile: number
  vehicles_mean: number
  vehicles_low: number
  vehicles_high: number
  travellers_mean: number
  travellers_low: number
  travellers_high: number
  febrile_mean: number
  febrile_low: number
  febrile_high: number
  fever_score: number
  high_score: number
  low_score: number
  fever_alarm: boolean
  high_alarm: boolean
  low_alarm: boolean
}

type MonitoringForecastRow = {
  jurisdiction: number
  day: string
  post_id: number
  hour: number
  measure: string
  mean: number
  low: number
  high: number
  slot_mean: number[]
  slot_low: number[]
  slot_high: number[]
}

type MonitoringAlarmRow = {
  jurisdiction: number
  id: string
  post_id: number
  signal: string
  raised_at: Date
  day: string
  hour: number
  run_id: string
  model_version: string
  data_from: string
  data_at: Date
  threshold: number
  days_per_false_alarm: number
}

type MonitoringAlarmStepRow = {
  jurisdiction: number
  alarm_id: string
  number: number
  at: Date
  day: string
  kind: string
  account_id: string | null
  cause: string | null
  to_role: string | null
  note_sealed: Buffer | null
  numbers: JSONColumnType<object> | null
}
