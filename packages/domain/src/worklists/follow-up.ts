import type { CallOutcome, RowState } from '@guankou/contract/worklists/vocabulary.ts'
import { utcOffsetMinutes } from '#src/places/calendar.ts'

/** When to call again after an outcome: minutes after each time it was met, and how it ends. */
export type Rung = {
  readonly againAfterMinutes: readonly number[]
  readonly endsAs: Exclude<RowState, 'linked'>
}
export type CallLadder = {
  readonly outcomes: Readonly<Record<CallOutcome, Rung>>
  /** Nobody is called before and after, local hours. */
  readonly fromHour: number
  readonly untilHour: number
  /** Call-backs may be agreed on for so long. */
  readonly mostDaysAhead: number
}

/** An hour, half a day, a day: then somebody goes there. */
export const usualLadder: CallLadder = {
  outcomes: {
    'reached-healthy': { againAfterMinutes: [], endsAs: 'closed' },
    symptoms: { againAfterMinutes: [], endsAs: 'to-visit' },
    'no-answer': { againAfterMinutes: [60, 300, 1_440], endsAs: 'to-visit' },
    'call-later': { againAfterMinutes: [], endsAs: 'open' },
    'wrong-number': { againAfterMinutes: [], endsAs: 'to-visit' },
    refused: { againAfterMinutes: [240], endsAs: 'to-visit' },
    'left-city': { againAfterMinutes: [], endsAs: 'closed' },
    visit: { againAfterMinutes: [], endsAs: 'to-visit' },
  },
  fromHour: 8,
  untilHour: 21,
  mostDaysAhead: 7,
}

const minute = 60_000
const hour = 3_600_000
const day = 86_400_000

/**
 * The first moment from an instant on at which people are called.
 * @example withinHours(usualLadder, 'Asia/Shanghai', Date.parse('2020-02-10T14:30:00.000Z')) // Date.parse('2020-02-11T00:00:00.000Z')
 */
export const withinHours = (
  { fromHour, untilHour }: Pick<CallLadder, 'fromHour' | 'untilHour'>,
  timeZone: string,
  atMs: number,
): number => {
  const offsetMs = utcOffsetMinutes(timeZone, atMs) * minute
  const local = atMs + offsetMs
  const midnight = Math.floor(local / day) * day
  const sinceMidnight = local - midnight
  if (sinceMidnight >= fromHour * hour && sinceMidnight < untilHour * hour) return atMs
  const opens = midnight + fromHour * hour + (sinceMidnight >= untilHour * hour ? day : 0)
  // Clocks may change in the night between.
  return opens - utcOffsetMinutes(timeZone, opens - offsetMs) * minute
}

/** A call as it is on record, oldest first; what was taken back is left out. */
export type StandingCall = {
  readonly outcome: CallOutcome
  readonly atMs: number
  readonly callAtMs: number | null
}

export type Standing = {
  readonly state: Exclude<RowState, 'linked'>
  readonly attempts: number
  /** When to call again; null where nobody does. */
  readonly nextAtMs: number | null
  readonly last: StandingCall | null
}

/** Where a row stands after its calls: a function of the facts, the same whoever asks and whenever. */
export const standingOf = (
  calls: readonly StandingCall[],
  timeZone: string,
  ladder: CallLadder = usualLadder,
): Standing => {
  const last = calls.at(-1)
  if (last === undefined) return { state: 'open', attempts: 0, nextAtMs: null, last: null }
  const attempts = calls.length
  if (last.outcome === 'call-later' && last.callAtMs !== null)
    return { state: 'open', attempts, nextAtMs: last.callAtMs, last }
  const { againAfterMinutes, endsAs } = ladder.outcomes[last.outcome]
  const met = calls.filter(({ outcome }) => outcome === last.outcome).length
  const wait = againAfterMinutes[met - 1]
  if (wait === undefined) return { state: endsAs, attempts, nextAtMs: null, last }
  return { state: 'open', attempts, nextAtMs: withinHours(ladder, timeZone, last.atMs + wait * minute), last }
}

/** Whether a call-back may be agreed on for then. */
export const mayCallAt = (callAtMs: number, nowMs: number, ladder: CallLadder = usualLadder): boolean =>
  callAtMs > nowMs && callAtMs <= nowMs + ladder.mostDaysAhead * day
