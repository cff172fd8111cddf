import type { QuarantineField } from '@guankou/contract/quarantine/people.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'

/** The head of an address, which tells the district and no door: every digit is covered, and all after the sixth letter. */
const maskAddress = (address: string): string =>
  `${[...address]
    .slice(0, 6)
    .map((letter) => (/\d/.test(letter) ? '*' : letter))
    .join('')}***`

/** A field with most of it covered. @param text  in its normal form */
export const maskQuarantineField = (field: QuarantineField, text: string): string =>
  field === 'address' ? maskAddress(text) : maskField(field, text)
