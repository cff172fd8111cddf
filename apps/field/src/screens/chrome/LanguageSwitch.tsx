import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { writeSettings } from '#src/runtime/settings.ts'
import { useStore } from '#src/runtime/store.ts'
import { applyLanguage } from '#src/theme/apply.ts'

/** To the other language at one tap, named in that language. */
export const LanguageSwitch = () => {
  const { i18n } = useTranslation()
  const { settings } = useField()
  const current = useStore(settings)
  const other = current.locale === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className="head-button"
      lang={other}
      onClick={() => {
        settings.set({ ...current, locale: other })
        writeSettings(localStorage, settings.get())
        void applyLanguage(i18n, other)
      }}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  )
}
