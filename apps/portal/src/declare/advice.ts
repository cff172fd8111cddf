import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { readDocument } from '@guankou/domain/identity/documents/read-document.ts'
import { readPhone } from '@guankou/domain/identity/phones/read-phone.ts'
import { readPlate } from '@guankou/domain/identity/plates/read-plate.ts'
import { doubtTexts, problemTexts, type Reading } from '@guankou/domain/identity/reading.ts'
import type { Language } from '#src/texts/text.ts'

/** What a number looks like, in words; nothing where it looks right or is not there. */
const adviceOf = (reading: Reading<unknown>, language: Language): string | undefined => {
  if (!reading.ok) return reading.problem === 'empty' ? undefined : problemTexts[reading.problem][language]
  const [doubt] = reading.doubts
  return doubt === undefined ? undefined : doubtTexts[doubt][language]
}

/** Something typed whose form is known. */
export type Typed =
  | { readonly is: 'plate'; readonly text: string }
  | { readonly is: 'phone'; readonly text: string }
  | { readonly is: 'document'; readonly text: string; readonly kind: DocumentKind; readonly today: string }

/** What to look at again in what was typed. */
export const adviceOn = (typed: Typed, language: Language): string | undefined => {
  if (typed.is === 'plate') return adviceOf(readPlate(typed.text), language)
  if (typed.is === 'phone') return adviceOf(readPhone(typed.text), language)
  return adviceOf(readDocument({ kind: typed.kind, number: typed.text }, typed.today), language)
}
