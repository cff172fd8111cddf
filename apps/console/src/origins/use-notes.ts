import type { FormulaText } from '@guankou/ui/figures/FormulaNote.tsx'
import { useTranslation } from 'react-i18next'

/** What stands behind the numbers of the page; symbols are the same in both languages. */
const formulas = {
  risk: 'E_r = Σ_t n_r(t) · p_r(t)      p_r(t) = ĉ_r(t + lag) / N_r\nP(≥ 1) = 1 − (1 + E / a)^(−a),   intervals of Gamma(a, a / E)',
  mixing: 'n_r = Σ_o n_o · P(r | o)\nP(r | o) = (d_or + κ [r = o]) / (d_o + κ),   κ = 5 people',
  fairness:
    'x_o / n_o, Jeffreys interval of 95 %\nP(X ≥ x_o | rate elsewhere), Holm’s correction over origins singled out',
} as const

export const useNotes = (): Readonly<Record<keyof typeof formulas, FormulaText>> => {
  const { t } = useTranslation()
  const note = (of: keyof typeof formulas): FormulaText => ({
    title: t(`originsPage.note.${of}.title`),
    what: t(`originsPage.note.${of}.what`),
    formula: formulas[of],
    limits: t(`originsPage.note.${of}.limits`),
    source: t(`originsPage.note.${of}.source`),
  })
  return { risk: note('risk'), mixing: note('mixing'), fairness: note('fairness') }
}
