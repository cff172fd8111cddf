import type { FormulaText } from '@guankou/ui/figures/FormulaNote.tsx'
import type { TFunction } from 'i18next'

const keys = { flow: 'noteFlow', fever: 'noteFever', score: 'noteScore' } as const

/** The formula note of a figure of monitoring. */
export const noteOf = (t: TFunction, of: keyof typeof keys): FormulaText => ({
  title: t(`monitoring.${keys[of]}.title`),
  what: t(`monitoring.${keys[of]}.what`),
  formula: t(`monitoring.${keys[of]}.formula`),
  limits: t(`monitoring.${keys[of]}.limits`),
  source: t(`monitoring.${keys[of]}.source`),
})
