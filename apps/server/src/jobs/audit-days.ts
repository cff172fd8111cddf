import type { DayHeadSigner } from '@guankou/db/audit/day-head.ts'
import type { Database } from '@guankou/db/database.ts'
import type { Logger } from 'pino'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'
import { closeAuditDays } from '#src/use-cases/audit/close-days.ts'

const everyMs = 5 * 60_000

export type AuditDays = { readonly runOnce: () => Promise<void>; readonly stop: () => Promise<void> }

/** Signs each day of the audit when it is over, while the server runs; days that it slept through when it wakes. */
export const startAuditDays = (parts: {
  readonly db: Database
  readonly reference: ReferenceCache
  readonly signer: DayHeadSigner
  readonly now: () => number
  readonly log: Logger
}): AuditDays => {
  let running: Promise<void> | undefined
  const close = async (): Promise<void> => {
    const { jurisdictions, installation } = parts.reference.current()
    const calendar = createAuditCalendar(jurisdictions, installation?.cityCode)
    await closeAuditDays({ ...parts, calendar, nowMs: parts.now() })
  }
  const runOnce = (): Promise<void> => {
    running ??= close()
      .catch((error: unknown) =>
        parts.log.warn({ err: error }, 'days of the audit not signed; it is tried again'),
      )
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
