import { isLocale, type Locale, localeTag, preferredLocale } from '@guankou/ui/i18n/locale.ts'
import { isThemeChoice, type ThemeChoice, themeChoices, themeOf } from '@guankou/ui/theme/theme.ts'

const keys = {
  locale: 'guankou.console.locale',
  theme: 'guankou.console.theme',
  keys: 'guankou.console.keys',
}

/** Storage may be refused by the browser; then a choice lasts as long as the page. */
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const write = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value)
  } catch {
    // The choice then lasts as long as the page.
  }
}

export type Preferences = {
  readonly locale: Locale
  readonly theme: ThemeChoice
  readonly singleKeys: boolean
}

export const readPreferences = (): Preferences => {
  const locale = read(keys.locale)
  const theme = read(keys.theme)
  return {
    locale: isLocale(locale) ? locale : preferredLocale(navigator.languages),
    theme: isThemeChoice(theme) ? theme : 'auto',
    singleKeys: read(keys.keys) !== 'off',
  }
}

export const writePreferences = (preferences: Preferences): void => {
  write(keys.locale, preferences.locale)
  write(keys.theme, preferences.theme)
  write(keys.keys, preferences.singleKeys ? 'on' : 'off')
}

/** The choice that follows in the round. */
export const themeAfter = (theme: ThemeChoice): ThemeChoice =>
  themeChoices[(themeChoices.indexOf(theme) + 1) % themeChoices.length] ?? 'auto'

const systemDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')

/** Puts theme and language on the page itself. */
export const showPreferences = ({ locale, theme }: Preferences): void => {
  document.documentElement.dataset.theme = themeOf(theme, systemDark().matches)
  document.documentElement.lang = localeTag[locale]
}

/** Calls back when the system turns between light and dark. @returns ends it */
export const onSystemTheme = (changed: () => void): (() => void) => {
  const query = systemDark()
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
