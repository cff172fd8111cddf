import type { AuditDayHead } from '@guankou/contract/audit/day-head.ts'
import { createDayHeadSigner, type DayHeadSigner } from '@guankou/db/audit/day-head.ts'
import type { Database } from '@guankou/db/database.ts'
import {
  closeAuditDay,
  readChainEnds,
  readChainStart,
  readLastDayHead,
} from '@guankou/db/queries/audit/day-heads.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { deriveBytes } from '#src/identity/master-key.ts'
import type { AuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'

/** Batches that were decided before midnight have been committed by then. */
const graceMs = 10 * 60_000

/** Signs the heads of this installation. @param rootKey  see `KeyCustody` */
export const installationSigner = (rootKey: Buffer): DayHeadSigner =>
  createDayHeadSigner(deriveBytes(rootKey, 'audit-day-heads'))

export type DayClosing = {
  readonly db: Database
  readonly signer: DayHeadSigner
  readonly calendar: AuditCalendar
  readonly nowMs: number
}

const closeChain = async (
  { db, signer, calendar, nowMs }: DayClosing,
  jurisdiction: number,
): Promise<AuditDayHead[]> => {
  const last = await readLastDayHead(db.query, jurisdiction)
  const start = last === undefined ? await readChainStart(db.query, jurisdiction) : undefined
  if (last === undefined && start === undefined) return []
  const closed: AuditDayHead[] = []
  let day =
    last === undefined ? calendar.dayOf(jurisdiction, start?.getTime() ?? nowMs) : addDays(last.day, 1)
  for (;;) {
    const asked = { jurisdiction, day, until: calendar.endOfDay(jurisdiction, day), nowMs }
    if (asked.until.getTime() + graceMs > nowMs) return closed
    const head = await db.query.transaction().execute((tx) => closeAuditDay(tx, signer, asked))
    if (head !== undefined) closed.push(head)
    day = addDays(day, 1)
  }
}

/**
 * Signs the end of every local day that is over, in every chain, oldest first; days on which nothing happened too, so that
 * a missing head is always a sign. Any number of servers may run it at once.
 * @returns the new heads
 */
export const closeAuditDays = async (closing: DayClosing): Promise<AuditDayHead[]> => {
  const closed: AuditDayHead[] = []
  for (const { jurisdiction } of await readChainEnds(closing.db.query))
    closed.push(...(await closeChain(closing, jurisdiction)))
  return closed
}
