import { useTranslation } from 'react-i18next'
import { usePreferences } from '#src/layout/use-preferences.ts'

/** Language and theme, at hand on every page. */
export const PreferenceButtons = () => {
  const { t } = useTranslation()
  const { preferences, switchLocale, nextTheme } = usePreferences()
  const theme = t(`preferences.themes.${preferences.theme}`)
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        lang={preferences.locale === 'zh' ? 'en' : 'zh-CN'}
        title={t('preferences.languageHint')}
        onClick={switchLocale}
      >
        {t('preferences.language')}
      </button>
      <button
        type="button"
        className="quiet-button"
        title={t('preferences.themeHint', { theme })}
        aria-label={t('preferences.themeHint', { theme })}
        onClick={nextTheme}
      >
        <span aria-hidden="true">◐ </span>
        {theme}
      </button>
    </>
  )
}
