import type { Generated } from 'kysely'

/** Lists that leave the system, and what traces them. */
export type ExportsTables = {
  exports: ExportRow
  export_chunks: ExportChunkRow
  exported_rows: ExportedRowRow
  export_downloads: ExportDownloadRow
}

type ExportRow = {
  jurisdiction: number
  id: string
  requested_at: Date
  requested_by: string
  requester_role: string
  subject: Generated<string>
  purpose: string
  columns: string[]
  from_day: string
  to_day: string
  post_ids: string[]
  language: string
  dispositions: string[]
  list_ids: Generated<string[]>
  day: string
  reason_sealed: Buffer | null
  recipient_sealed: Buffer | null
  state: string
  decided_at: Date | null
  decided_by: string | null
  finished_at: Date | null
  expires_at: Date | null
  row_total: number | null
  row_count: number
  cursor_jurisdiction: number | null
  cursor_day: string | null
  cursor_at: Date | null
  cursor_screening: string | null
  cursor_seat: number | null
  mark: number
  key_sealed: Buffer | null
}

type ExportChunkRow = {
  jurisdiction: number
  export_id: string
  position: number
  source_jurisdiction: number
  day: string
  row_count: number
  sealed: Buffer
}

type ExportedRowRow = {
  jurisdiction: number
  occurred_at: Date
  screening_id: string
  seat: number
  export_jurisdiction: number
  export_id: string
  ref: string
  content_digest: Buffer
}

type ExportDownloadRow = {
  jurisdiction: number
  export_id: string
  number: number
  at: Date
  account_id: string
  format: string
}
