import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import type { JSONColumnType } from 'kysely'

/** The audit chain, its signed heads, and when it was verified. */
export type AuditTables = {
  audit_heads: AuditHeadRow
  audit_links: AuditLinkRow
  audit_entries: AuditEntryRow
  audit_day_heads: AuditDayHeadRow
  audit_verifications: AuditVerificationRow
}

type AuditHeadRow = { jurisdiction: number; seq: number; hash: Buffer }

type AuditLinkRow = {
  jurisdiction: number
  seq: number
  at: Date
  entries: number
  root: Buffer
  previous: Buffer
  hash: Buffer
}

type AuditEntryRow = {
  jurisdiction: number
  seq: number
  position: number
  account_id: string | null
  device_id: string | null
  action: string
  subject: string | null
  outcome: string
  detail: string | null
}

type AuditDayHeadRow = {
  jurisdiction: number
  day: string
  seq: number
  hash: Buffer
  entries: number
  previous: Buffer
  closed_at: Date
  public_key: Buffer
  signature: Buffer
}

type AuditVerificationRow = {
  area_code: number
  id: string
  account_id: string | null
  started_at: Date
  seen_at: Date
  finished_at: Date | null
  failed: boolean
  links_total: number
  links: number
  entries: number
  heads: number
  findings_total: number
  findings: JSONColumnType<readonly AuditFinding[]>
}
