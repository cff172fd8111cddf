import { type Locale, localeTag } from '@guankou/ui/i18n/locale.ts'
import { type ThemeChoice, themeOf } from '@guankou/ui/theme/theme.ts'
import type { i18n } from 'i18next'

/** Puts a theme on the page. */
export const applyTheme = (choice: ThemeChoice): void => {
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = themeOf(choice, dark)
}

/** Switches every text at once, without a reload. */
export const applyLanguage = (texts: i18n, locale: Locale): void => {
  void texts.changeLanguage(locale)
  document.documentElement.lang = localeTag[locale]
  document.title = texts.t('app.name')
}
