import { normaliseDocumentNumber, normalisePhone } from '#src/identity/normalise.ts'

const tailLetters = 4

/** What opens a person's page besides the code: the end of the number that was recorded, or nothing. */
export type Proof =
  | { readonly is: 'tail'; readonly of: 'document' | 'phone'; readonly tail: string }
  | { readonly is: 'none' }

/**
 * The last four characters of a number, as it is compared.
 * @returns undefined where there are fewer
 * @example tailOf('4404 0219 9001 0112 3x') // '123X'
 */
export const tailOf = (number: string): string | undefined => {
  const letters = [...normaliseDocumentNumber(number)]
  return letters.length < tailLetters ? undefined : letters.slice(-tailLetters).join('')
}

/**
 * By what a person is known: the document where its number was recorded, else the phone, else only in person.
 * @example proofOf({ phone: '13812345678' }) // { is: 'tail', of: 'phone', tail: '5678' }
 */
export const proofOf = (recorded: { readonly document?: string; readonly phone?: string }): Proof => {
  const document = recorded.document === undefined ? undefined : tailOf(recorded.document)
  if (document !== undefined) return { is: 'tail', of: 'document', tail: document }
  const phone = recorded.phone === undefined ? undefined : tailOf(normalisePhone(recorded.phone))
  return phone === undefined ? { is: 'none' } : { is: 'tail', of: 'phone', tail: phone }
}
