import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormulaNote, type FormulaText } from '#src/figures/FormulaNote.tsx'

export type NotedFigureProps = {
  /** What the number is, such as “Findings per screened, Wuhan”. */
  readonly name: string
  /** The number as people read it, with its unit or under a head that names it. */
  readonly text: string
  /** The number itself, for machines and tests. */
  readonly value: number | null
  /** The interval as people read it, where it stands beside the number. */
  readonly beside?: string | undefined
  /** What hover and the note tell of the number, a line each. */
  readonly hint: string
  /** The note, or how to come by it: a table of hundreds of figures need not word one for each. */
  readonly note: FormulaText | (() => FormulaText)
}

/** A number with the formula note behind it. What is heard is the number, its name and that there is more. */
export const NotedFigure = ({ name, text, value, beside, hint, note }: NotedFigureProps) => {
  const { t } = useTranslation('ui')
  const [isOpen, setOpen] = useState(false)
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
      {isOpen ? (
        <FormulaNote
          {...{ name, text, hint }}
          note={typeof note === 'function' ? note() : note}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
