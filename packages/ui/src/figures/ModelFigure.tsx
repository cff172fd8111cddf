import type { ModelStamp } from '@guankou/contract/models/model-stamp.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormulaNote, type FormulaText } from '#src/figures/FormulaNote.tsx'
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
  readonly note: FormulaText
}

/**
 * A number that a model computed. Hover tells unit, data time, interval and version; a press opens the formula note,
 * which tells the same. What is heard is the number, its name and that there is more.
 */
export const ModelFigure = (props: ModelFigureProps) => {
  const { stamp, name, text, value, interval, isIntervalShown = true, timeZone, note } = props
  const { t } = useTranslation('ui')
  const [isOpen, setOpen] = useState(false)
  const hint = stampLines(t, { stamp, interval, timeZone })
  const beside = isIntervalShown ? interval?.text : undefined
  return (
    <>
      <button
        type="button"
        className="model-figure"
        aria-haspopup="dialog"
        aria-label={t('stamp.open', {
          name,
          text: beside === undefined ? text : `${text} ${beside}`,
        })}
        title={hint}
        onClick={() => setOpen(true)}
      >
        <data value={value ?? ''}>{text}</data>
        {beside === undefined ? null : <span className="model-interval"> {beside}</span>}
      </button>
      {isOpen ? <FormulaNote {...{ name, text, hint, note }} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
