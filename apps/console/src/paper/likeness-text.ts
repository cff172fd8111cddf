import type { PaperLikeness } from '@guankou/contract/paper/form.ts'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import type { TFunction } from 'i18next'

/** What a form may be: by what, when and where, and whether a phone or paper told it. */
export const likenessText = (t: TFunction, like: PaperLikeness, timeZone: string): string => {
  const time = like.at === null ? '—' : formatClockMinute(like.at, timeZone)
  const from = t(
    like.formId !== null ? 'paper.fromForm' : like.fromPaper ? 'paper.fromPaper' : 'paper.fromPhone',
  )
  return t('paper.alike', { by: t(`paper.by.${like.by}`), time, lane: like.lane, from })
}
