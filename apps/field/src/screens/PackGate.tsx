import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { formatMoment } from '#src/screens/format.ts'
import { StatePage } from './chrome/StatePage.tsx'
import { usePack } from './use-pack.ts'

const RetryButton = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const fetching = usePack().download.state === 'fetching'
  return (
    <button
      type="button"
      className="button button-main"
      disabled={fetching}
      onClick={() => runtime.sync.downloader.tell({ is: 'asked' })}
    >
      {fetching ? t('state.packFetching') : t('state.packRetry')}
    </button>
  )
}

/** No pack, or one that has expired: what to do about it. */
export const PackGate = ({ onUseOld }: { readonly onUseOld?: () => void }) => {
  const { t } = useTranslation()
  const { held, download } = usePack()
  const note =
    download.state === 'distrusted' && download.fault !== undefined
      ? t('state.packFault', { fault: t(`fault.${download.fault}`) })
      : undefined
  const signIn = (
    <Link to="/sign-in" className="button">
      {t('state.signIn')}
    </Link>
  )
  if (held === undefined)
    return (
      <StatePage
        title={t('state.packMissingTitle')}
        text={t('state.packMissingText')}
        tone="look"
        note={note}
      >
        <RetryButton />
        {signIn}
      </StatePage>
    )
  const text = t('state.packExpiredText', { time: formatMoment(held.pack.expiresAt) })
  return (
    <StatePage title={t('state.packExpiredTitle')} text={text} tone="look" note={note}>
      <RetryButton />
      {download.state === 'signed-out' ? signIn : null}
      <button type="button" className="button" onClick={onUseOld}>
        {t('state.packUseOld')}
      </button>
    </StatePage>
  )
}
