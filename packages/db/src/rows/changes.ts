import type { Generated, JSONColumnType } from 'kysely'

/** What the change feed reads. */
export type ChangesTables = {
  outbox: OutboxRow
}

type OutboxRow = {
  id: Generated<number>
  transaction_id: Generated<string>
  at: Date
  jurisdiction: number
  payload: JSONColumnType<object>
}
