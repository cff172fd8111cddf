/** Counts of signed declarations, and those that were shown at a post. */
export type DeclarationsTables = {
  rollup_declaration_days: DeclarationDayRow
  declaration_uses: DeclarationUseRow
}

type DeclarationDayRow = {
  jurisdiction: number
  day: string
  signed: number
  people: number
}

type DeclarationUseRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  recorded_at: Date
  post_id: number
  screening_id: string
  declaration_digest: Buffer
  account_id: string
  device_id: string | null
  content_digest: Buffer
}
