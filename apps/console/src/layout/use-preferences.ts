import type { Locale } from '@guankou/ui/i18n/locale.ts'
import { createContext, useContext } from 'react'
import type { Preferences } from '#src/layout/preferences.ts'

export type PreferencesControl = {
  readonly preferences: Preferences
  readonly switchLocale: () => void
  readonly nextTheme: () => void
  readonly setSingleKeys: (on: boolean) => void
}

export const PreferencesContext = createContext<PreferencesControl | null>(null)

export const usePreferences = (): PreferencesControl => {
  const control = useContext(PreferencesContext)
  if (control === null) throw new Error('usePreferences is used outside PreferencesProvider')
  return control
}

/** The language of the page. */
export const useLocale = (): Locale => usePreferences().preferences.locale
