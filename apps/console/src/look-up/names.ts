import type { SearchedKind } from '@guankou/contract/identity/look-up.ts'
import { documentKindNames } from '@guankou/contract/screening/names.ts'
import type { DocumentKind } from '@guankou/contract/screening/vocabulary.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'

const isDocument = (kind: string): kind is DocumentKind => kind in documentKindNames

/** What somebody is looked up by, in words. */
export const soughtName = (t: TFunction, locale: Locale, kind: SearchedKind): string => {
  if (kind === 'plate') return t('lookUp.kinds.plate')
  if (kind === 'service') return t('lookUp.kinds.service')
  if (kind === 'phone') return t('lookUp.kinds.phone')
  if (kind === 'address') return t('lookUp.kinds.address')
  return inLocale(documentKindNames[kind], locale)
}

/** The kind of a document, in words. */
export const documentName = (locale: Locale, kind: string): string =>
  isDocument(kind) ? inLocale(documentKindNames[kind], locale) : kind
