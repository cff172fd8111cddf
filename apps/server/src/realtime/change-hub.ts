import { inArea } from '@guankou/db/area-scope.ts'
import type { Database } from '@guankou/db/database.ts'
import { createListener } from '@guankou/db/listener.ts'
import { changesChannel } from '@guankou/db/queries/changes/announce.ts'
import {
  type FeedCursor,
  type FeedRow,
  hasBegun,
  readChanges,
  readFeedEnd,
} from '@guankou/db/queries/changes/outbox.ts'
import type { Logger } from 'pino'

export type Change = { readonly cursor: string; readonly jurisdiction: number; readonly payload: object }

export type Subscription = {
  readonly inArea: (jurisdiction: number) => boolean
  /** Area of whoever reads: what came before they joined is read in it. */
  readonly areaCode: number
  /** Cursor of the last change the reader has, as it was sent. */
  readonly after: string | undefined
  /** Told where the reader joins, where it has no cursor of its own yet. */
  readonly joined?: (cursor: string) => void
  readonly send: (change: Change) => void
}

export type ChangeHub = {
  /** Sends what came after `after`, then everything that follows. @returns a function that ends it */
  readonly subscribe: (subscription: Subscription) => Promise<() => void>
  readonly stop: () => Promise<void>
}

const pageSize = 500
/** NOTIFY is a hint that may be lost; a look at this pace finds what it missed. */
const pollEveryMs = 1_000

const cursorText = (cursor: FeedCursor): string => `${cursor.transactionId}-${cursor.id}`

const lastTransaction = 2n ** 64n - 1n

/** Reads a cursor back; `undefined` where the text is not one. */
export const parseCursor = (text: string): FeedCursor | undefined => {
  const match = /^(\d{1,20})-(\d{1,15})$/.exec(text)
  if (match?.[1] === undefined || BigInt(match[1]) > lastTransaction) return undefined
  return { transactionId: match[1], id: Number(match[2]) }
}

const isAfter = (a: FeedCursor, b: FeedCursor): boolean => {
  const transactions = BigInt(a.transactionId) - BigInt(b.transactionId)
  return transactions === 0n ? a.id > b.id : transactions > 0n
}

const toChange = (row: FeedRow): Change => ({
  cursor: cursorText(row),
  jurisdiction: row.jurisdiction,
  payload: row.payload,
})

type Reader = { readonly deliver: (row: FeedRow) => void }

const catchUp = async (
  db: Database,
  areaCode: number,
  { from, until }: { readonly from: FeedCursor; readonly until: FeedCursor },
  deliver: (row: FeedRow) => void,
): Promise<void> => {
  let cursor = from
  for (;;) {
    const after = cursor
    const rows = await inArea(db, areaCode, (tx) => readChanges(tx, after, pageSize))
    for (const row of rows) if (!isAfter(row, until)) deliver(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize || isAfter(last, until)) return
    cursor = last
  }
}

/** Where a reader wants to go on; `undefined` where its cursor is none of this database. */
const startOf = async (
  db: Database,
  after: string | undefined,
  joinedAt: FeedCursor,
): Promise<FeedCursor | undefined> => {
  const from = after === undefined ? undefined : parseCursor(after)
  if (from === undefined || isAfter(joinedAt, from)) return from
  return (await hasBegun(db.query, from.transactionId)) ? from : undefined
}

/**
 * Reads what is new each time it is woken, one read at a time, and hands it on row by row. While nobody listens it
 * reads nothing; the first who comes makes it skip to the end.
 */
const createFollower = (
  db: Database,
  { onRow, isHeard }: { readonly onRow: (row: FeedRow) => void; readonly isHeard: () => boolean },
  log: Logger,
) => {
  let end: FeedCursor = { transactionId: '0', id: 0 }
  let reading: Promise<void> | undefined
  let again = false
  const readNew = async (): Promise<void> => {
    do {
      again = false
      const rows = await readChanges(db.query, end, pageSize)
      for (const row of rows) {
        end = { transactionId: row.transactionId, id: row.id }
        onRow(row)
      }
      if (rows.length === pageSize) again = true
    } while (again)
  }
  return {
    end: () => end,
    settled: () => reading ?? Promise.resolve(),
    skipToEnd: async (): Promise<void> => {
      await reading
      const newEnd = await readFeedEnd(db.query)
      // Somebody else may have come meanwhile; from then on every row counts.
      if (!isHeard()) end = newEnd
    },
    wake: (): void => {
      if (!isHeard()) return
      again = true
      reading ??= readNew()
        .catch((error: unknown) => log.debug({ err: error }, 'change feed could not be read'))
        .finally(() => {
          reading = undefined
        })
    },
  }
}

const deliverTo =
  (readers: ReadonlySet<Reader>) =>
  (row: FeedRow): void => {
    for (const reader of readers) reader.deliver(row)
  }

/** Follows the outbox and hands every committed change, in feed order and once, to whoever listens. */
export const createChangeHub = (db: Database, log: Logger): ChangeHub => {
  const readers = new Set<Reader>()
  const onRow = deliverTo(readers)
  const follower = createFollower(db, { onRow, isHeard: () => readers.size > 0 }, log)
  const listener = createListener({
    url: db.url,
    channel: changesChannel,
    onNotify: follower.wake,
    onTrouble: (error) => log.debug({ err: error }, 'listener lost its connection'),
  })
  const timer = setInterval(follower.wake, pollEveryMs)
  timer.unref()
  return {
    subscribe: async ({ inArea: isInArea, areaCode, after, joined, send }) => {
      let from: FeedCursor | undefined
      const deliver = (row: FeedRow): void => {
        // Another server may have been ahead of this one when it sent the reader its last change.
        const isKnown = from !== undefined && !isAfter(row, from)
        if (!isKnown && isInArea(row.jurisdiction)) send(toChange(row))
      }
      if (readers.size === 0) await follower.skipToEnd()
      const joinedAt = follower.end()
      // What comes while the backlog is read waits behind it, so that the order of the feed is kept.
      let held: FeedRow[] | undefined = []
      const reader: Reader = { deliver: (row) => (held === undefined ? deliver(row) : void held.push(row)) }
      readers.add(reader)
      try {
        from = await startOf(db, after, joinedAt)
        if (from === undefined) joined?.(cursorText(joinedAt))
        if (from !== undefined && isAfter(joinedAt, from))
          await catchUp(db, areaCode, { from, until: joinedAt }, deliver)
      } catch (error) {
        readers.delete(reader)
        throw error
      }
      const waiting = held
      held = undefined
      for (const row of waiting) deliver(row)
      return () => {
        readers.delete(reader)
      }
    },
    stop: async () => {
      clearInterval(timer)
      await listener.stop()
      await follower.settled()
    },
  }
}
