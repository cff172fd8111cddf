import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { usePack } from '#src/screens/use-pack.ts'

/** Said wherever work begins without a PIN. */
export const NoPinNotice = () => {
  const { t } = useTranslation()
  const gate = useStore(useField().runtime.keeper.gate)
  if (gate.is !== 'open' || gate.pinned) return null
  return (
    <div className="notice">
      <p>{t('guard.pinNone')}</p>
      <Link to="/pin" className="button">
        {t('guard.pinSetNow')}
      </Link>
    </div>
  )
}

/** The PIN among the settings: set it, change it, lock now. */
export const PinSection = () => {
  const { t } = useTranslation()
  const { keeper } = useField().runtime
  const gate = useStore(keeper.gate)
  const minutes = usePack().held?.content.phones?.lockAfterMinutes ?? 10
  if (gate.is !== 'open') return null
  return (
    <section className="section" aria-labelledby="pin-title">
      <h2 id="pin-title">{t('guard.pinTitle')}</h2>
      {gate.pinned ? (
        <>
          <p>{t('guard.pinSet', { minutes })}</p>
          <div className="button-row">
            <button type="button" className="button" onClick={() => void keeper.lock()}>
              {t('guard.lockNow')}
            </button>
            <Link to="/pin" className="button">
              {t('guard.pinChange')}
            </Link>
          </div>
        </>
      ) : (
        <NoPinNotice />
      )}
    </section>
  )
}
