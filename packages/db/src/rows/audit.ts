/** The audit chain. */
export type AuditTables = {
  audit_heads: AuditHeadRow
  audit_links: AuditLinkRow
  audit_entries: AuditEntryRow
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
