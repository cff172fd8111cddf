import { mostPinDigits } from '@guankou/contract/access/phone-policy.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#src/screens/chrome/Icon.tsx'
import { Key } from '#src/screens/lane/Key.tsx'

type Props = {
  /** Asked with the digits; they are forgotten at once. */
  readonly onPin: (pin: string) => void
  readonly blocked: boolean
}

const isOwnField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, a, button') !== null

type Pad = { readonly press: (key: string) => void; readonly blocked: boolean }

/** A keyboard on the desk writes where the keypad would. */
const useDigitKeys = ({ press, blocked }: Pad): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (blocked || event.ctrlKey || event.metaKey || event.altKey || isOwnField(event.target)) return
      if (!/^(\d|Backspace|Enter)$/.test(event.key)) return
      event.preventDefault()
      press(event.key)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

/** Digits by one thumb: seen as dots, heard as a number of digits. */
export const PinEntry = ({ onPin, blocked }: Props) => {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const press = (key: string): void => {
    if (blocked) return
    if (key === 'Backspace') setPin(pin.slice(0, -1))
    else if (key === 'Enter') {
      setPin('')
      onPin(pin)
    } else if (pin.length < mostPinDigits) setPin(pin + key)
  }
  useDigitKeys({ press, blocked })
  const digit = (each: string) => (
    <Key key={each} onPress={() => press(each)} blocked={blocked}>
      {each}
    </Key>
  )
  return (
    <>
      <p className="pin-dots" role="status">
        <span aria-hidden="true">{'●'.repeat(pin.length) || '○'}</span>
        <span className="only-heard">{t('guard.entered', { n: pin.length })}</span>
      </p>
      <fieldset className="pad pad-three pin-pad" aria-label={t('guard.keys')}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit)}
        <Key look="word" label={t('guard.erase')} onPress={() => press('Backspace')} blocked={blocked}>
          <Icon name="erase" />
        </Key>
        {digit('0')}
        <Key look="go" onPress={() => press('Enter')} blocked={blocked}>
          {t('guard.confirm')}
        </Key>
      </fieldset>
    </>
  )
}
