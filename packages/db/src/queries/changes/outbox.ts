import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A place in the feed; text, because transaction ids are 64 bits wide. */
export type FeedCursor = { readonly transactionId: string; readonly id: number }

export type FeedRow = FeedCursor & { readonly jurisdiction: number; readonly payload: object }

/**
 * Committed changes after a cursor, in feed order. Rows of transactions newer than the oldest one still running are
 * left for the next read: a slow commit is waited for, never stepped over.
 */
export const readChanges = (query: Query, after: FeedCursor, limit: number): Promise<FeedRow[]> =>
  query
    .selectFrom('outbox')
    .select([sql<string>`transaction_id::text`.as('transactionId'), 'id', 'jurisdiction', 'payload'])
    .where(sql<boolean>`(transaction_id, id) > (${after.transactionId}::xid8, ${after.id}::bigint)`)
    .where(sql<boolean>`transaction_id < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('transaction_id')
    .orderBy('id')
    .limit(limit)
    .execute()

/** The end of the feed: everything that is committed now lies at or before it. */
export const readFeedEnd = async (query: Query): Promise<FeedCursor> => {
  const row = await query
    .selectFrom('outbox')
    .select([sql<string>`transaction_id::text`.as('transactionId'), 'id'])
    .where(sql<boolean>`transaction_id < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('transaction_id', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? { transactionId: '0', id: 0 }
}

/** Whether a transaction of that number can have begun in this database; another one's cursors may be far ahead. */
export const hasBegun = async (query: Query, transactionId: string): Promise<boolean> => {
  const { begun } = await query
    .selectNoFrom(sql<boolean>`${transactionId}::xid8 < pg_snapshot_xmax(pg_current_snapshot())`.as('begun'))
    .executeTakeFirstOrThrow()
  return begun
}

/** Drops what every reader has had time to see. @returns how many rows went */
export const pruneOutbox = async (query: Query, before: Date): Promise<number> => {
  const result = await query.deleteFrom('outbox').where('at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
