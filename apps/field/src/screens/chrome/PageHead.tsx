import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'
import { SyncChip } from './SyncChip.tsx'

type Props = {
  readonly title: string
  readonly back?: boolean
  /** Where back leads. */
  readonly backTo?: string
  readonly chip?: boolean
}

/** Head of every page but the lane. */
export const PageHead = ({ title, back = true, backTo = '/lane', chip = true }: Props) => {
  const { t } = useTranslation()
  return (
    <header className="head">
      {back ? (
        <Link
          to={backTo}
          className="head-button"
          aria-label={t(backTo === '/lane' ? 'app.back' : 'app.backToDoor')}
        >
          <Icon name="back" />
        </Link>
      ) : null}
      <h1 className="head-title">{title}</h1>
      {chip ? <SyncChip /> : null}
    </header>
  )
}
