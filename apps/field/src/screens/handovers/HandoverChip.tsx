import { isOpenHandover } from '@guankou/domain/handovers/custody.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { custodyOfKnown } from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'

/** In the head of the lane, while people of this phone wait to be handed over. */
export const HandoverChip = () => {
  const { t } = useTranslation()
  const { handovers } = useField()
  const { known } = useStore(handovers.notes)
  const open = known.filter((each) => each.own.length > 0 || each.opening !== undefined)
  const n = open.filter((each) => isOpenHandover(custodyOfKnown(each))).length
  if (n === 0) return null
  return (
    <Link to="/handovers" className="chip chip-look" aria-label={t('handovers.chipLabel', { n })}>
      {t('handovers.chip', { n })}
    </Link>
  )
}
