/** How long what is kept, what was destroyed, and how long a response collects. */
export type RetentionTables = {
  retention_policies: RetentionPolicyRow
  retention_days: RetentionDayRow
  retention_certificates: RetentionCertificateRow
  collection_renewals: CollectionRenewalRow
}

type RetentionPolicyRow = {
  response_id: string
  version: number
  identity_days: number
  health_days: number
  decided_at: Date
  decided_by: string
}

type RetentionDayRow = {
  jurisdiction: number
  day: string
  data_class: string
  started_at: Date
  finished_at: Date | null
  vehicles: number
  travellers: number
  fields: number
  key_fingerprint: Buffer | null
  certificate_id: string | null
}

type RetentionCertificateRow = {
  id: string
  issued_at: Date
  content: string
  signature: Buffer
  public_key: Buffer
}

type CollectionRenewalRow = {
  response_id: string
  version: number
  previous_until: string
  collection_until: string
  ground: string
  renewed_at: Date
  renewed_by: string
  name_zh: string
  name_en: string
  role: string
  jurisdiction: number
  day: string
  note_sealed: Buffer | null
}
