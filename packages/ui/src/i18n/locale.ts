import type { Bilingual } from '@guankou/contract/primitives.ts'

export const locales = ['zh', 'en'] as const
export type Locale = (typeof locales)[number]

/** The tag that `lang` attributes and `Intl` take. */
export const localeTag: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en-GB' }

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value)

/** The first language asked for that we have; Chinese where none is. */
export const preferredLocale = (languages: readonly string[]): Locale =>
  languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale) ?? 'zh'

/** A text of the data in the language of the page. */
export const inLocale = (text: Bilingual, locale: Locale): string => text[locale]
