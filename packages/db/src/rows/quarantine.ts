/** Quarantine: orders, what follows them, and what is sealed. */
export type QuarantineTables = {
  quarantines: QuarantineRow
  quarantine_facts: QuarantineFactRow
  quarantine_seals: QuarantineSealRow
  quarantine_accesses: QuarantineAccessRow
  quarantine_doors: QuarantineDoorRow
}

type QuarantineRow = {
  jurisdiction: number
  occurred_at: Date
  id: string
  recorded_at: Date
  kept_day: string
  response_id: string
  rules_version: number
  site: string
  counted_from: string
  last_exposure_on: string | null
  screening_id: string | null
  seat: number | null
  from_area: number | null
  before_jurisdiction: number | null
  before_id: string | null
  before_fact: string | null
  account_id: string | null
  device_id: string | null
  content_digest: Buffer
}

type QuarantineFactRow = {
  jurisdiction: number
  occurred_at: Date
  quarantine_id: string
  id: string
  kind: string
  at: Date
  recorded_at: Date
  account_id: string | null
  device_id: string | null
  way: string | null
  result: string | null
  reason: string | null
  temperature_celsius: number | null
  signs: string[]
  window_key: string | null
  last_day: string | null
  to_area: number | null
  is_within: boolean | null
  help: string | null
  help_id: string | null
  content_digest: Buffer
}

type QuarantineSealRow = {
  jurisdiction: number
  occurred_at: Date
  quarantine_id: string
  place: string
  kept_day: string
  sealed: Buffer
  digest: Buffer | null
}

type QuarantineAccessRow = {
  jurisdiction: number
  occurred_at: Date
  quarantine_id: string
  id: string
  at: Date
  account_id: string
  role: string
  fields: string[]
  export_id: string | null
}

type QuarantineDoorRow = {
  jurisdiction: number
  occurred_at: Date
  quarantine_id: string
  household_id: string
  asked_at: Date | null
  due_at: Date | null
  due_by: string | null
  way: string | null
}
