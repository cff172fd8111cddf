import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChoosePin } from './ChoosePin.tsx'
import { PinEntry } from './PinEntry.tsx'
import { PinPage } from './PinPage.tsx'
import { useUnlock } from './use-unlock.ts'

/** The present PIN is proved by unlocking with it, and kept only until the new one is chosen. */
const Change = () => {
  const { t } = useTranslation()
  const { keeper } = useField().runtime
  const navigate = useNavigate()
  const [present, setPresent] = useState<string>()
  const { busy, note, pausedMs, attempt } = useUnlock(0)
  const prove = async (pin: string): Promise<void> => {
    if ((await attempt(() => keeper.unlock(pin))) === 'open') setPresent(pin)
  }
  if (present !== undefined)
    return (
      <ChoosePin
        title={t('guard.changeTitle')}
        back
        onChosen={async (pin) => {
          await keeper.changePin(present, pin)
          void navigate({ to: '/settings' })
        }}
      />
    )
  return (
    <PinPage
      title={t('guard.changeTitle')}
      back
      text={busy ? t('guard.checking') : t('guard.changeText')}
      note={note}
    >
      <PinEntry blocked={busy || pausedMs > 0} onPin={(pin) => void prove(pin)} />
    </PinPage>
  )
}

/** A PIN where there is none, or another one. */
export const PinScreen = () => {
  const { t } = useTranslation()
  const { keeper } = useField().runtime
  const gate = useStore(keeper.gate)
  const navigate = useNavigate()
  // What was there when the page opened decides: the first PIN turns the gate while the page is still open.
  const [wasPinned] = useState(gate.is === 'open' && gate.pinned)
  if (gate.is !== 'open') return <Navigate to="/sign-in" />
  if (wasPinned) return <Change />
  return (
    <ChoosePin
      title={t('guard.setTitle')}
      back
      onChosen={async (pin) => {
        await keeper.setPin(pin)
        void navigate({ to: '/settings' })
      }}
    />
  )
}
