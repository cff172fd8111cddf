import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import type { DoorOutcome, NextStep } from '@guankou/contract/households/vocabulary.ts'
import { retryRuleOf } from '#src/households/visit-rules.ts'
import { utcOffsetMinutes } from '#src/places/calendar.ts'

/** What a door asks for after what became of it. */
export type DoorNext = {
  readonly outcome: DoorOutcome
  readonly step: NextStep
  /** From when on the next attempt makes sense, Unix ms; null where the team is done with the door. */
  readonly againFromMs: number | null
  /** Which attempt in a row with this outcome it was, from 1. */
  readonly attempt: number
}

const msPerHour = 3_600_000

/** The instant itself, or the end of the quiet hours that it lies in. */
const outsideQuietHours = (rules: VisitRules, timeZone: string, atMs: number): number => {
  const localMs = atMs + utcOffsetMinutes(timeZone, atMs) * 60_000
  const dayStartMs = Math.floor(localMs / (24 * msPerHour)) * 24 * msPerHour
  const hour = (localMs - dayStartMs) / msPerHour
  if (hour >= rules.quietUntilHour && hour < rules.quietFromHour) return atMs
  const morningMs =
    dayStartMs + (hour < rules.quietUntilHour ? 0 : 24 * msPerHour) + rules.quietUntilHour * msPerHour
  const guess = morningMs - utcOffsetMinutes(timeZone, atMs) * 60_000
  // The clocks may change in the night between.
  return morningMs - utcOffsetMinutes(timeZone, guess) * 60_000
}

type OutcomeAt = { readonly outcome: DoorOutcome; readonly atMs: number }

/** Three who stand at one door each say what became of it on their own phone; within this time it is one attempt. */
export const sameAttemptMs = 30 * 60_000

/** How many times in a row, up to the last, a door was tried with the same outcome. @param outcomes  oldest first */
const attemptsInRow = (outcomes: readonly OutcomeAt[], outcome: DoorOutcome, apartMs: number): number => {
  const row = outcomes.slice(1 + outcomes.findLastIndex((each) => each.outcome !== outcome))
  let attempts = 0
  let sinceMs = Number.NEGATIVE_INFINITY
  for (const { atMs } of row) {
    if (atMs - sinceMs < apartMs) continue
    attempts += 1
    sinceMs = atMs
  }
  return attempts
}

/**
 * The next step after the latest of a row of outcomes, oldest first; nothing where there is none.
 * @param outcomes  since the last complete visit   @param timeZone  IANA name
 */
export const nextStepAfter = (
  rules: VisitRules,
  timeZone: string,
  outcomes: readonly OutcomeAt[],
): DoorNext | undefined => {
  const last = outcomes.at(-1)
  if (last === undefined) return undefined
  const { outcome } = last
  const { step, againAfterMinutes, mostAttempts, lastly } = retryRuleOf(rules, outcome)
  const apartMs = Math.min(sameAttemptMs, (againAfterMinutes ?? Number.POSITIVE_INFINITY) * 60_000)
  const attempt = attemptsInRow(outcomes, outcome, apartMs)
  if (againAfterMinutes === undefined) return { outcome, step, againFromMs: null, attempt }
  if (attempt >= mostAttempts) return { outcome, step: lastly, againFromMs: null, attempt }
  const againFromMs = outsideQuietHours(rules, timeZone, last.atMs + againAfterMinutes * 60_000)
  return { outcome, step, againFromMs, attempt }
}
