import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { fails, fits, type Reading, type ReadingDoubt } from '#src/identity/reading.ts'

/** Permits and certificates whose number has no check digit: only its form can be read. */
export type PermitForm =
  | 'home-return-permit'
  | 'taiwan-compatriot-permit'
  | 'exit-permit-hk-macao'
  | 'exit-permit-taiwan'
  | 'birth-certificate'

export type PermitNumber = {
  readonly form: PermitForm
  readonly number: string
  /** The part that stays when the permit is replaced, by which the bearer is found again; else the whole number. */
  readonly lasting: string
}

type Rule = {
  readonly form: PermitForm
  readonly pattern: RegExp
  readonly lastingLength: number
  readonly doubts: readonly ReadingDoubt[]
}

const rules: readonly Rule[] = [
  { form: 'home-return-permit', pattern: /^[HM]\d{8}$/, lastingLength: 9, doubts: [] },
  { form: 'home-return-permit', pattern: /^[HM]\d{10}$/, lastingLength: 9, doubts: [] },
  { form: 'taiwan-compatriot-permit', pattern: /^\d{8}$/, lastingLength: 8, doubts: [] },
  { form: 'taiwan-compatriot-permit', pattern: /^\d{10}[A-Z]?$/, lastingLength: 8, doubts: ['superseded'] },
  { form: 'exit-permit-hk-macao', pattern: /^C[\dA-HJ-NP-Z]\d{7}$/, lastingLength: 9, doubts: [] },
  { form: 'exit-permit-hk-macao', pattern: /^W\d{8}$/, lastingLength: 9, doubts: ['superseded'] },
  { form: 'exit-permit-taiwan', pattern: /^L\d{8}$/, lastingLength: 9, doubts: [] },
  { form: 'exit-permit-taiwan', pattern: /^T\d{8}$/, lastingLength: 9, doubts: ['superseded'] },
  { form: 'birth-certificate', pattern: /^[A-Z]\d{9}$/, lastingLength: 10, doubts: [] },
]

/**
 * A number of the permits in `wanted`:
 * - `home-return-permit` (回乡证): H or M and eight digits for life; the cards of 1999 add two that count replacements;
 * - `taiwan-compatriot-permit` (台胞证): eight digits for life; booklets before 2015 add two and often a letter;
 * - `exit-permit-hk-macao` and `exit-permit-taiwan` of mainland residents: C or L, then eight digits (since 2018 C, a
 *   letter and seven); W and T on booklets;
 * - `birth-certificate` of a child without other papers: a letter and nine digits.
 * Source: Ministry of Public Security, rules for the numbers of home return permits, 2010-03-10; the others as the
 * administrations announced the cards (2013 to 2018) and as they are printed.
 * @example readPermitNumber('H12345678 02', ['home-return-permit']).value.lasting // 'H12345678'
 */
export const readPermitNumber = (typed: string, wanted: readonly PermitForm[]): Reading<PermitNumber> => {
  const number = normaliseDocumentNumber(typed)
  if (number === '') return fails('empty')
  const rule = rules.find(({ form, pattern }) => wanted.includes(form) && pattern.test(number))
  if (rule === undefined) return fails('form')
  return fits({ form: rule.form, number, lasting: number.slice(0, rule.lastingLength) }, rule.doubts)
}
