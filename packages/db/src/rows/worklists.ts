import type { Generated } from 'kysely'

/** Lists of people and vehicles that are called one by one. */
export type WorklistTables = {
  worklists: WorklistRow
  worklist_imports: WorklistImportRow
  worklist_file_parts: WorklistFilePartRow
  worklist_rows: WorklistRowRow
  worklist_rejects: WorklistRejectRow
  worklist_facts: WorklistFactRow
  worklist_row_states: WorklistRowStateRow
  worklist_mappings: WorklistMappingRow
}

type WorklistRow = {
  jurisdiction: number
  occurred_at: Date
  id: string
  day: string
  kind: string
  title: string
  created_by: string
  undone_at: Date | null
  undone_by: string | null
  due_at: Date | null
}

type WorklistImportRow = {
  jurisdiction: number
  occurred_at: Date
  list_id: string
  id: string
  uploaded_at: Date
  uploaded_by: string
  mends: boolean
  bytes: number
  sha256: Buffer
  state: string
  received_bytes: number
  columns: string[] | null
  header_row: number | null
  cursor_row: number
  progress: number
  rows_read: number
  taken: number
  rejected: number
  linked: number
  households: Generated<number>
  passed_over: number
  finished_at: Date | null
  failure: string | null
  sheet: string | null
}

type WorklistFilePartRow = {
  jurisdiction: number
  occurred_at: Date
  list_id: string
  import_id: string
  position: number
  sealed: Buffer
}

type WorklistRowRow = {
  jurisdiction: number
  occurred_at: Date
  list_id: string
  row_number: number
  import_id: string
  sealed: Buffer | null
  phone_digest: Buffer | null
  document_digest: Buffer | null
  plate_digest: Buffer | null
  same_as_list: string | null
  same_as_row: number | null
}

type WorklistRejectRow = {
  jurisdiction: number
  occurred_at: Date
  list_id: string
  row_number: number
  import_id: string
  reasons: string[]
  sealed: Buffer | null
  mended_at: Date | null
}

type WorklistFactRow = {
  jurisdiction: number
  occurred_at: Date
  list_id: string
  row_number: number
  id: string
  kind: string
  at: Date
  recorded_at: Date
  account_id: string
  outcome: string | null
  answers: string[] | null
  call_at: Date | null
  takes_back: string | null
  address_sealed: Buffer | null
}

type WorklistRowStateRow = {
  jurisdiction: number
  occurred_at: Date
  list_id: string
  row_number: number
  state: string
  attempts: number
  next_at: Date | null
  last_outcome: string | null
  last_at: Date | null
  assigned_to: string | null
  claimed_by: string | null
  claimed_until: Date | null
  opened_at: Date | null
  no_address: Generated<boolean>
}

type WorklistMappingRow = {
  jurisdiction: number
  signature: Buffer
  columns: string[]
  changed_at: Date
  changed_by: string
}
