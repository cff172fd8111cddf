import { type Database, isConnectionLost } from '@guankou/db/database.ts'
import { type RecordedPush, recordPushes } from '@guankou/db/queries/access/record-pushes.ts'
import { done, type Result } from '#src/result.ts'
import { createBatchQueue } from '#src/use-cases/screening/batch-queue.ts'

const mostPerBatch = 200
const mostWaiting = 5_000

/** Writes down that pushes took place. */
export type PushLog = {
  /**
   * Keeps what a push told of its device and what was refused of it, with its audit entry; resolves once that is durable.
   * @param areaCode  the area of whoever pushes, whose audit it enters
   */
  readonly record: (areaCode: number, push: RecordedPush) => Promise<Result<void>>
  readonly drained: () => Promise<void>
}

const noDetail = { ok: true } as const

/** Pushes of one area that end at about the same time leave in one transaction. @returns a log with a queue of its own */
export const createPushLog = ({
  db,
  now,
}: {
  readonly db: Database
  readonly now: () => number
}): PushLog => {
  let serial = 0
  const queue = createBatchQueue<RecordedPush, typeof noDetail>({
    mostPerBatch,
    mostWaiting,
    concernsAll: isConnectionLost,
    write: async (areaCode, pushes) => {
      const client = await db.writers.connect()
      let broken: Error | undefined
      try {
        const { namedStatements } = db
        await recordPushes(client, { areaCode, pushes, nowMs: now(), namedStatements })
        return pushes.map(() => noDetail)
      } catch (error) {
        broken = isConnectionLost(error) ? (error as Error) : undefined
        throw error
      } finally {
        client.release(broken)
      }
    },
  })
  return {
    drained: queue.drained,
    record: async (areaCode, push) => {
      serial += 1
      // Two pushes of one phone never meet in a batch: the row of the phone is written once in each.
      const id = push.contact?.deviceId ?? `no device ${serial}`
      const written = await queue.submit(areaCode, id, push)
      return 'refusal' in written ? { ok: false, refusal: written.refusal } : done(undefined)
    },
  }
}
