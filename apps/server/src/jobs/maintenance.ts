import { ensurePartitions, utcDayOf } from '@guankou/db/partitions.ts'
import { pruneAttempts } from '@guankou/db/queries/access/sign-in-attempts.ts'
import { pruneOutbox } from '@guankou/db/queries/changes/outbox.ts'
import { pruneMatchLists } from '@guankou/db/queries/matching/match-lists.ts'
import { pruneSubjectSessions } from '@guankou/db/queries/subject-access/sessions.ts'
import type { ServerContext } from '#src/context.ts'

const everyMs = 10 * 60_000
const msPerDay = 86_400_000
/** A console that was away for longer than this reads the figures anew instead of the changes. */
const keepChangesMs = msPerDay
/** Failed sign-ins count for a day at most. */
const keepFailuresMs = msPerDay
/** Openings of a person’s page are shown to them for as long. */
const keepOpeningsMs = 180 * msPerDay
const daysAhead = 3

export type Maintenance = { readonly runOnce: () => Promise<void>; readonly stop: () => Promise<void> }

/**
 * Makes partitions ahead of time, drops changes that every reader has had time to see, looks for new reference data, and
 * sees to lists that are to be made or have expired. Each step may be run any number of times, by any number of servers.
 */
export const startMaintenance = (context: ServerContext): Maintenance => {
  let running: Promise<void> | undefined
  const steps = async (): Promise<void> => {
    const nowMs = context.now()
    const days = Array.from({ length: daysAhead + 1 }, (_, ahead) => utcDayOf(nowMs + ahead * msPerDay))
    await ensurePartitions(context.db.pool, days)
    await pruneOutbox(context.db.query, new Date(nowMs - keepChangesMs))
    await pruneAttempts(context.db.query, new Date(nowMs - keepFailuresMs))
    await pruneSubjectSessions(context.db.query, new Date(nowMs - keepOpeningsMs))
    await pruneMatchLists(context.db.query, new Date(nowMs))
    await context.reference.refresh()
    context.exports.kick()
  }
  const runOnce = (): Promise<void> => {
    running ??= steps()
      .catch((error: unknown) => context.log.warn({ err: error }, 'maintenance failed; it is tried again'))
      .finally(() => {
        running = undefined
      })
    return running
  }
  void runOnce()
  const timer = setInterval(() => void runOnce(), everyMs)
  timer.unref()
  return {
    runOnce,
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
