import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { Gate } from '#src/runtime/gate.ts'
import { StatePage } from '#src/screens/chrome/StatePage.tsx'

/** The vault is gone: what went with it, and the way on. */
export const DestroyedScreen = ({ gate }: { readonly gate: Extract<Gate, { is: 'destroyed' }> }) => {
  const { t } = useTranslation()
  const { keeper } = useField().runtime
  const navigate = useNavigate()
  const goOn = (): void => {
    void navigate({ to: '/sign-in' }).then(keeper.acknowledge)
  }
  return (
    <StatePage
      title={t('guard.destroyedTitle')}
      text={gate.cause === 'pin-tries' ? t('guard.destroyedByTries') : t('guard.destroyedForgotten')}
      tone="act"
      chip={false}
      note={gate.lost > 0 ? t('guard.destroyedLost', { n: gate.lost }) : undefined}
    >
      {gate.lost > 0 ? null : <p>{t('guard.destroyedNone')}</p>}
      <button type="button" className="button button-main" onClick={goOn}>
        {t('guard.signInAgain')}
      </button>
    </StatePage>
  )
}
