import { createI18n } from '@guankou/ui/i18n/create-i18n.ts'
import { AntdTheme } from '@guankou/ui/theme/AntdTheme.tsx'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import {
  onSystemTheme,
  type Preferences,
  readPreferences,
  showPreferences,
  themeAfter,
  writePreferences,
} from '#src/layout/preferences.ts'
import { PreferencesContext } from '#src/layout/use-preferences.ts'
import { textsEn } from '#src/texts/en.ts'
import { textsZh } from '#src/texts/zh.ts'

const initial = readPreferences()
showPreferences(initial)
const i18n = createI18n(initial.locale, { zh: textsZh, en: textsEn })

/** Language, theme and keys as this person likes them, kept in this browser. */
export const PreferencesProvider = ({ children }: { readonly children: ReactNode }) => {
  const [preferences, setPreferences] = useState(initial)

  useEffect(() => {
    showPreferences(preferences)
    return onSystemTheme(() => showPreferences(preferences))
  }, [preferences])

  const control = useMemo(() => {
    const change = (next: Preferences): void => {
      writePreferences(next)
      void i18n.changeLanguage(next.locale)
      setPreferences(next)
    }
    return {
      preferences,
      switchLocale: () => change({ ...preferences, locale: preferences.locale === 'zh' ? 'en' : 'zh' }),
      nextTheme: () => change({ ...preferences, theme: themeAfter(preferences.theme) }),
      setSingleKeys: (singleKeys: boolean) => change({ ...preferences, singleKeys }),
    }
  }, [preferences])

  return (
    <PreferencesContext value={control}>
      <I18nextProvider i18n={i18n}>
        <AntdTheme locale={preferences.locale}>{children}</AntdTheme>
      </I18nextProvider>
    </PreferencesContext>
  )
}
