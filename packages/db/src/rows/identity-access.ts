import type { Generated } from 'kysely'

/** Who came to see a person, and why. */
export type IdentityAccessTables = {
  identity_accesses: IdentityAccessRow
  identity_look_ups: IdentityLookUpRow
}

type IdentityAccessRow = {
  jurisdiction: number
  at: Date
  id: string
  occurred_at: Date
  day: string
  screening_id: string
  seat: number
  account_id: string
  role: string
  purpose: string
  reason_sealed: Buffer | null
  fields: string[]
  via: string
  export_id: string | null
  about: Generated<string>
}

type IdentityLookUpRow = {
  jurisdiction: number
  at: Date
  id: string
  account_id: string
  role: string
  purpose: string
  kind: string
  searched_digest: Buffer
  matches: number
  day: string
  reason_sealed: Buffer | null
}
