import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import type { MrzCheck } from '@guankou/domain/identity/mrz/fields.ts'
import type { PlateForm } from '@guankou/domain/identity/plates/plate-rules.ts'

/** What can be read: a code, the plate of a vehicle, or a document. */
export const captureWants = ['qr', 'plate', 'document'] as const
export type CaptureWant = (typeof captureWants)[number]

/** A text, and how sure the reading is of it, 0 to 1. */
export type ReadText = { readonly text: string; readonly confidence: number }

export type CodeRead = { readonly is: 'qr'; readonly text: string }

export type PlateRead = {
  readonly is: 'plate'
  readonly plate: string
  readonly form: PlateForm
  readonly confidence: number
  /** Other plates it may be, the likeliest first. */
  readonly others: readonly ReadText[]
}

/** Whether a check digit speaks for a number: it fits, it does not, or the number has none that was read. */
export type CheckState = 'fits' | 'fails' | 'none'

export type DocumentRead = {
  readonly is: 'document'
  readonly from: 'card' | 'mrz'
  readonly kind: DocumentKind
  readonly number: ReadText
  readonly check: CheckState
  /** Numbers with a fitting check digit near one that does not fit; to be compared, never taken unseen. */
  readonly repairs: readonly string[]
  readonly name: ReadText
  /** Of a zone: who issued it, when it ends, and which check digits failed. */
  readonly issuer?: string
  readonly expiresOn?: string | null
  readonly failing?: readonly MrzCheck[]
}

export type CaptureRead = CodeRead | PlateRead | DocumentRead

/** What is compared between two looks at the same thing. */
export const keyOf = (read: CaptureRead): string => {
  if (read.is === 'qr') return read.text
  return read.is === 'plate' ? read.plate : `${read.kind} ${read.number.text} ${read.name.text}`
}
