import { isCivilDate } from '#src/places/calendar.ts'

/** How far ahead of today a document may end before its two digits are taken for a year of the past. */
const mostYearsAhead = 50

/** A day of the zone; null where the document leaves the day, month or year open. */
export type MrzDay = { readonly ok: true; readonly day: string | null } | { readonly ok: false }

const dayOf = (century: number, digits: string): string =>
  `${String(century * 100 + Number(digits.slice(0, 2))).padStart(4, '0')}-${digits.slice(2, 4)}-${digits.slice(4)}`

const isOpen = (digits: string): boolean => /^(?:\d\d|<<)(?:\d\d|<<)<<$/.test(digits)

const readDay = (digits: string, latest: string): MrzDay => {
  if (isOpen(digits)) return { ok: true, day: null }
  if (!/^\d{6}$/.test(digits)) return { ok: false }
  const century = Math.floor(Number(latest.slice(0, 4)) / 100)
  const inThis = dayOf(century, digits)
  const day = inThis <= latest ? inThis : dayOf(century - 1, digits)
  return isCivilDate(day) ? { ok: true, day } : { ok: false }
}

/**
 * The latest day with these two digits of the year that is not ahead: somebody over a hundred is read as a child, which
 * the person can see.
 * @param digits  YYMMDD; fillers where unknown   @param today  local day, YYYY-MM-DD
 * Source: ICAO Doc 9303-3, 8th edition, 4.7.
 * @example readMrzBirth('740812', '2020-01-23') // { ok: true, day: '1974-08-12' }
 */
export const readMrzBirth = (digits: string, today: string): MrzDay => readDay(digits, today)

/**
 * The day a document ends, at most 50 years ahead and else in the past.
 * @param digits  YYMMDD; fillers where it has no end   @param today  local day, YYYY-MM-DD
 * @example readMrzExpiry('120415', '2020-01-23') // { ok: true, day: '2012-04-15' }
 */
export const readMrzExpiry = (digits: string, today: string): MrzDay =>
  readDay(digits, `${Number(today.slice(0, 4)) + mostYearsAhead}-12-31`)
