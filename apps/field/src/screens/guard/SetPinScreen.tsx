import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { ChoosePin } from './ChoosePin.tsx'

/** Before the first record: whoever works here sets a PIN. */
export const SetPinScreen = () => {
  const { t } = useTranslation()
  const { keeper } = useField().runtime
  return <ChoosePin title={t('guard.setTitle')} onChosen={keeper.setPin} />
}
