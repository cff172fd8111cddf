import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { SyncChip } from '#src/screens/chrome/SyncChip.tsx'

type Props = { readonly title: string; readonly backTo?: '/lane' | '/handovers' }

/** Head of the pages about hand-overs; for those who take people over it is the first page there is. */
export const HandoverHead = ({ title, backTo }: Props) => {
  const { t } = useTranslation()
  return (
    <header className="head">
      {backTo === undefined ? null : (
        <Link
          to={backTo}
          className="head-button"
          aria-label={backTo === '/lane' ? t('app.back') : t('handovers.back')}
        >
          <Icon name="back" />
        </Link>
      )}
      <h1 className="head-title">{title}</h1>
      <SyncChip />
      {backTo === undefined ? (
        <Link to="/settings" className="head-button" aria-label={t('handovers.settings')}>
          <Icon name="gear" />
        </Link>
      ) : null}
    </header>
  )
}
