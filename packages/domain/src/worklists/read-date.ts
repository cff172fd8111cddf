import type { DateOrder } from '@guankou/contract/worklists/vocabulary.ts'
import { addDays, daysBetween, isCivilDate } from '#src/places/calendar.ts'

/** What a cell says of a day. `orders`: the ways in which it could be read, where that is more than one. */
export type DateReading =
  | { readonly is: 'empty' }
  | { readonly is: 'day'; readonly day: string }
  | { readonly is: 'ambiguous'; readonly orders: readonly DateOrder[] }
  | { readonly is: 'unreadable' }
  /** 1.1 may have been 1.10 before a spreadsheet took it for a number. `days`: what it could be. */
  | { readonly is: 'zero-lost'; readonly days: readonly string[] }

export type DateContext = {
  /** Local day, YYYY-MM-DD: a day without a year is the one nearest to it. */
  readonly today: string
  readonly order: DateOrder | null
  /** Workbooks of some programs count from 1904. */
  readonly countsFrom1904?: boolean
}

const unreadable: DateReading = { is: 'unreadable' }
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const civil = (year: number, month: number, day: number): string | undefined => {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return year >= 1900 && year <= 2199 && isCivilDate(text) ? text : undefined
}

const dayOr = (day: string | undefined): DateReading => (day === undefined ? unreadable : { is: 'day', day })

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits))

/** The day of a month that is nearest to today, in the year before, this one or the next. */
const nearestDay = (month: number, day: number, today: string): string | undefined => {
  const year = Number(today.slice(0, 4))
  const away = (found: string): number => Math.abs(daysBetween(today, found))
  return [year - 1, year, year + 1]
    .map((each) => civil(each, month, day))
    .filter((each) => each !== undefined)
    .toSorted((a, b) => away(a) - away(b))[0]
}

const withoutYear = (month: number, day: number, today: string): DateReading =>
  dayOr(nearestDay(month, day, today))

/**
 * Days of spreadsheets: 1 is 1900-01-01 and 60 a day that never was, so that 61 is 1900-03-01.
 * Source: ECMA-376 part 1, 18.17.4.1.
 * @example serialDay(43_835, false) // '2020-01-05'
 */
export const serialDay = (serial: number, countsFrom1904: boolean): string | undefined => {
  const whole = Math.floor(serial) + (countsFrom1904 ? 1_462 : 0)
  return whole >= 61 && whole <= 109_000 ? addDays('1899-12-30', whole) : undefined
}

const partsOf: Readonly<Record<DateOrder, (a: string, b: string, c: string) => readonly string[]>> = {
  'year-first': (a, b, c) => [a, b, c],
  'day-first': (a, b, c) => [c, b, a],
  'month-first': (a, b, c) => [c, a, b],
}

type OrderedDay = { readonly order: DateOrder; readonly found: string }

/** What three numbers are in each order in which there is such a day. */
const readingsOf = (a: string, b: string, c: string): readonly OrderedDay[] => {
  const orders: readonly DateOrder[] =
    c.length === 4 ? ['day-first', 'month-first'] : ['year-first', 'day-first', 'month-first']
  return orders.flatMap((each) => {
    const [year = '', month = '', day = ''] = partsOf[each](a, b, c)
    const found = year.length === 1 ? undefined : civil(fullYear(year), Number(month), Number(day))
    return found === undefined ? [] : [{ order: each, found }]
  })
}

/** Without a time of day behind it: 2020-01-05t08:00, 2020-01-05 14:30:00, 1月5日 下午3点. */
const withoutTime = (text: string): string => {
  const clock = text.search(/[t ]\d{1,2}:\d\d/)
  const words = text.search(/[ 日号](?:上午|下午|早上|中午|晚上|凌晨|\d{1,2}[点时])/)
  if (clock > 0) return text.slice(0, clock).trim()
  return words > 0 ? text.slice(0, words + 1).trim() : text
}

const threeNumbers = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})$/

/**
 * The orders in which three numbers are a day at all; undefined where a cell is anything else.
 * @example ordersOfDay('25/1/2020') // ['day-first']
 */
export const ordersOfDay = (cell: string): readonly DateOrder[] | undefined => {
  const three = threeNumbers.exec(withoutTime(cell.normalize('NFKC').trim()))
  if (three === null) return undefined
  const readings = readingsOf(three[1] ?? '', three[3] ?? '', three[4] ?? '')
  return readings.length === 0 ? undefined : readings.map(({ order }) => order)
}

/** A day of three numbers whose year cannot be told by its length. */
const readThree = (a: string, b: string, c: string, order: DateOrder | null): DateReading => {
  const readings = readingsOf(a, b, c)
  const [first] = readings
  if (first === undefined) return unreadable
  if (readings.every(({ found }) => found === first.found)) return { is: 'day', day: first.found }
  const chosen = readings.find((each) => each.order === order)
  if (chosen !== undefined) return { is: 'day', day: chosen.found }
  return { is: 'ambiguous', orders: readings.map((each) => each.order) }
}

