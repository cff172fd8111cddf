import { utcOffsetMinutes } from '#src/places/calendar.ts'

const msPerDay = 86_400_000

/**
 * When the local day of an instant began, Unix ms.
 * @param timeZone  IANA name
 * @example dayStartMs('Asia/Shanghai', Date.parse('2020-01-23T16:30:00.000Z')) // Date.parse('2020-01-23T16:00:00.000Z')
 */
export const dayStartMs = (timeZone: string, atMs: number): number => {
  const localMs = atMs + utcOffsetMinutes(timeZone, atMs) * 60_000
  const midnightMs = Math.floor(localMs / msPerDay) * msPerDay
  const guess = midnightMs - utcOffsetMinutes(timeZone, atMs) * 60_000
  // The clocks may have changed since.
  return midnightMs - utcOffsetMinutes(timeZone, guess) * 60_000
}
