import type { FormulaText } from '@guankou/ui/figures/FormulaNote.tsx'
import { useTranslation } from 'react-i18next'

type NoteName = 'risk' | 'mixing' | 'fairness'

/** What stands behind the numbers of the page, worded when it is asked for. */
export const useNotes = (): Readonly<Record<NoteName, () => FormulaText>> => {
  const { t } = useTranslation()
  const note = (of: NoteName) => (): FormulaText => ({
    title: t(`originsPage.note.${of}.title`),
    what: t(`originsPage.note.${of}.what`),
    formula: t(`originsPage.note.${of}.formula`),
    limits: t(`originsPage.note.${of}.limits`),
    source: t(`originsPage.note.${of}.source`),
  })
  return { risk: note('risk'), mixing: note('mixing'), fairness: note('fairness') }
}
