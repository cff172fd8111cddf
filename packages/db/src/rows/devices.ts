import type { Generated } from 'kysely'

/** How devices are enrolled, what was lost on them, and what is asked of them. */
export type DevicesTables = {
  enrolment_codes: EnrolmentCodeRow
  device_losses: DeviceLossRow
  phone_policy: PhonePolicyRow
}

type EnrolmentCodeRow = {
  code_digest: Buffer
  area_code: number
  label: string
  created_by: string
  created_at: Date
  expires_at: Date
  spent_at: Date | null
  device_id: string | null
}

type DeviceLossRow = {
  device_id: string
  account_id: string
  at: Date
  cause: string
  commands: number
  command_ids: string[]
}

type PhonePolicyRow = {
  only_row: Generated<boolean>
  enrolment: string
  pin: string
  most_pin_tries: number
  lock_after_minutes: number
}
