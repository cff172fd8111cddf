/** Lists that phones compare with. */
export type MatchingTables = {
  match_lists: MatchListRow
  match_list_ends: MatchListEndRow
  match_list_keys: MatchListKeyRow
  match_entries: MatchEntryRow
}

type MatchListRow = {
  jurisdiction: number
  id: string
  title_zh: string
  title_en: string
  day: string
  basis_sealed: Buffer
  imported_at: Date
  imported_by: string | null
  until: Date
  kept_for: string | null
}

type MatchListEndRow = {
  jurisdiction: number
  list_id: string
  ended_at: Date
  ended_by: string | null
  ground: string
}

type MatchListKeyRow = {
  jurisdiction: number
  list_id: string
  day: string
  key_sealed: Buffer
}

type MatchEntryRow = {
  jurisdiction: number
  list_id: string
  kind: string
  digest: Buffer
  reason: string
  until: Date
}
