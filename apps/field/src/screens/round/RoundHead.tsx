import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { SyncChip } from '#src/screens/chrome/SyncChip.tsx'

type Props = { readonly title: string; readonly back?: boolean }

/** Head of the pages of a round; for a community team it is the first page there is. */
export const RoundHead = ({ title, back = false }: Props) => {
  const { t } = useTranslation()
  return (
    <header className="head">
      {back ? (
        <Link to="/round" className="head-button" aria-label={t('round.back')}>
          <Icon name="back" />
        </Link>
      ) : null}
      <h1 className="head-title">{title}</h1>
      <SyncChip />
      {back ? null : (
        <Link to="/settings" className="head-button" aria-label={t('round.settings')}>
          <Icon name="gear" />
        </Link>
      )}
    </header>
  )
}
