import type { Generated } from 'kysely'

/** Accounts, sessions and devices. */
export type AccessTables = {
  accounts: AccountRow
  sign_in_links: SignInLinkRow
  devices: DeviceRow
  sessions: SessionRow
  refused_commands: RefusedCommandRow
}

type AccountRow = {
  id: string
  login: string
  name_zh: string
  name_en: string
  role: string
  area_code: number
  crew_zh: string | null
  crew_en: string | null
  disabled_at: Date | null
}

type SignInLinkRow = {
  token_digest: Buffer
  account_id: string
  created_at: Date
  expires_at: Date
  spent_at: Date | null
}

type DeviceRow = {
  id: string
  label: string
  area_code: number
  enrolled_at: Date
  revoked_at: Date | null
  last_seen_at: Date | null
  clock_skew_seconds: number | null
  queued: number | null
  rejected: number | null
  unreadable: number | null
  public_key: Buffer | null
  enrolled_how: Generated<string>
  revoked_by: string | null
  revocation_reason: string | null
  wipe_requested_at: Date | null
  wiped_at: Date | null
}

type SessionRow = {
  token_digest: Buffer
  account_id: string
  device_id: string | null
  created_at: Date
  expires_at: Date
  revoked_at: Date | null
  id: Generated<string>
  method: Generated<string>
  front: string | null
  agent: string | null
  factor_at: Date | null
  lacks: string | null
  last_seen_at: Date | null
}

type RefusedCommandRow = {
  id: Generated<number>
  device_id: string
  account_id: string
  at: Date
  command_id: string | null
  code: string
  path: string | null
}
