import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

/** How a number is computed, in short; the whole is in `docs/models/`. */
export type FormulaText = {
  readonly title: string
  readonly what: string
  /** Symbols as they are printed, one line each. */
  readonly formula: string
  readonly limits: string
  readonly source: string
}

export type FormulaNoteProps = {
  readonly name: string
  readonly text: string
  /** Unit, interval, data time and version, a line each. */
  readonly hint: string
  readonly note: FormulaText
  readonly onClose: () => void
}

/** The note behind a number: a dialog over the page, which Escape closes. */
export const FormulaNote = ({ name, text, hint, note, onClose }: FormulaNoteProps) => {
  const { t } = useTranslation('ui')
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="formula-note" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{note.title}</h2>
      <p className="formula-figure">
        {name}: <strong>{text}</strong>
      </p>
      <p className="formula-stamp">{hint}</p>
      <p>{note.what}</p>
      <pre className="formula">{note.formula}</pre>
      <p>
        <strong>{t('stamp.limits')}</strong> {note.limits}
      </p>
      <p className="formula-source">{note.source}</p>
      <button type="button" className="quiet-button" onClick={() => dialog.current?.close()}>
        {t('stamp.close')}
      </button>
    </dialog>
  )
}
