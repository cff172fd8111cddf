import { weekdayOfDay } from './window-grid.ts'

/** What is known beforehand about one day. */
export type CalendarDay = {
  /** Days from 1 January 1970. */
  readonly day: number
  /** Off for most people, a working day on a weekend, or a day that only stands near a holiday. */
  readonly kind: 'holiday' | 'workday' | 'ordinary'
  /**
   * The holiday it belongs to, the same every year whatever its date: effects are learned by name and ordinal, so that a
   * lunar festival is compared with itself.
   */
  readonly name: string
  /** Day of the holiday from 1 on; 0 and below for the days that lead up to it. */
  readonly ordinal: number
}

/** A day as the profile sees it. */
export type DayClass = {
  /** Monday 0 to Sunday 6: the weekday it is like. */
  readonly weekday: number
  readonly isRest: boolean
  /** Name and ordinal of a day of a holiday, or null on any other day. */
  readonly holiday: string | null
}

export type DayCalendar = ReadonlyMap<number, CalendarDay>

const sunday = 6
const wednesday = 2

/**
 * The days of a calendar by day; of two entries for one day the later counts.
 * @example dayCalendar([{ day: 18286, kind: 'holiday', name: 'Spring Festival', ordinal: 1 }]).size // 1
 */
export const dayCalendar = (days: readonly CalendarDay[]): DayCalendar =>
  new Map(days.map((entry) => [entry.day, entry]))

/**
 * What a day is like: a holiday is like a Sunday, a working day on a weekend like a Wednesday.
 * @param day  days from 1 January 1970
 */
export const classOfDay = (day: number, calendar: DayCalendar): DayClass => {
  const weekday = weekdayOfDay(day)
  const entry = calendar.get(day)
  const holiday =
    entry === undefined || entry.kind === 'workday' ? null : JSON.stringify([entry.name, entry.ordinal])
  if (entry?.kind === 'holiday') return { weekday: sunday, isRest: true, holiday }
  if (entry?.kind === 'workday' && weekday > 4) return { weekday: wednesday, isRest: false, holiday }
  return { weekday, isRest: weekday > 4, holiday }
}
