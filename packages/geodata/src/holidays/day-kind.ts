import { chinaHolidays2020, chinaMakeUpWorkdays2020, type Holiday } from '#src/holidays/china-2020.ts'

export type DayKind = 'workday' | 'weekend' | 'holiday' | 'make_up_workday' | 'unknown'

interface HolidayCalendar {
  readonly holidays: readonly Holiday[]
  readonly makeUpWorkdays: ReadonlySet<string>
}

/** Keyed by ISO 3166-1 alpha-2 country and year. Hong Kong and Macao keep calendars of their own, which are not here. */
const calendars: ReadonlyMap<string, HolidayCalendar> = new Map([
  ['CN-2020', { holidays: chinaHolidays2020, makeUpWorkdays: new Set(chinaMakeUpWorkdays2020) }],
])

/** 0 Sunday to 6 Saturday; undefined when the text is no date of the Gregorian calendar written `YYYY-MM-DD`. */
function weekdayOf(civilDate: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(civilDate)) return undefined
  const midnight = new Date(`${civilDate}T00:00:00Z`)
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(civilDate)
  return exists ? midnight.getUTCDay() : undefined
}

function calendarOf(civilDate: string, country: string): HolidayCalendar | undefined {
  return calendars.get(`${country}-${civilDate.slice(0, 4)}`)
}

/** The public holiday of mainland China or another country a day belongs to; undefined on other days and where no calendar is known. */
export function findHoliday(civilDate: string, country: string): Holiday | undefined {
  if (weekdayOf(civilDate) === undefined) return undefined
  return calendarOf(civilDate, country)?.holidays.find(
    ({ firstDate, lastDate }) => firstDate <= civilDate && civilDate <= lastDate,
  )
}

/**
 * What kind of day a civil date is in a country, for forecasts of flow and for rosters.
 *
 * @param civilDate local date `YYYY-MM-DD`
 * @param country ISO 3166-1 alpha-2, e.g. 'CN' (mainland China)
 * @returns 'unknown' when there is no calendar for that country and year, or no such date: a weekend is not assumed to be
 * free where make-up working days exist
 */
export function dayKind(civilDate: string, country: string): DayKind {
  const weekday = weekdayOf(civilDate)
  const calendar = calendarOf(civilDate, country)
  if (weekday === undefined || calendar === undefined) return 'unknown'
  if (findHoliday(civilDate, country) !== undefined) return 'holiday'
  if (calendar.makeUpWorkdays.has(civilDate)) return 'make_up_workday'
  return weekday === 0 || weekday === 6 ? 'weekend' : 'workday'
}
