import { slotMinutes, slotsPerDay } from '@guankou/contract/situation/endpoints.ts'
import { daySlotOf, utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import type { WeekProfile } from '#src/arrivals/scenario.ts'
import { exponential, type Random } from '#src/random/stream.ts'

const slotMs = slotMinutes * 60_000

/**
 * The instant at which a civil day begins in a time zone.
 * @param day  `YYYY-MM-DD`   @returns Unix time, milliseconds
 */
export const startOfDayMs = (timeZone: string, day: string): number => {
  const asUtc = Date.parse(`${day}T00:00:00Z`)
  const guess = asUtc - utcOffsetMinutes(timeZone, asUtc) * 60_000
  return asUtc - utcOffsetMinutes(timeZone, guess) * 60_000
}

/** A span of up to 20 minutes that lies in one slot of the local day, with the relative traffic expected in it. */
export type Span = { readonly fromMs: number; readonly untilMs: number; readonly weight: number }

/**
 * One civil day cut at its slots. A day on which clocks change has fewer or more spans than 72, all of them in order.
 * @param nextDay  the civil day after it
 */
export const spansOfDay = (
  timeZone: string,
  day: string,
  nextDay: string,
  profile: WeekProfile,
): readonly Span[] => {
  const startMs = startOfDayMs(timeZone, day)
  const endMs = startOfDayMs(timeZone, nextDay)
  const shape = profile[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? []
  const spans: Span[] = []
  for (let fromMs = startMs; fromMs < endMs; fromMs += slotMs) {
    const { slot } = daySlotOf(timeZone, fromMs)
    spans.push({ fromMs, untilMs: Math.min(endMs, fromMs + slotMs), weight: shape[slot % slotsPerDay] ?? 0 })
  }
  return spans
}

/**
 * Arrival times of a Poisson process whose rate is constant within each span.
 * @param perDay  mean arrivals on a mean day: a span expects `perDay × weight`
 * @returns Unix times in whole milliseconds, ascending
 * Method: exponential gaps, begun anew in each span, which the process's lack of memory permits; exact, no thinning.
 */
export const drawArrivalTimes = (spans: readonly Span[], perDay: number, random: Random): number[] => {
  const times: number[] = []
  for (const { fromMs, untilMs, weight } of spans) {
    const expected = perDay * weight
    if (!(expected > 0)) continue
    const meanGapMs = slotMs / expected
    for (
      let at = fromMs + exponential(random) * meanGapMs;
      at < untilMs;
      at += exponential(random) * meanGapMs
    )
      times.push(Math.floor(at))
  }
  return times
}
