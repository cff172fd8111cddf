import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { StatePage } from '#src/screens/chrome/StatePage.tsx'
import type { Wiped } from '#src/storage/wipe.ts'

/** The phone holds nothing any more; it says so, and may begin anew once the server knows. */
export const WipedScreen = ({ wiped }: { readonly wiped: Wiped }) => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const lost = wiped.losses.reduce((sum, loss) => sum + loss.commands, 0)
  const beginAnew = async (): Promise<void> => {
    await runtime.beginAnew()
    window.location.assign('/field/enrol')
  }
  return (
    <StatePage title={t('guard.wipedTitle')} text={t('guard.wipedText')} tone="act" chip={false}>
      {lost > 0 && wiped.acknowledged ? <p>{t('guard.wipedLost', { n: lost })}</p> : null}
      {wiped.acknowledged ? null : <p role="status">{t('guard.wipedPending')}</p>}
      <button
        type="button"
        className="button"
        disabled={!wiped.acknowledged}
        onClick={() => void beginAnew()}
      >
        {t('guard.enrolAgain')}
      </button>
    </StatePage>
  )
}
