import { addDays, utcOffsetMinutes } from '#src/places/calendar.ts'

const msPerDay = 86_400_000
const minuteMs = 60_000

const known = new Map<string, number>()
const mostKnown = 20_000

const findInstant = (timeZone: string, day: string, minute: number): number => {
  const shown = Date.parse(`${day}T00:00:00Z`) + minute * minuteMs
  const tried = [-msPerDay, msPerDay].map(
    (shift) => shown - utcOffsetMinutes(timeZone, shown + shift) * minuteMs,
  )
  const exact = tried.filter((ms) => ms + utcOffsetMinutes(timeZone, ms) * minuteMs === shown)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...tried)
}

/**
 * The instant at which local clocks show a minute of a day. Where clocks go forward over it, as long after the gap as it
 * lies in it; where they go back and show it twice, the first time. Kept once found: a board of a thousand episodes asks
 * for the same few days.
 * @param day  civil date   @param minute  0 to 1440, the end of the day   @returns Unix time, milliseconds
 * @example localInstantMs('Asia/Shanghai', '2020-02-01', 480) // 1580515200000
 */
export const localInstantMs = (timeZone: string, day: string, minute: number): number => {
  const key = `${timeZone}|${day}|${minute}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= mostKnown) known.clear()
  const instant = findInstant(timeZone, day, minute)
  known.set(key, instant)
  return instant
}

/** The first instant after a local day. */
export const endOfDayMs = (timeZone: string, day: string): number =>
  localInstantMs(timeZone, addDays(day, 1), 0)
