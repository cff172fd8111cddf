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

const Asked = ({ own, language }: { readonly own: OwnQuarantine; readonly language: Language }) => {
  const texts = reportTextsOf[language]
  if (own.help.length === 0) return null
  return (
    <>
      <h3>{texts.asked}</h3>
      <ul className="asked">
        {own.help.map(({ id, help, result }) => (
          <li key={id}>
            {helpKindNames[help][language]}
            <span>{result === null ? texts.open : helpResultNames[result][language]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What is typed, until it is sent. */
const useAsking = (secret: string, onSaid: (word: Word) => void) => {
  const [help, setHelp] = useState<HelpKind>('food')
  const [note, setNote] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const atMs = Date.now()
    const body = { secret, id: wordId(atMs), occurredAt: new Date(atMs).toISOString(), help }
    onSaid({ is: 'help', body: note.trim() === '' ? body : { ...body, note: note.trim() } })
    setNote('')
  }
  return { help, setHelp, note, setNote, submit }
}

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
  const { help, setHelp, note, setNote, submit } = useAsking(secret, onSaid)
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{texts.help}</h2>
      <p>{texts.helpLead}</p>
      <Asked own={own} language={language} />
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
