/** Pairings of field and desk. */
export type PairingTables = {
  pairings: PairingRow
  pairing_facts: PairingFactRow
}

type PairingRow = {
  jurisdiction: number
  occurred_at: Date
  id: string
  day: string
  field_account: string
  field_role: string
  field_device: string | null
  wanted_account: string | null
  code: string | null
  desk_account: string | null
  joined_at: Date | null
  last_at: Date | null
  last_seq: number
  ended_at: Date | null
  ended_by: string | null
}

type PairingFactRow = {
  jurisdiction: number
  occurred_at: Date
  pairing_id: string
  id: string
  seq: number
  at: Date
  account_id: string
  side: string
  kind: string
  subject_kind: string | null
  asked: string | null
  answer: string | null
  purpose: string | null
  matches: number | null
  answers: string | null
  until_day: string | null
  people: number | null
  visited_on: string | null
  sealed: Buffer | null
}
