import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bluetoothOf, hasBluetooth } from '#src/capture/thermometer/bluetooth.ts'
import { connect, thermometerState } from '#src/capture/thermometer/thermometer-at-hand.ts'
import { useStore } from '#src/runtime/store.ts'

/** Connects a thermometer for this shift, where the phone can; where it cannot, says so and asks for typing. */
export const ThermometerSection = () => {
  const { t } = useTranslation()
  const state = useStore(thermometerState)
  const [usable, setUsable] = useState<boolean>()
  useEffect(() => void hasBluetooth(bluetoothOf(navigator)).then(setUsable), [])
  const words = ((): string => {
    if (usable === false) return t('capture.thermometerNone')
    if (state.is === 'on') return t('capture.thermometerConnected', { name: state.name })
    if (state.is === 'gone') return t('capture.thermometerGone')
    return state.is === 'failed' ? t('capture.thermometerFailed') : ''
  })()
  return (
    <section className="section" aria-labelledby="thermometer-title">
      <h2 id="thermometer-title">{t('capture.thermometer')}</h2>
      <p role="status">{words}</p>
      {usable === true && state.is !== 'on' ? (
        <button
          type="button"
          className="button"
          disabled={state.is === 'connecting'}
          onClick={() => void connect()}
        >
          {t('capture.thermometerConnect')}
        </button>
      ) : null}
    </section>
  )
}
