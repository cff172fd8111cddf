import { useTranslation } from 'react-i18next'

/** Below this the number stands out. */
const sureEnough = 0.9

/** How sure a reading is; rounded down, so that nothing is ever certain. */
export const Sure = ({ confidence }: { readonly confidence: number }) => {
  const { t } = useTranslation()
  const percent = Math.min(99, Math.floor(confidence * 100))
  return (
    <p className={confidence < sureEnough ? 'scan-sure scan-unsure' : 'scan-sure'}>
      {t('capture.sure', { percent })}
    </p>
  )
}
