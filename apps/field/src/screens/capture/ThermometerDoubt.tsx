import { useTranslation } from 'react-i18next'
import { thermometerDoubt } from '#src/capture/thermometer/thermometer-at-hand.ts'
import { useStore } from '#src/runtime/store.ts'

/** What the thermometer sent is no body temperature: nothing was entered, and somebody measures again or types. */
export const ThermometerDoubt = () => {
  const { t } = useTranslation()
  const isDoubted = useStore(thermometerDoubt)
  return (
    <div role="status">
      {isDoubted ? <p className="notice notice-look">{t('capture.thermometerUnusable')}</p> : null}
    </div>
  )
}
