import type { FormulaText } from '@guankou/ui/figures/FormulaNote.tsx'
import { useTranslation } from 'react-i18next'

/** Keys of the texts of each note. */
const notes = {
  tests: {
    title: 'testing.notes.tests.title',
    what: 'testing.notes.tests.what',
    formula: 'testing.notes.tests.formula',
    limits: 'testing.notes.tests.limits',
    source: 'testing.notes.tests.source',
  },
  arrivals: {
    title: 'testing.notes.arrivals.title',
    what: 'testing.notes.arrivals.what',
    formula: 'testing.notes.arrivals.formula',
    limits: 'testing.notes.arrivals.limits',
    source: 'testing.notes.arrivals.source',
  },
  prevalence: {
    title: 'testing.notes.prevalence.title',
    what: 'testing.notes.prevalence.what',
    formula: 'testing.notes.prevalence.formula',
    limits: 'testing.notes.prevalence.limits',
    source: 'testing.notes.prevalence.source',
  },
  share: {
    title: 'testing.notes.share.title',
    what: 'testing.notes.share.what',
    formula: 'testing.notes.share.formula',
    limits: 'testing.notes.share.limits',
    source: 'testing.notes.share.source',
  },
  positivity: {
    title: 'testing.notes.positivity.title',
    what: 'testing.notes.positivity.what',
    formula: 'testing.notes.positivity.formula',
    limits: 'testing.notes.positivity.limits',
    source: 'testing.notes.positivity.source',
  },
  yield: {
    title: 'testing.notes.yield.title',
    what: 'testing.notes.yield.what',
    formula: 'testing.notes.yield.formula',
    limits: 'testing.notes.yield.limits',
    source: 'testing.notes.yield.source',
  },
} as const satisfies Readonly<Record<string, FormulaText>>

export type NoteName = keyof typeof notes

/** The formula notes of these pages, by name. */
export const useNote = (): ((name: NoteName) => FormulaText) => {
  const { t } = useTranslation()
  return (name) => {
    const { title, what, formula, limits, source } = notes[name]
    return { title: t(title), what: t(what), formula: t(formula), limits: t(limits), source: t(source) }
  }
}
