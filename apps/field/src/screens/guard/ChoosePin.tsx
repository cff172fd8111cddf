import { leastPinDigits } from '@guankou/contract/access/phone-policy.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PinEntry } from './PinEntry.tsx'
import { PinPage } from './PinPage.tsx'
import { type PinFault, pinFaultOf } from './pin-rules.ts'

type Props = {
  readonly title: string
  readonly back?: boolean
  readonly onChosen: (pin: string) => Promise<void>
}

/** A new PIN, entered twice. */
export const ChoosePin = ({ title, back = false, onChosen }: Props) => {
  const { t } = useTranslation()
  const [first, setFirst] = useState<string>()
  const [fault, setFault] = useState<PinFault | 'different'>()
  const [busy, setBusy] = useState(false)
  const least = leastPinDigits
  const take = async (pin: string): Promise<void> => {
    if (first === undefined) {
      const found = pinFaultOf(pin)
      setFault(found)
      if (found === undefined) setFirst(pin)
      return
    }
    if (pin !== first) {
      setFirst(undefined)
      setFault('different')
      return
    }
    setBusy(true)
    await onChosen(pin)
  }
  const faults = {
    short: t('guard.setShort', { least }),
    simple: t('guard.setSimple'),
    different: t('guard.setDifferent'),
  }
  const asked = first === undefined ? t('guard.setText', { least }) : t('guard.setAgain')
  return (
    <PinPage
      title={title}
      back={back}
      text={busy ? t('guard.checking') : asked}
      note={fault === undefined ? undefined : faults[fault]}
    >
      <PinEntry onPin={(pin) => void take(pin)} blocked={busy} />
    </PinPage>
  )
}
