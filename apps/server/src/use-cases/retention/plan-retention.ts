import type { Response } from '@guankou/contract/responses/response.ts'
import type { RetainedClass } from '@guankou/contract/retention/policy.ts'
import type { Database } from '@guankou/db/database.ts'
import { type HeldDay, readHeldDays } from '@guankou/db/queries/retention/days.ts'
import { readRetentionPolicies } from '@guankou/db/queries/retention/policies.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { destroyFrom, type PolicyOf, retentionOfDay } from '@guankou/domain/retention/due.ts'
import type { ReferenceData } from '#src/reference/reference-cache.ts'

/** A day that still holds something, and from when on it is to be destroyed. */
export type PlannedDay = {
  readonly jurisdiction: number
  readonly day: string
  readonly dataClass: RetainedClass
  readonly destroyFrom: string
  readonly isDue: boolean
}

const localDay = (timeZone: string | undefined, atMs: number): string =>
  daySlotOf(timeZone ?? 'UTC', atMs).day

const planOf = (
  held: HeldDay,
  {
    reference,
    policyOf,
    nowMs,
  }: { readonly reference: ReferenceData; readonly policyOf: PolicyOf; readonly nowMs: number },
): PlannedDay => {
  const { jurisdiction, day, dataClass } = held
  const timeZone = reference.jurisdiction(jurisdiction)?.timeZone
  const kept = retentionOfDay(reference.responses, policyOf, day)
  const firstKeptOn = held.keptFrom === null ? day : localDay(timeZone, held.keptFrom.getTime())
  const from = destroyFrom(dataClass, day, firstKeptOn, kept)
  return { jurisdiction, day, dataClass, destroyFrom: from, isDue: localDay(timeZone, nowMs) >= from }
}

/** Every day that still holds something, with the day on which it is to be destroyed; oldest first. */
export const planRetention = async (
  db: Database,
  reference: ReferenceData,
  nowMs: number,
): Promise<PlannedDay[]> => {
  const policies = new Map((await readRetentionPolicies(db.query)).map((each) => [each.responseId, each]))
  const policyOf: PolicyOf = (responseId: Response['id']) => policies.get(responseId)
  const held = await readHeldDays(db.query)
  return held.map((each) => planOf(each, { reference, policyOf, nowMs }))
}
