import type { SoughtKind } from '@guankou/contract/identity/look-up.ts'
import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import { normalisePlate } from '#src/screening/plates.ts'
import { normaliseServiceNumber } from '#src/screening/service.ts'

/**
 * A document number in the one form that is stored and compared: capital letters and digits, full-width forms folded,
 * without the blanks, hyphens and brackets that people write between them. What is none of these stays and is seen.
 * @example normaliseDocumentNumber('4404 0219 9001 0112 3x') // '44040219900101123X'
 * @example normaliseDocumentNumber('H123456(7)') // 'H1234567'
 */
export const normaliseDocumentNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s()·•.\-/]/gu, '')

/**
 * A phone number in the one form that is stored and compared: digits alone, with the country code after a plus sign
 * where one was given (ITU-T E.164). A mainland mobile number stands without its country code, because nobody at a
 * barrier says it.
 * @example normalisePhone('0086 138-1234-5678') // '13812345678'
 * @example normalisePhone('+853 6612 3456') // '+85366123456'
 */
export const normalisePhone = (phone: string): string => {
  const bare = phone
    .normalize('NFKC')
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+')
  return /^\+861\d{10}$/.test(bare) ? bare.slice(3) : bare
}

/** A traveller with document number and phone in their normal form; nothing is dropped that would leave them empty. */
export const withNormalIdentity = (traveller: Traveller): Traveller => {
  const { document, phone } = traveller
  const number = document.number === undefined ? undefined : normaliseDocumentNumber(document.number)
  const normalPhone = phone === undefined ? undefined : normalisePhone(phone)
  return {
    ...traveller,
    ...(number === undefined || number === '' ? {} : { document: { ...document, number } }),
    ...(normalPhone === undefined || normalPhone === '' ? {} : { phone: normalPhone }),
  }
}

/** What is searched for in the form in which it was stored. */
export const normaliseSought = (kind: SoughtKind, text: string): string => {
  if (kind === 'plate') return normalisePlate(text)
  if (kind === 'service') return normaliseServiceNumber(text)
  return kind === 'phone' ? normalisePhone(text) : normaliseDocumentNumber(text)
}
