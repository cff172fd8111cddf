/** Paper forms that are keyed at a desk. */
export type PaperTables = { paper_forms: PaperFormRow }

type PaperFormRow = {
  jurisdiction: number
  occurred_at: Date
  id: string
  day: string
  post_id: number
  serial: string | null
  revision: number
  state: string
  form_sealed: Buffer | null
  kept_at: Date
  kept_by: string
  changed_at: Date
  changed_by: string
  refusal_code: string | null
  refusal_path: string | null
  screening_id: string | null
  screening_at: Date | null
  disposition: string | null
  ground: string | null
}
