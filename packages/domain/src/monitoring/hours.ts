import { addDays, daysBetween } from '#src/places/calendar.ts'

/** Hours of local days, counted on from the first of 1970: a line without gaps, whatever clocks do. */
export type HourNumber = number

const origin = '1970-01-01'

/** @example hourNumberOf('1970-01-02', 3) // 27 */
export const hourNumberOf = (day: string, hour: number): HourNumber => daysBetween(origin, day) * 24 + hour

/** @example dayHourOf(27) // { day: '1970-01-02', hour: 3 } */
export const dayHourOf = (number: HourNumber): { readonly day: string; readonly hour: number } => ({
  day: addDays(origin, Math.floor(number / 24)),
  hour: ((number % 24) + 24) % 24,
})

/** 0 Sunday to 6 Saturday. @example weekdayOf('2020-01-23') // 4 */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
