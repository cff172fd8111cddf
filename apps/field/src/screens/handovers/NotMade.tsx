import { errors } from '@guankou/contract/errors.ts'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { HandoverMade } from '#src/runtime/handover-book.ts'
import { useStore } from '#src/runtime/store.ts'

/** Why something was not recorded, and nothing where it was. */
export const NotMade = ({ made }: { readonly made: HandoverMade | undefined }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  if (made === undefined || made.is === 'made') return null
  return (
    <p className="notice notice-act" role="alert">
      {made.is === 'refused' ? errors[made.code].text[locale] : t('handovers.full')}
    </p>
  )
}
