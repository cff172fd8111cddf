import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Locale } from '#src/i18n/locale.ts'
import type { TextTree } from '#src/i18n/text-tree.ts'
import { uiTextsEn } from '#src/i18n/texts-en.ts'
import { uiTextsZh } from '#src/i18n/texts-zh.ts'

/**
 * An i18next with the texts of this package under the namespace `ui` and those of the app under `app`.
 * There is no fallback language: `missingTexts` in each app's tests keeps both complete.
 */
export const createI18n = (locale: Locale, texts: Readonly<Record<Locale, TextTree>>): i18n => {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    initAsync: false,
    ns: ['app', 'ui'],
    defaultNS: 'app',
    resources: {
      zh: { app: texts.zh, ui: uiTextsZh },
      en: { app: texts.en, ui: uiTextsEn },
    },
    interpolation: { escapeValue: false },
    returnNull: false,
    // Texts that are fetched after the first screen are shown as soon as they are there.
    react: { bindI18nStore: 'added' },
  })
  return instance
}
