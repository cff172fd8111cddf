import type { ShownCertificate } from '@guankou/contract/certificates/shown.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import type { IssuedDeclaration } from '@guankou/domain/declarations/pack-declaration.ts'
import { looksLikeDeclaration } from '@guankou/domain/declarations/signed-text.ts'
import { looksLikeHandover } from '@guankou/domain/handovers/handover-code.ts'
import type { DocumentRead } from './reading/reads.ts'

/** What a person has confirmed, and so all that leaves the scanner. */
export type CaptureResult =
  | { readonly is: 'handover'; readonly text: string }
  /** `passes`: everyone declared was seen, measured and is under the threshold. */
  | { readonly is: 'declaration'; readonly issued: IssuedDeclaration; readonly passes?: true }
  | { readonly is: 'certificate'; readonly shown: ShownCertificate }
  | { readonly is: 'plate'; readonly plate: string }
  | { readonly is: 'document'; readonly kind: DocumentKind; readonly number: string; readonly name: string }

export const documentFields = ['kind', 'number', 'name'] as const
export type DocumentField = (typeof documentFields)[number]

/** Names less sure than this are compared one by one. */
const sureName = 0.9

/**
 * Fields that have to be compared and ticked one by one before a reading can be used. All of a machine readable zone: in tests four
 * of 72 were valid and wrong, which no check digit shows. Of a card, the number whose check digit does not fit, and an unsure name.
 */
export const fieldsToCompare = (read: DocumentRead): readonly DocumentField[] => {
  if (read.from === 'mrz') return documentFields
  return [
    ...(read.check === 'fits' ? [] : (['number'] as const)),
    ...(read.name.text !== '' && read.name.confidence < sureName ? (['name'] as const) : []),
  ]
}

/** What a code is, from its text alone: a slip of ours opens a page, a declaration and a hand-over begin with their marks. */
export type CodeKind = 'slip' | 'declaration' | 'handover' | 'certificate' | 'other'

/** What somebody came to scan; any other code is said to be what it is. */
export type CodeWanted = Extract<CodeKind, 'declaration' | 'handover'>

export const codeKindOf = (text: string): CodeKind => {
  if (looksLikeDeclaration(text)) return 'declaration'
  if (looksLikeHandover(text)) return 'handover'
  // By its mark alone: what reads a certificate is no part of the scanner.
  if (/^\s*(HC1:|shc:\/)/i.test(text)) return 'certificate'
  return /\/portal\/me#code=/.test(text) ? 'slip' : 'other'
}
