import type { Generated } from 'kysely'

/** The person's own page, and what is asked there. */
export type SubjectAccessTables = {
  subject_sessions: SubjectSessionRow
  subject_attempts: SubjectAttemptRow
  subject_requests: SubjectRequestRow
  subject_request_steps: SubjectRequestStepRow
  subject_corrections: SubjectCorrectionRow
  subject_policy: SubjectPolicyRow
}

type SubjectSessionRow = {
  token_digest: Buffer
  jurisdiction: number
  occurred_at: Date
  screening_id: string
  seat: number
  opened_at: Date
  expires_at: Date
}

type SubjectAttemptRow = {
  kind: string
  key_digest: Buffer
  failures: number
  wrong_total: number
  last_failed_at: Date
  locked_until: Date | null
}

type SubjectRequestRow = {
  jurisdiction: number
  id: string
  asked_at: Date
  asked_day: string
  occurred_at: Date
  screening_id: string
  seat: number
  screening_day: string
  kind: string
  field: string | null
  due_on: string
  text_sealed: Buffer
}

type SubjectRequestStepRow = {
  jurisdiction: number
  request_id: string
  number: number
  at: Date
  day: string
  account_id: string
  role: string
  step: string
  to_role: string | null
  outcome: string | null
  text_sealed: Buffer | null
}

type SubjectCorrectionRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  screening_id: string
  seat: number
  day: string
  field: string
  corrects: string | null
  request_id: string
  granted_at: Date
  granted_by: string
  role: string
  value_sealed: Buffer
}

type SubjectPolicyRow = {
  only_row: Generated<boolean>
  answer_days: number
  show_reasons: boolean
}
