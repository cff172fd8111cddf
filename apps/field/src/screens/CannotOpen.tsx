import { useTranslation } from 'react-i18next'

/** Shown where the browser gives no storage: better no app than one that forgets. */
export const CannotOpen = ({ reason }: { readonly reason: string }) => {
  const { t } = useTranslation()
  return (
    <main className="page state-page" id="content">
      <h1>{t('app.cannotOpen')}</h1>
      <p>{t('app.cannotOpenHelp')}</p>
      <p className="quiet">{reason}</p>
    </main>
  )
}
