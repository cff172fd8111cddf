import type { Generated } from 'kysely'

/** Hand-overs and their chain of custody. */
export type HandoverTables = {
  handovers: HandoverRow
  handover_people: HandoverPersonRow
  handover_facts: HandoverFactRow
  handover_limits: HandoverLimitsRow
}

type HandoverRow = {
  jurisdiction: number
  occurred_at: Date
  id: string
  recorded_at: Date
  day: string
  post_id: number
  response_id: string
  screening_id: string
  seats_per_row: number | null
  account_id: string
  device_id: string | null
  content_digest: Buffer
}

type HandoverPersonRow = {
  jurisdiction: number
  occurred_at: Date
  handover_id: string
  seat: number
  part: string
}

type HandoverFactRow = {
  jurisdiction: number
  occurred_at: Date
  handover_id: string
  id: string
  kind: string
  at: Date
  recorded_at: Date
  day: string
  account_id: string | null
  device_id: string | null
  side: string | null
  opening_digest: Buffer | null
  proof: Buffer | null
  public_key: Buffer | null
  reason: string | null
  stage: string | null
  to_role: string | null
  note_sealed: Buffer | null
  content_digest: Buffer
}

type HandoverLimitsRow = {
  only_row: Generated<boolean>
  wait_minutes: number
  road_minutes: number
  changed_at: Date | null
  changed_by: string | null
}
