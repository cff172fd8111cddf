import type { ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import { useTranslation } from 'react-i18next'
import { NotedFigure, type NotedFigureProps } from '#src/figures/NotedFigure.tsx'
import { type ShownInterval, stampLines } from '#src/figures/stamp-lines.ts'

export type ModelFigureProps = {
  readonly stamp: ModelStamp
  /** What the number is, such as “Expected prevalence, Wuhan”. */
  readonly name: string
  /** The number as people read it, with its unit or under a head that names it. */
  readonly text: string
  /** The number itself, for machines and tests. */
  readonly value: number | null
  /** The interval as people read it, where there is one. */
  readonly interval?: ShownInterval | undefined
  /** False where the interval stands elsewhere, such as in the next column; hover tells it all the same. */
  readonly isIntervalShown?: boolean
  readonly timeZone: string
  readonly note: NotedFigureProps['note']
}

/**
 * A number that a model computed. Hover tells unit, data time, interval and version; a press opens the formula note,
 * which tells the same.
 */
export const ModelFigure = (props: ModelFigureProps) => {
  const { stamp, name, text, value, interval, isIntervalShown = true, timeZone, note } = props
  const { t } = useTranslation('ui')
  const hint = stampLines(t, { stamp, interval, timeZone })
  const beside = isIntervalShown ? interval?.text : undefined
  return <NotedFigure {...{ name, text, value, beside, hint, note }} />
}
