import { slotMinutes } from '@guankou/contract/situation/endpoints.ts'

const quarterHour = 900_000
const msPerDay = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, { quarter: number; offsetMinutes: number }>()

const readOffset = (timeZone: string, instantMs: number): number => {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, format)
  }
  const name = format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name)
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

/**
 * Minutes by which local time is ahead of UTC at an instant.
 * @param timeZone  IANA name   @param instantMs  Unix time, milliseconds
 * @returns minutes, −720 to 840   @throws RangeError where the zone is unknown
 * Method: Intl, read once per zone and quarter of an hour (no zone in use changes within one).
 */
export const utcOffsetMinutes = (timeZone: string, instantMs: number): number => {
  const quarter = Math.floor(instantMs / quarterHour)
  const known = offsets.get(timeZone)
  if (known?.quarter === quarter) return known.offsetMinutes
  const offsetMinutes = readOffset(timeZone, quarter * quarterHour)
  offsets.set(timeZone, { quarter, offsetMinutes })
  return offsetMinutes
}

/** A local calendar day and the 20-minute slot in it (0 to 71). Where clocks go back, a slot is met twice. */
export type DaySlot = { readonly day: string; readonly slot: number }

/**
 * The local day and slot of an instant.
 * @example daySlotOf('Asia/Shanghai', Date.parse('2020-01-23T16:30:00.000Z')) // { day: '2020-01-24', slot: 1 }
 */
export const daySlotOf = (timeZone: string, instantMs: number): DaySlot => {
  const local = instantMs + utcOffsetMinutes(timeZone, instantMs) * 60_000
  const dayStart = Math.floor(local / msPerDay) * msPerDay
  return {
    day: new Date(dayStart).toISOString().slice(0, 10),
    slot: Math.floor((local - dayStart) / (slotMinutes * 60_000)),
  }
}

/** Days from one civil date to another; negative where `to` is the earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay)

/** The civil date `days` later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10)

/** Whether text of the right form names a day that exists (2020-02-30 does not). */
export const isCivilDate = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** Milliseconds of an instant, or `undefined` where no such instant exists (25:00, 30 February). */
export const instantMs = (text: string): number | undefined => {
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text ? ms : undefined
}
