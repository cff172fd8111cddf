import { type Locale, localeTag } from '#src/i18n/locale.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Formatters are dear to make, and a live page needs the same few over and over. */
const formatter = (tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = tag + JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(tag, options)
  formatters.set(key, known)
  return known
}

/** Hour and minute of an instant in a time zone, `14:32`. @param instant RFC 3339 or epoch milliseconds */
export const formatClockMinute = (instant: string | number, timeZone: string): string =>
  formatter('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  )

/** Hour, minute and second of an instant in a time zone, `14:32:07`. */
export const formatClockSecond = (instant: string | number, timeZone: string): string =>
  formatter('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))

/** The calendar day of an instant in a time zone, `2020-01-23`. */
export const civilDateOf = (instant: string | number, timeZone: string): string =>
  formatter('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  )

/** Day and time to the second in a time zone, `2020-01-23 14:32:07`. */
export const formatInstant = (instant: string | number, timeZone: string): string =>
  `${civilDateOf(instant, timeZone)} ${formatClockSecond(instant, timeZone)}`

/** A calendar day with its weekday. @param day `2020-02-03` */
export const formatDay = (locale: Locale, day: string): string => {
  const weekday = formatter(localeTag[locale], { timeZone: 'UTC', weekday: 'short' }).format(
    new Date(`${day}T00:00:00Z`),
  )
  return `${day} ${weekday}`
}

/** A calendar day in words. @param day `2020-02-03` */
export const formatDayLong = (locale: Locale, day: string): string =>
  formatter(localeTag[locale], { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(`${day}T00:00:00Z`))

/** The day that lies a number of days later. @param days may be negative */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** How long ago, in the largest whole unit. @param milliseconds ≥ 0 */
export const formatAgo = (locale: Locale, milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const relative = new Intl.RelativeTimeFormat(localeTag[locale], { numeric: 'always' })
  if (seconds < 60) return relative.format(-seconds, 'second')
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour')
  return relative.format(-Math.floor(seconds / 86_400), 'day')
}

/** Start of a slot of the day as a clock reads it. @example slotClock(30, 20) // '10:00' */
export const slotClock = (slot: number, slotMinutes: number): string => {
  const minutes = slot * slotMinutes
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
