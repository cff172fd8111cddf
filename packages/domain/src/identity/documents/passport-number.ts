import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { fails, fits, type Reading, type ReadingDoubt } from '#src/identity/reading.ts'

/** `issuer` is CHN, HKG or MAC where the form of the number is theirs, and null where it could be anybody’s. */
export type PassportNumber = {
  readonly form: 'passport'
  readonly number: string
  readonly issuer: string | null
}

type Rule = readonly [issuer: string, pattern: RegExp, doubts: readonly ReadingDoubt[]]

const rules: readonly Rule[] = [
  ['CHN', /^E[\dA-HJ-NP-Z]\d{7}$/, []],
  ['CHN', /^[DSP]E\d{7}$/, []],
  ['CHN', /^(?:G\d{8}|1[45]\d{7})$/, ['superseded']],
  ['HKG', /^[HK](?:\d|J)\d{7}$/, []],
  ['MAC', /^M[A-Z]\d{7}$/, []],
]

/**
 * A passport number: four to nine capital letters and digits with a digit among them, no check of its own. More than the
 * form is known only where the machine readable zone is read as well. That a form is somebody’s does not say that the
 * bearer came from there.
 * Source: ICAO Doc 9303-4, 4.2.2 (nine places); National Immigration Administration for E, DE, SE, PE and the earlier G;
 * the immigration departments of Hong Kong and Macao for theirs.
 * @example readPassportNumber('e 1234 5678').value.issuer // 'CHN'
 */
export const readPassportNumber = (typed: string): Reading<PassportNumber> => {
  const number = normaliseDocumentNumber(typed)
  if (number === '') return fails('empty')
  const [issuer, , doubts] = rules.find(([, pattern]) => pattern.test(number)) ?? [null, null, []]
  if (issuer !== null) return fits({ form: 'passport', number, issuer }, doubts)
  const plausible = /^[A-Z\d]{4,9}$/.test(number) && /\d/.test(number)
  return plausible ? fits({ form: 'passport', number, issuer: null }) : fails('form')
}