const readTwo = (a: number, b: number, { today, order }: DateContext): DateReading => {
  if (a > 12 && b <= 12) return withoutYear(b, a, today)
  return order === 'day-first' && b <= 12 ? withoutYear(b, a, today) : withoutYear(a, b, today)
}

/** 5 Jan 2020, Jan 5 2020, 05-jan-20, January 5th: words and numbers in either order. */
const readWithMonthName = (text: string, context: DateContext): DateReading | undefined => {
  if (!/[a-z]/.test(text)) return undefined
  const parts = text.split(/[ ,.-]/).filter((part) => part !== '')
  const named = parts.findIndex((part) => /^[a-z]{3,9}$/.test(part))
  const month = months.indexOf((parts[named] ?? '').slice(0, 3)) + 1
  const numbers = parts.filter((_, at) => at !== named).map((part) => part.replace(/(?:st|nd|rd|th)$/, ''))
  const [day = '', year] = numbers
  if (month === 0 || named > 1 || numbers.length > 2 || !/^\d{1,2}$/.test(day)) return unreadable
  if (year === undefined) return withoutYear(month, Number(day), context.today)
  return /^(?:\d{4}|\d{2})$/.test(year) ? dayOr(civil(fullYear(year), month, Number(day))) : unreadable
}

const readDigits = (text: string, { countsFrom1904 }: DateContext): DateReading | undefined => {
  if (/^(?:19|20)\d{6}$/.test(text))
    return dayOr(civil(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))))
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return dayOr(serialDay(Number(text), countsFrom1904 ?? false))
  return undefined
}

const chineseDigits = '〇一二三四五六七八九'
const chineseNumber = (text: string): string => {
  const plain = text.replace(/[零○]/g, '〇')
  const [tens, ones] = plain.split('十')
  if (ones === undefined) return [...plain].map((digit) => chineseDigits.indexOf(digit)).join('')
  const value = (digit: string, empty: number): number =>
    digit === '' ? empty : chineseDigits.indexOf(digit)
  return String(10 * value(tens ?? '', 1) + value(ones, 0))
}

/** 二〇二〇年一月十五日 in digits. */
const withDigits = (text: string): string =>
  /[一二三四五六七八九十]月/.test(text)
    ? text.replace(
        /[〇零○一二三四五六七八九]?十[〇零○一二三四五六七八九]?|[〇零○一二三四五六七八九]{1,4}/g,
        chineseNumber,
      )
    : text

/** In tenths a spreadsheet drops the zero at the end: 1.1, 1.2 and 1.3 may have been the 10th, 20th and 30th. */
const readTenths = (text: string, { today }: DateContext): DateReading | undefined => {
  const tenths = /^(\d{1,2})\.([123])$/.exec(text)
  if (tenths === null) return undefined
  const days = [Number(tenths[2]), Number(tenths[2]) * 10].map((day) =>
    nearestDay(Number(tenths[1]), day, today),
  )
  const [first, second] = days.filter((day) => day !== undefined)
  if (first === undefined || second === undefined) return dayOr(first)
  return { is: 'zero-lost', days: [first, second] }
}

const readNumbers = (text: string, context: DateContext): DateReading => {
  const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(text)
  if (yearFirst !== null)
    return dayOr(civil(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])))
  const shortYear = /^(\d{2})年(\d{1,2})月(\d{1,2})[日号]?$/.exec(text)
  if (shortYear !== null)
    return dayOr(civil(fullYear(shortYear[1] ?? ''), Number(shortYear[2]), Number(shortYear[3])))
  const inWords = /^(\d{1,2})月(\d{1,2})[日号]?$/.exec(text)
  if (inWords !== null) return withoutYear(Number(inWords[1]), Number(inWords[2]), context.today)
  const three = threeNumbers.exec(text)
  if (three !== null) return readThree(three[1] ?? '', three[3] ?? '', three[4] ?? '', context.order)
  const two = /^(\d{1,2})[-/.](\d{1,2})$/.exec(text)
  const tenths = readTenths(text, context)
  if (tenths !== undefined) return tenths
  return two === null ? unreadable : readTwo(Number(two[1]), Number(two[2]), context)
}

/**
 * A day as clerks write it. A date of three short numbers is asked about, never guessed, unless only one reading exists or
 * the order of its column was chosen; two numbers are month and day, of the year in which they are nearest to today.
 * @example readDate('1月5日', { today: '2020-02-10', order: null }) // { is: 'day', day: '2020-01-05' }
 * @example readDate('12.30', { today: '2020-02-10', order: null }) // { is: 'day', day: '2019-12-30' }
 * @example readDate('43835', { today: '2020-02-10', order: null }) // { is: 'day', day: '2020-01-05' }
 * @example readDate('5/1/2020', { today: '2020-02-10', order: null }).is // 'ambiguous'
 */
export const readDate = (cell: string, context: DateContext): DateReading => {
  const folded = cell.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
  if (folded === '') return { is: 'empty' }
  const digits = readDigits(folded, context)
  if (digits !== undefined) return digits
  const text = withDigits(withoutTime(folded.replace(/ ?\(?(?:星期|周)[一二三四五六日天]\)?$/, '')))
  return readWithMonthName(text, context) ?? readNumbers(text.replaceAll(' ', ''), context)
}
