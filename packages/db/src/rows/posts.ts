import type { JSONColumnType } from 'kysely'

/** What happens in the running of posts. */
export type PostsTables = { post_facts: PostFactRow }

type PostFactRow = {
  jurisdiction: number
  id: string
  occurred_at: Date
  recorded_at: Date
  day: string
  post_id: number
  kind: string
  happening: JSONColumnType<object>
  sealed: Buffer | null
  by_lead: boolean
  account_id: string
  device_id: string | null
  content_digest: Buffer
}
