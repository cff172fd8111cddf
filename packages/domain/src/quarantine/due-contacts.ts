import type { ContactStatus } from '@guankou/contract/quarantine/vocabulary.ts'
import { addDays, daysBetween } from '#src/places/calendar.ts'
import { type Away, type Episode, localDay } from './episode.ts'
import { contactsMade, type MadeContact, type QuarantineFact, type QuarantineOrder } from './facts.ts'
import { localInstantMs } from './local-time.ts'

/** A window in which a contact is due. */
export type DueWindow = {
  /** Day and place in it, `2020-02-01#0`: the same on every phone and server. */
  readonly key: string
  readonly day: string
  readonly fromMs: number
  readonly untilMs: number
}

export type DueContact = DueWindow & { readonly status: ContactStatus }

/**
 * Every window from the day of the order to a last day, whether or not anything is owed in it.
 * @param lastDay  civil date, of the episode as it stands
 */
export const windowsOf = (order: QuarantineOrder, lastDay: string): readonly DueWindow[] => {
  const { plan, timeZone } = order
  const first = localDay(order, order.orderedAtMs)
  const visits = Math.max(0, Math.floor(daysBetween(first, lastDay) / plan.everyDays) + 1)
  return Array.from({ length: visits }, (_, visit) => addDays(first, visit * plan.everyDays)).flatMap((day) =>
    plan.windows.map(({ fromMinute, untilMinute }, index) => ({
      key: `${day}#${index}`,
      day,
      fromMs: localInstantMs(timeZone, day, fromMinute),
      untilMs: localInstantMs(timeZone, day, untilMinute),
    })),
  )
}

/** Whoever is away when a window closes owes nothing in it. */
const isAwayAt = (away: readonly Away[], atMs: number): boolean =>
  away.some(({ fromMs, untilMs }) => fromMs < atMs && (untilMs === undefined || untilMs >= atMs))

const isOwed = ({ untilMs }: DueWindow, { away, handedOn, startsAtMs, endedAtMs }: Episode): boolean =>
  untilMs > startsAtMs &&
  (endedAtMs === undefined || untilMs <= endedAtMs) &&
  !isAwayAt(away, untilMs) &&
  !isAwayAt(handedOn, untilMs)

/** A contact answers the latest window that had opened by then, in time or late, until the next one opens. */
const firstWithin = (made: readonly MadeContact[], fromMs: number, beforeMs: number) =>
  made.find(({ atMs }) => atMs >= fromMs && atMs < beforeMs)

/** What became of every contact that was due, and what is to come. @param nowMs  Unix time, milliseconds */
export const dueContacts = (
  order: QuarantineOrder,
  facts: readonly QuarantineFact[],
  { episode, nowMs }: { readonly episode: Episode; readonly nowMs: number },
): readonly DueContact[] => {
  const windows = windowsOf(order, episode.lastDay)
  const made = contactsMade(facts).filter(({ atMs }) => atMs <= nowMs)
  return windows.map((window, index) => {
    const nextFromMs = windows[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY
    const answer = firstWithin(made, window.fromMs, nextFromMs)
    const status = (): ContactStatus => {
      if (answer !== undefined) return answer.atMs <= window.untilMs ? 'on-time' : 'late'
      if (!isOwed(window, episode)) return 'excused'
      if (nowMs < window.fromMs) return 'coming'
      return nowMs < window.untilMs ? 'open' : 'missed'
    }
    return { ...window, status: status() }
  })
}
