import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { Gate } from '#src/runtime/gate.ts'
import { useStore } from '#src/runtime/store.ts'
import { PinEntry } from './PinEntry.tsx'
import { PinPage } from './PinPage.tsx'
import { useUnlock } from './use-unlock.ts'

/** The vault goes only after a second word, which says what goes with it. */
const Forgotten = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const { counts } = useStore(runtime.sync.view)
  const [asking, setAsking] = useState(false)
  if (!asking)
    return (
      <button type="button" className="button button-quiet" onClick={() => setAsking(true)}>
        {t('guard.forgot')}
      </button>
    )
  return (
    <div className="notice notice-act" role="alert">
      <p>{t('guard.forgotText', { n: counts.unsealed })}</p>
      <div className="button-row">
        <button type="button" className="button" onClick={() => setAsking(false)}>
          {t('guard.forgotStay')}
        </button>
        <button type="button" className="button" onClick={() => void runtime.keeper.forget()}>
          {t('guard.forgotConfirm')}
        </button>
      </div>
    </div>
  )
}

/** Locked: the PIN of whoever is signed in, with or without a network. */
export const UnlockScreen = ({ gate }: { readonly gate: Extract<Gate, { is: 'locked' }> }) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const profile = useStore(runtime.profile)
  const navigate = useNavigate()
  const { busy, note, pausedMs, attempt } = useUnlock(gate.notBeforeMs)
  const leave = async (): Promise<void> => {
    await runtime.signOut()
    void navigate({ to: '/sign-in' })
  }
  const asked = t('guard.unlockText', { name: profile?.name[locale] ?? '' })
  return (
    <PinPage
      title={pausedMs > 0 ? t('guard.lockedOutTitle') : t('guard.unlockTitle')}
      text={busy ? t('guard.checking') : asked}
      note={note}
    >
      <PinEntry
        blocked={busy || pausedMs > 0}
        onPin={(pin) => void attempt(() => runtime.keeper.unlock(pin))}
      />
      <div className="state-actions">
        <button type="button" className="button" onClick={() => void leave()}>
          {t('guard.otherUser')}
        </button>
        <Forgotten />
      </div>
    </PinPage>
  )
}
