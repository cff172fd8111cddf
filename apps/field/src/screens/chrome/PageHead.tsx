import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'
import { SyncChip } from './SyncChip.tsx'

type Props = { readonly title: string; readonly back?: boolean; readonly chip?: boolean }

/** Head of every page but the lane. */
export const PageHead = ({ title, back = true, chip = true }: Props) => {
  const { t } = useTranslation()
  return (
    <header className="head">
      {back ? (
        <Link to="/lane" className="head-button" aria-label={t('app.back')}>
          <Icon name="back" />
        </Link>
      ) : null}
      <h1 className="head-title">{title}</h1>
      {chip ? <SyncChip /> : null}
    </header>
  )
}
