import { isKnownDivisionPrefix } from '@guankou/geodata/identity-numbers/division-prefix.ts'
import { readBirthDate } from '#src/identity/documents/birth-date.ts'
import { mod112CheckOf } from '#src/identity/documents/check-digit.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { fails, fits, type Reading } from '#src/identity/reading.ts'

/** Who bears the number: by its first two digits, which are no place for residents of Hong Kong, Macao and Taiwan. */
export type CitizenNumberForm = 'resident-id' | 'resident-id-15' | 'hk-macao-residence' | 'taiwan-residence'

/**
 * A number of GB 11643. The division it begins with is checked and then forgotten: it tells where somebody was first
 * registered, never where they were.
 */
export type CitizenNumber = {
  readonly form: CitizenNumberForm
  readonly number: string
  /** In 18 characters; the same as `number` but for the first generation. */
  readonly number18: string
  readonly bornOn: string
}

const formOf = (number: string): CitizenNumberForm => {
  if (/^8[12]0000/.test(number)) return 'hk-macao-residence'
  return number.startsWith('830000') ? 'taiwan-residence' : 'resident-id'
}

const read18 = (number: string, today: string): Reading<CitizenNumber> => {
  const birth = readBirthDate(number.slice(6, 14), today)
  if (!birth.ok) return birth
  if (mod112CheckOf(number.slice(0, 17)) !== number.slice(17)) return fails('check-digit')
  const value: CitizenNumber = { form: formOf(number), number, number18: number, bornOn: birth.bornOn }
  const known = isKnownDivisionPrefix(number.slice(0, 6))
  return fits(value, known ? birth.doubts : ['unknown-division', ...birth.doubts])
}

/** First generation: year in two digits, no check. The orders 996 to 999 were for people over a hundred. */
const read15 = (number: string, today: string): Reading<CitizenNumber> => {
  const century = Number(number.slice(12)) >= 996 ? '18' : '19'
  const body = `${number.slice(0, 6)}${century}${number.slice(6)}`
  const reading = read18(body + mod112CheckOf(body), today)
  if (!reading.ok) return reading
  return fits({ ...reading.value, form: 'resident-id-15', number }, ['superseded', ...reading.doubts])
}

/**
 * A citizen number of the mainland, in 18 characters or in the 15 digits of the first generation (withdrawn on
 * 2013-01-01), or that of a residence permit for people from Hong Kong (81), Macao (82) and Taiwan (83).
 * Abolished division codes are known; an unknown one is a doubt, since tables age.
 * @param typed  as written; separators, width and case do not matter   @param today  local day, YYYY-MM-DD
 * Source: GB 11643-1999 and GB 11643-1989; Measures for residence permits of Hong Kong, Macao and Taiwan residents,
 * State Council Office 2018 no. 81.
 * @example readCitizenNumber('11010519491231002x', '2020-01-23').ok // true
 * @example readCitizenNumber('110105194912310021', '2020-01-23') // { ok: false, problem: 'check-digit' }
 */
export const readCitizenNumber = (typed: string, today: string): Reading<CitizenNumber> => {
  const number = normaliseDocumentNumber(typed)
  if (number === '') return fails('empty')
  if (/^[1-8]\d{16}[\dX]$/.test(number)) return read18(number, today)
  return /^[1-8]\d{14}$/.test(number) ? read15(number, today) : fails('form')
}
