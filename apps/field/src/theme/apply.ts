import { type Locale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type ThemeChoice, themeOf } from '@guankou/ui/theme/theme.ts'
import type { i18n } from 'i18next'

/** Puts a theme on the page. */
export const applyTheme = (choice: ThemeChoice): void => {
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = themeOf(choice, dark)
}

/** English is no part of the first load: most phones never show it. */
const loadTexts = async (texts: i18n, locale: Locale): Promise<void> => {
  if (locale !== 'en' || texts.getResource('en', 'app', 'app.name') !== undefined) return
  const { fieldTextsEn } = await import('#src/i18n/en.ts')
  texts.addResourceBundle('en', 'app', fieldTextsEn)
}

/** Switches every text at once, without a reload; where the texts cannot be fetched, everything stays as it is. */
export const applyLanguage = async (texts: i18n, locale: Locale): Promise<void> => {
  await loadTexts(texts, locale)
  await texts.changeLanguage(locale)
  document.documentElement.lang = localeTag[locale]
  document.title = texts.t('app.name')
}
