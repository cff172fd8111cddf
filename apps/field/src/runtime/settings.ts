import { isLocale, type Locale, preferredLocale } from '@guankou/ui/i18n/locale.ts'
import { isThemeChoice, type ThemeChoice } from '@guankou/ui/theme/theme.ts'

/** Settings are no secret and are needed before the first paint, so they lie in localStorage. */
export type Settings = {
  readonly locale: Locale
  readonly theme: ThemeChoice
  readonly sound: boolean
  readonly vibration: boolean
}

const key = 'guankou-field-settings'

const parse = (text: string | null): Partial<Settings> => {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}')
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}

export const readSettings = (storage: Storage, languages: readonly string[]): Settings => {
  const { locale, theme, sound, vibration } = parse(storage.getItem(key))
  return {
    locale: isLocale(locale) ? locale : preferredLocale(languages),
    theme: isThemeChoice(theme) ? theme : 'auto',
    sound: sound === true,
    vibration: vibration !== false,
  }
}

export const writeSettings = (storage: Storage, settings: Settings): void => {
  try {
    storage.setItem(key, JSON.stringify(settings))
  } catch {
    // A full device keeps the choice until the app closes.
  }
}
