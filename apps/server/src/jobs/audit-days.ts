import type { DayHeadSigner } from '@guankou/db/audit/day-head.ts'
import type { Database } from '@guankou/db/database.ts'
import type { Logger } from 'pino'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'
import { closeAuditDays } from '#src/use-cases/audit/close-days.ts'
import { type Rounds, startRounds } from './rounds.ts'

const everyMs = 5 * 60_000

/** Signs each day of the audit when it is over, while the server runs; days that it slept through when it wakes. */
export const startAuditDays = (parts: {
  readonly db: Database
  readonly reference: ReferenceCache
  readonly signer: DayHeadSigner
  readonly now: () => number
  readonly log: Logger
}): Rounds => {
  const close = async (): Promise<void> => {
    const { jurisdictions, installation } = parts.reference.current()
    const calendar = createAuditCalendar(jurisdictions, installation?.cityCode)
    await closeAuditDays({ ...parts, calendar, nowMs: parts.now() })
  }
  return startRounds(everyMs, close, (error) =>
    parts.log.warn({ err: error }, 'days of the audit not signed; it is tried again'),
  )
}
