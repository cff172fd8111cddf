import { mrzCheckOf } from '#src/identity/documents/check-digit.ts'
import { readMrzBirth, readMrzExpiry } from '#src/identity/mrz/dates.ts'
import type { MrzCheck, MrzFields, MrzValue } from '#src/identity/mrz/fields.ts'
import { checkPlaceOf, type MrzLayout, mrzLayouts, type Span, spanOf } from '#src/identity/mrz/layout.ts'
import { readMrzNames } from '#src/identity/mrz/names.ts'
import { isStateOfMrz } from '#src/identity/mrz/states.ts'
import type { ReadingDoubt, ReadingProblem } from '#src/identity/reading.ts'

export type MrzReading =
  | { readonly ok: true; readonly value: MrzValue; readonly doubts: readonly ReadingDoubt[] }
  | {
      readonly ok: false
      readonly problem: ReadingProblem
      /** The check digits that do not fit; empty where the problem is another. */
      readonly failing: readonly MrzCheck[]
    }

/**
 * The lines of a zone as typed, scanned or sent by a reader: no blanks, capital letters, « as two fillers; one long line is
 * parted.
 */
export const mrzLinesOf = (typed: string): readonly string[] => {
  const lines = typed
    .split(/[\r\n]+/)
    .map((line) => line.normalize('NFKC').toUpperCase().replaceAll('«', '<<').replace(/\s/g, ''))
    .filter((line) => line !== '')
  const [only = ''] = lines
  const layout = Object.values(mrzLayouts).find(({ lines: count, width }) => only.length === count * width)
  if (lines.length !== 1 || layout === undefined) return lines
  return Array.from({ length: layout.lines }, (_, at) =>
    only.slice(at * layout.width, (at + 1) * layout.width),
  )
}

export const mrzLayoutOf = (lines: readonly string[]): MrzLayout | undefined =>
  Object.values(mrzLayouts).find(
    (layout) => lines.length === layout.lines && lines.every((line) => line.length === layout.width),
  )

const withoutFillers = (text: string): string => text.replace(/<+$/, '')

type NumberPart = { readonly number: string; readonly optional: string; readonly isRight: boolean }

const hasCheck = (field: string, check: string): boolean =>
  check === mrzCheckOf(field) || (check === '<' && /^<*$/.test(field))

/**
 * A number of more than nine places goes on in the optional data, with its check digit and a filler behind it. Whether the
 * filler at the tenth place counts in that digit is left open by the standard, whose example comes out the same either
 * way, and issuers differ: both are right.
 */
const readNumber = (lines: readonly string[], layout: MrzLayout): NumberPart => {
  const first = spanOf(lines, layout.documentNumber)
  const check = spanOf(lines, checkPlaceOf(layout.documentNumber))
  const optional = spanOf(lines, layout.optional)
  const [rest = ''] = optional.split('<')
  if (layout.format === 'TD3' || check !== '<' || rest.length < 2)
    return {
      number: withoutFillers(first),
      optional: withoutFillers(optional),
      isRight: hasCheck(first, check),
    }
  const tail = rest.slice(0, -1)
  return {
    number: first + tail,
    optional: withoutFillers(optional.slice(rest.length + 1)),
    isRight: [first + tail, `${first}<${tail}`].some((counted) => mrzCheckOf(counted) === rest.slice(-1)),
  }
}

const failingOf = (lines: readonly string[], layout: MrzLayout, number: NumberPart): MrzCheck[] => {
  const isWrong = (field: Span, place: Span): boolean => !hasCheck(spanOf(lines, field), spanOf(lines, place))
  const { birth, expiry, optional, optionalCheck, composed, composite } = layout
  const whole = composed.map((span) => spanOf(lines, span)).join('')
  return [
    ...(number.isRight ? [] : (['documentNumber'] as const)),
    ...(isWrong(birth, checkPlaceOf(birth)) ? (['birth'] as const) : []),
    ...(isWrong(expiry, checkPlaceOf(expiry)) ? (['expiry'] as const) : []),
    ...(optionalCheck !== null && isWrong(optional, optionalCheck) ? (['optional'] as const) : []),
    ...(mrzCheckOf(whole) === spanOf(lines, composite) ? [] : (['composite'] as const)),
  ]
}

const sexes: Readonly<Record<string, MrzFields['sex']>> = { F: 'F', M: 'M', X: 'X', '<': 'X' }

const letters = (text: string): string | undefined => /^([A-Z]+)<*$/.exec(text)?.[1]

const formProblem = { ok: false, problem: 'form', failing: [] } as const

/**
 * The machine readable zone of a passport (TD3) or card (TD1, TD2) with all its check digits. They do not cover names,
 * sex, issuer and, on passports and cards in two lines, the nationality: these are compared by eye.
 * @param typed  the lines   @param today  local day, YYYY-MM-DD
 * Source: ICAO Doc 9303, 8th edition, parts 3 to 6.
 * @example readMrz('I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<', '2010-01-01').value.bornOn // '1974-08-12'
 */
export const readMrz = (typed: string, today: string): MrzReading => {
  const lines = mrzLinesOf(typed)
  if (lines.length === 0) return { ok: false, problem: 'empty', failing: [] }
  const layout = mrzLayoutOf(lines)
  if (layout === undefined || !lines.every((line) => /^[A-Z0-9<]+$/.test(line))) return formProblem
  const at = (span: Span): string => spanOf(lines, span)
  const documentCode = letters(at(layout.documentCode))
  const issuer = letters(at(layout.issuer))
  const nationality = letters(at(layout.nationality))
  const sex = sexes[at(layout.sex)]
  const isKind = layout.format === 'TD3' ? /^P/ : /^[ACIP]/
  if (documentCode === undefined || !isKind.test(documentCode)) return formProblem
  if (issuer === undefined || nationality === undefined || sex === undefined) return formProblem
  const number = readNumber(lines, layout)
  const failing = failingOf(lines, layout, number)
  if (failing.length > 0) return { ok: false, problem: 'check-digit', failing }
  const birth = readMrzBirth(at(layout.birth), today)
  const expiry = readMrzExpiry(at(layout.expiry), today)
  if (!birth.ok || !expiry.ok) return { ok: false, problem: 'no-such-day', failing: [] }
  const { surname, givenNames, isCut } = readMrzNames(at(layout.names))
  if (!/^[A-Z ]+$/.test(surname + givenNames)) return formProblem
  const value: MrzValue = {
    format: layout.format,
    documentCode,
    issuer,
    documentNumber: number.number,
    nationality,
    birth: at(layout.birth),
    sex,
    expiry: at(layout.expiry),
    surname,
    givenNames,
    optional: number.optional,
    optionalSecond: layout.optionalSecond === null ? '' : withoutFillers(at(layout.optionalSecond)),
    bornOn: birth.day,
    expiresOn: expiry.day,
    isNameCut: isCut,
  }
  const doubts: ReadingDoubt[] = []
  if (!isStateOfMrz(issuer) || !isStateOfMrz(nationality)) doubts.push('unknown-state')
  if (expiry.day !== null && expiry.day < today) doubts.push('expired')
  return { ok: true, value, doubts }
}
