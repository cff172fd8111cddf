import { requireDomain } from '#src/numerics/domain.ts'

/**
 * Windows of equal length that start at local midnight. Window w covers the local minutes from w × length on, counted from
 * 1 January 1970 on the clock of the post; local days always have 24 hours here, so that a repeated or missing hour of a
 * summer time is a repeated or missing window.
 */
export type WindowGrid = {
  /** 1 to 1440, a divisor of 1440. */
  readonly windowMinutes: number
  readonly windowsPerDay: number
}

const minutesPerDay = 1440

/**
 * The grid of a window length.
 * @param windowMinutes  whole minutes that divide a day
 * @throws RangeError where a day is not a whole number of windows
 * @example windowGrid(20).windowsPerDay // 72
 */
export const windowGrid = (windowMinutes: number): WindowGrid => {
  requireDomain(
    Number.isInteger(windowMinutes) && windowMinutes > 0 && minutesPerDay % windowMinutes === 0,
    `a day in windows of ${windowMinutes} minutes`,
  )
  return { windowMinutes, windowsPerDay: minutesPerDay / windowMinutes }
}

/** Days from 1 January 1970 to the day of a window. */
export const dayOfWindow = (window: number, { windowsPerDay }: WindowGrid): number =>
  Math.floor(window / windowsPerDay)

/**
 * Monday 0 to Sunday 6 of a day counted from 1 January 1970, a Thursday.
 * @example weekdayOfDay(0) // 3
 */
export const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7
