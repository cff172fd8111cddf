import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { mod112CheckOf } from '#src/identity/documents/check-digit.ts'
import { normaliseDocumentNumber } from '#src/identity/normalise.ts'

/**
 * The kind of a number that can be of no other: 18 places whose last checks the others, told apart by how they begin. People
 * are found again by kind and number, so that one whose kind nobody chose must not stand among the papers nobody knows.
 * Small on purpose, without the table of divisions: it is part of the first load of the phone.
 * Source: GB 11643-1999; State Council Office 2018 no. 81 for 81, 82 and 83.
 * @example unmistakableKind('1101 0519 4912 3100 2x') // 'resident-id'
 * @example unmistakableKind('110105194912310021') // undefined
 */
export const unmistakableKind = (typed: string): DocumentKind | undefined => {
  const number = normaliseDocumentNumber(typed)
  if (!/^[1-8]\d{16}[\dX]$/.test(number) || mod112CheckOf(number.slice(0, 17)) !== number.slice(17))
    return undefined
  if (/^8[12]0000/.test(number)) return 'hk-macao-permit'
  return number.startsWith('830000') ? 'taiwan-permit' : 'resident-id'
}
