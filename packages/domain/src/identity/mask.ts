import type { MaskedField } from '@guankou/contract/identity/look-up.ts'
import type { IdentityField } from '@guankou/contract/identity/purposes.ts'

const covered = (letters: readonly string[], from: number, to: number): string =>
  letters.map((letter, index) => (index >= from && index < letters.length - to ? '*' : letter)).join('')

/** Keeps the ends of a text, and never more of it than is covered. */
const coverMiddle = (text: string, keepFirst: number, keepLast: number): string => {
  const letters = [...text.trim()]
  if (letters.length >= 2 * (keepFirst + keepLast)) return covered(letters, keepFirst, keepLast)
  return covered(letters, letters.length > 2 ? 1 : 0, 0)
}

/** The first letter of a name; how long the rest is stays open beyond two letters. */
const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name.trim()]
  if (rest.length === 0) return '*'
  return first + (rest.length === 1 ? '*' : '**')
}

/** The division and the last digits of a resident identity number (GB 11643): birthday and most of the order stay covered. */
const maskDocument = (number: string): string =>
  /^\d{17}[\dX]$/.test(number) ? covered([...number], 4, 4) : coverMiddle(number, 1, 2)

const maskPhone = (phone: string): string =>
  /^1\d{10}$/.test(phone) ? covered([...phone], 3, 4) : coverMiddle(phone, 2, 2)

const maskPlate = (plate: string): string => coverMiddle(plate, 2, 1)

/** The day stays open: without its number a run is one of hundreds. What is not written as a run is covered as a whole. */
const maskService = (service: string): string => {
  const [, number, departure] = /^(\S+)( \d{4}-\d\d-\d\d(?: [0-9A-Z]{1,3})?)$/.exec(service) ?? []
  if (number === undefined || departure === undefined) return coverMiddle(service, 1, 1)
  return coverMiddle(number, 1, 1) + departure
}

const masks: Readonly<Record<IdentityField, (text: string) => string>> = {
  name: maskName,
  document: maskDocument,
  phone: maskPhone,
  plate: maskPlate,
  service: maskService,
}

/**
 * A field with most of it covered: enough to tell two people of one search apart, not enough to call or find them.
 * @param text  in its normal form
 * @example maskField('name', '张三') // '张*'
 * @example maskField('document', '44040219900101123X') // '4404**********123X'
 * @example maskField('phone', '13812345678') // '138****5678'
 * @example maskField('plate', '粤C12345') // '粤C****5'
 */
export const maskField = (field: IdentityField, text: string): string => masks[field](text)

/** What was given of somebody, in its normal form. */
export type GivenIdentity = {
  readonly name?: string | undefined
  readonly documentNumber?: string | undefined
}

const maskTail = (number: string): string => {
  const letters = [...number]
  return letters.length < 6 ? '****' : `****${letters.slice(letters.length >= 8 ? -4 : -2).join('')}`
}

/**
 * Somebody as they are offered at a barrier, where others look on: the family name and the end of the document. Where they
 * were first registered stands at the other end and stays covered.
 * @example maskForOffer({ name: '王小明', documentNumber: '44040219900101123X' })[1].masked // '****123X'
 */
export const maskForOffer = ({ name, documentNumber }: GivenIdentity): MaskedField[] => [
  ...(name === undefined ? [] : [{ field: 'name' as const, masked: maskName(name) }]),
  ...(documentNumber === undefined ? [] : [{ field: 'document' as const, masked: maskTail(documentNumber) }]),
]
