import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { chipOf } from './sync-chip.ts'

const signs = { well: '✓', look: '↑', act: '!' } as const

/** What waits, in the header of every screen; leads to the records. */
export const SyncChip = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const chip = chipOf(useStore(runtime.sync.view))
  const state = t(`chip.${chip.key}`, { n: chip.n })
  return (
    <Link to="/records" className="chip-link" aria-label={t('chip.label', { state })}>
      <span className={`chip chip-${chip.tone}`}>
        <span aria-hidden="true">{signs[chip.tone]} </span>
        {state}
      </span>
    </Link>
  )
}
