import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { type CitizenNumber, readCitizenNumber } from '#src/identity/documents/citizen-number.ts'
import { type PassportNumber, readPassportNumber } from '#src/identity/documents/passport-number.ts'
import {
  type PermanentResidenceNumber,
  readPermanentResidenceNumber,
} from '#src/identity/documents/permanent-residence.ts'
import { type PermitNumber, readPermitNumber } from '#src/identity/documents/permit-number.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'
import { fails, fits, type Reading } from '#src/identity/reading.ts'

/** Nothing to read, which is how small children and people without papers come, or a paper whose rules are not known. */
export type UnreadDocument = { readonly form: 'none' | 'unknown'; readonly number: string }
export type NumberedDocument = CitizenNumber | PermitNumber | PermanentResidenceNumber | PassportNumber
export type DocumentValue = NumberedDocument | UnreadDocument

type Reader = (typed: string, today: string) => Reading<NumberedDocument>

const citizenOf =
  (...forms: readonly CitizenNumber['form'][]): Reader =>
  (typed, today) => {
    const reading = readCitizenNumber(typed, today)
    return reading.ok && !forms.includes(reading.value.form) ? fails('form') : reading
  }

/** By kind, the stricter rules first; a paper of several kinds stands with the one it is shown for. */
const readers: Readonly<Record<Exclude<DocumentKind, 'none'>, readonly Reader[]>> = {
  'resident-id': [citizenOf('resident-id', 'resident-id-15')],
  'hk-macao-permit': [
    citizenOf('hk-macao-residence'),
    (typed) => readPermitNumber(typed, ['home-return-permit']),
  ],
  'taiwan-permit': [
    citizenOf('taiwan-residence'),
    (typed) => readPermitNumber(typed, ['taiwan-compatriot-permit']),
  ],
  other: [
    readPermanentResidenceNumber,
    (typed) => readPermitNumber(typed, ['exit-permit-hk-macao', 'exit-permit-taiwan', 'birth-certificate']),
  ],
  passport: [readPassportNumber],
}

const readBy = (all: readonly Reader[], typed: string, today: string): Reading<NumberedDocument> => {
  const readings = all.map((read) => read(typed, today))
  const telling = readings.find((reading) => !reading.ok && reading.problem !== 'form')
  return readings.find((reading) => reading.ok) ?? telling ?? fails('form')
}

export type Recognised = {
  readonly kind: DocumentKind
  readonly reading: Reading<NumberedDocument> & { ok: true }
}

const kindsInOrder = ['resident-id', 'hk-macao-permit', 'taiwan-permit', 'other', 'passport'] as const

/**
 * Every kind of document whose rules a number fits, the most telling first, so that the kind need not be chosen before the
 * number. Many numbers fit several kinds: H12345678 is a home return permit and could be a passport of Hong Kong.
 * @param today  local day, YYYY-MM-DD
 * @example recogniseDocument('11010519491231002X', '2020-01-23').map(({ kind }) => kind) // ['resident-id']
 */
export const recogniseDocument = (typed: string, today: string): readonly Recognised[] =>
  kindsInOrder.flatMap((kind) => {
    const reading = readBy(readers[kind], typed, today)
    return reading.ok ? [{ kind, reading }] : []
  })

/**
 * How a number of a kind begins and what it is made of, whole or not. Identity cards of Hong Kong and Taiwan are often shown in
 * the place of the permit.
 */
const resembles: Readonly<Partial<Record<DocumentKind, readonly RegExp[]>>> = {
  'resident-id': [/^\d+X?$/],
  'hk-macao-permit': [/^(?:[HM]\d+|8[12]\d+X?)$/, /^[A-Z]{1,2}\d{6}[\dA]$/],
  'taiwan-permit': [/^\d+[A-Z]?$/, /^[A-Z][12]\d{8}$/],
}

/** Nearly everything could be a passport of somewhere, and much a birth certificate. */
const isLoose = ({ reading: { value } }: Recognised): boolean =>
  value.form === 'birth-certificate' || (value.form === 'passport' && value.issuer === null)

/** No hint at another kind where a number only lacks something of its own. */
const isHint = (kind: DocumentKind, number: string, found: Recognised): boolean =>
  !isLoose(found) || resembles[kind]?.some((form) => form.test(number)) !== true

/**
 * The kind a number was most likely meant for that fits the rules of none: by how it begins and how long it is.
 * @example likelyKind('11010519491231002') // 'resident-id'
 * @example likelyKind('H1234567') // 'hk-macao-permit'
 * @example likelyKind('C01X00T47') // undefined
 */
export const likelyKind = (typed: string): DocumentKind | undefined => {
  const number = normaliseDocumentNumber(typed)
  if (/^[HM]\d{6,11}$/.test(number)) return 'hk-macao-permit'
  if (!/^[1-9][\dOILSZBX]{13,19}$/.test(number)) return undefined
  if (/^8[12]0000/.test(number)) return 'hk-macao-permit'
  if (number.startsWith('830000')) return 'taiwan-permit'
  return number.startsWith('9') ? 'other' : 'resident-id'
}

/**
 * A document as the contract has it, read by the rules of its kind. No document and no number are as good as any; a paper
 * of another kind than said is told so. Where the rules of `other` do not know a paper it is taken as it is.
 * @param today  local day, YYYY-MM-DD
 * @example readDocument({ kind: 'none' }, '2020-01-23').ok // true
 * @example readDocument({ kind: 'passport', number: 'H12345678' }, '2020-01-23').value.issuer // 'HKG'
 */
export const readDocument = (
  document: { readonly kind: DocumentKind; readonly number?: string | undefined },
  today: string,
): Reading<DocumentValue> => {
  const number = normaliseDocumentNumber(document.number ?? '')
  if (number === '') return fits({ form: 'none', number })
  const own = document.kind === 'none' ? fails('form') : readBy(readers[document.kind], number, today)
  if (own.ok || own.problem !== 'form') return own
  const [other] = recogniseDocument(number, today).filter((found) => isHint(document.kind, number, found))
  if (other !== undefined) return fits(other.reading.value, [...other.reading.doubts, 'other-kind'])
  return document.kind === 'other' ? fits({ form: 'unknown', number }) : own
}
