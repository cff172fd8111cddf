import type { OwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import {
  type HelpKind,
  helpKindNames,
  helpKinds,
  helpResultNames,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { type FormEvent, useId, useState } from 'react'
import { ChoiceField } from '#src/me/fields.tsx'
import type { Word } from '#src/report/kept-words.ts'
import { reportTextsOf } from '#src/report/texts.ts'
import { wordId } from '#src/report/word-id.ts'
import type { Language } from '#src/texts/text.ts'

const mostLetters = 300

/** What the person asks for, and what became of it. */
export const HelpForm = ({
  secret,
  own,
  language,
  onSaid,
}: {
  readonly secret: string
  readonly own: OwnQuarantine
  readonly language: Language
  readonly onSaid: (word: Word) => void
}) => {
  const id = useId()
  const texts = reportTextsOf[language]
  const [help, setHelp] = useState<HelpKind>('food')
  const [note, setNote] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const atMs = Date.now()
    const body = { secret, id: wordId(atMs), occurredAt: new Date(atMs).toISOString(), help }
    onSaid({ is: 'help', body: note.trim() === '' ? body : { ...body, note: note.trim() } })
    setNote('')
  }
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{texts.help}</h2>
      <p>{texts.helpLead}</p>
      {own.help.length === 0 ? null : (
        <>
          <h3>{texts.asked}</h3>
          <ul className="asked">
            {own.help.map(({ id: helpId, help: kind, result }) => (
              <li key={helpId}>
                {helpKindNames[kind][language]}
                <span>{result === null ? texts.open : helpResultNames[result][language]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <form className="form" onSubmit={submit}>
        <ChoiceField
          label={texts.helpKind}
          value={help}
          choices={helpKinds.map((value) => ({ value, label: helpKindNames[value][language] }))}
          onChange={setHelp}
        />
        <label htmlFor={id}>{texts.helpNote}</label>
        <textarea
          id={id}
          rows={3}
          value={note}
          maxLength={mostLetters}
          onChange={(event) => setNote(event.target.value.replace(/\n/g, ' '))}
          aria-describedby={`${id}-hint`}
        />
        <p id={`${id}-hint`} className="hint">
          {texts.helpNoteHint}
        </p>
        <button type="submit" className="main">
          {texts.ask}
        </button>
      </form>
    </section>
  )
}
