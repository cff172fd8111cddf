import type { Database } from '@guankou/db/database.ts'
import {
  type FeedCursor,
  type FeedRow,
  readChanges,
  readFeedEnd,
} from '@guankou/db/queries/changes/outbox.ts'
import type { Logger } from 'pino'
import { createListener } from '#src/realtime/listener.ts'

export type Change = { readonly cursor: string; readonly jurisdiction: number; readonly payload: object }

export type Subscription = {
  readonly inArea: (jurisdiction: number) => boolean
  /** Cursor of the last change the reader has, as it was sent. */
  readonly after: string | undefined
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

/** Reads a cursor back; `undefined` where the text is not one. */
export const parseCursor = (text: string): FeedCursor | undefined => {
  const match = /^(\d{1,20})-(\d{1,15})$/.exec(text)
  return match?.[1] === undefined ? undefined : { transactionId: match[1], id: Number(match[2]) }
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
  from: FeedCursor,
  until: FeedCursor,
  deliver: (row: FeedRow) => void,
): Promise<void> => {
  let cursor = from
  for (;;) {
    const rows = await readChanges(db.query, cursor, pageSize)
    for (const row of rows) if (!isAfter(row, until)) deliver(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize || isAfter(last, until)) return
    cursor = last
  }
}

/** Follows the outbox and hands every committed change, in feed order and once, to whoever listens. */
export const createChangeHub = async (db: Database, log: Logger): Promise<ChangeHub> => {
  const readers = new Set<Reader>()
  let end = await readFeedEnd(db.query)
  let reading: Promise<void> | undefined
  let again = false

  const readNew = async (): Promise<void> => {
    do {
      again = false
      const rows = await readChanges(db.query, end, pageSize)
      for (const row of rows) {
        end = { transactionId: row.transactionId, id: row.id }
        for (const reader of readers) reader.deliver(row)
      }
      if (rows.length === pageSize) again = true
    } while (again)
  }
  const wake = (): void => {
    again = true
    reading ??= readNew()
      .catch((error: unknown) => log.debug({ err: error }, 'change feed could not be read'))
      .finally(() => {
        reading = undefined
      })
  }
  const listener = createListener(db.url, 'changes', wake, log)
  const timer = setInterval(wake, pollEveryMs)
  timer.unref()

  return {
    subscribe: async ({ inArea, after, send }) => {
      const deliver = (row: FeedRow): void => {
        if (inArea(row.jurisdiction)) send(toChange(row))
      }
      const from = after === undefined ? undefined : parseCursor(after)
      const held: FeedRow[] = []
      let holding = true
      const reader: Reader = { deliver: (row) => (holding ? void held.push(row) : deliver(row)) }
      const joinedAt = end
      readers.add(reader)
      if (from !== undefined && isAfter(joinedAt, from)) await catchUp(db, from, joinedAt, deliver)
      holding = false
      for (const row of held) deliver(row)
      return () => {
        readers.delete(reader)
      }
    },
    stop: async () => {
      clearInterval(timer)
      await listener.stop()
      await reading
    },
  }
}
