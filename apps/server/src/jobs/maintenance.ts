import { ensurePartitions, utcDayOf } from '@guankou/db/partitions.ts'
import { pruneAttempts } from '@guankou/db/queries/access/sign-in-attempts.ts'
import { pruneOutbox } from '@guankou/db/queries/changes/outbox.ts'
import { pruneMatchLists } from '@guankou/db/queries/matching/match-lists.ts'
import { pruneSubjectSessions } from '@guankou/db/queries/subject-access/sessions.ts'
import type { ServerContext } from '#src/context.ts'
import { type Rounds, startRounds } from './rounds.ts'

const everyMs = 10 * 60_000
const msPerDay = 86_400_000
/** A console that was away for longer than this reads the figures anew instead of the changes. */
const keepChangesMs = msPerDay
/** Failed sign-ins count for a day at most. */
const keepFailuresMs = msPerDay
/** Openings of a person’s page are shown to them for as long. */
const keepOpeningsMs = 180 * msPerDay
const daysAhead = 3

/**
 * Makes partitions ahead of time, drops changes that every reader has had time to see, looks for new reference data, and
 * sees to lists that are to be made or have expired. Each step may be run any number of times, by any number of servers.
 */
export const startMaintenance = (context: ServerContext): Rounds => {
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
    context.rescreens.kick()
  }
  return startRounds(everyMs, steps, (error) =>
    context.log.warn({ err: error }, 'maintenance failed; it is tried again'),
  )
}
