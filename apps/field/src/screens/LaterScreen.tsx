import { useTranslation } from 'react-i18next'
import { StatePage } from './chrome/StatePage.tsx'

/** Shown while a screen that is no part of the first load is fetched. */
export const Opening = () => {
  const { t } = useTranslation()
  return (
    <main className="page state-page" id="content">
      <p role="status">{t('app.opening')}</p>
    </main>
  )
}

/** A screen that could be neither fetched nor drawn; the way back to the lane is always open. */
export const NotOpened = () => {
  const { t } = useTranslation()
  return (
    <StatePage title={t('app.notOpened')} text={t('app.notOpenedHelp')} tone="look" chip={false}>
      <button type="button" className="button button-main" onClick={() => window.location.reload()}>
        {t('app.openAgain')}
      </button>
      <a className="button" href="/field/lane">
        {t('app.back')}
      </a>
    </StatePage>
  )
}
