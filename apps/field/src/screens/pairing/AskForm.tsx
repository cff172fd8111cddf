import {
  type AskedKind,
  askedKindNames,
  askedKinds,
  type SubjectKind,
  subjectKindNames,
  subjectKinds,
} from '@guankou/contract/pairing/vocabulary.ts'
import type { PairingLine } from '@guankou/sync/pairing/pairing-line.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredSubject } from '#src/pairing/offered-subject.ts'
import { useField } from '#src/runtime/field-context.ts'
import { oncePerTap } from '#src/runtime/once-per-tap.ts'
import { useStore } from '#src/runtime/store.ts'

/** Names who or what it is about. @param start  what the lane has in hand, where nobody came from a door */
const SubjectForm = ({ line, start }: { readonly line: PairingLine; readonly start: string }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const offered = offeredSubject.get()?.subject
  const [kind, setKind] = useState<SubjectKind>(offered?.kind ?? 'plate')
  const [text, setText] = useState(offered?.text ?? start)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        line.say({ kind: 'subject', subject: { kind, text: text.trim() } })
        setText('')
        offeredSubject.set(undefined)
      }}
    >
      <h2>{t('pairing.subject')}</h2>
      <label className="field">
        <span>{t('pairing.subjectKind')}</span>
        <select
          value={kind}
          onChange={({ currentTarget }) =>
            setKind(subjectKinds.find((each) => each === currentTarget.value) ?? kind)
          }
        >
          {subjectKinds.map((each) => (
            <option key={each} value={each}>
              {subjectKindNames[each][locale]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('pairing.subjectText')}</span>
        <input
          value={text}
          maxLength={80}
          autoComplete="off"
          spellCheck={false}
          placeholder={kind === 'address' ? t('pairing.addressSample') : undefined}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <button type="submit" className="button button-main" disabled={text.trim() === ''}>
        {t('pairing.subjectSend')}
      </button>
    </form>
  )
}

/** One button for each question that the desk is prepared for. */
const Questions = ({ line }: { readonly line: PairingLine }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const [words, setWords] = useState('')
  const [once] = useState(() => oncePerTap<void>())
  const ask = (asked: AskedKind): void =>
    once(asked, () => {
      const more = words.trim() === '' ? {} : { words: words.trim() }
      line.say({ kind: 'question', asked, ...more })
      setWords('')
    })
  return (
    <section className="pairing-asks">
      <h2>{t('pairing.ask')}</h2>
      <label className="field">
        <span>{t('pairing.words')}</span>
        <input
          value={words}
          maxLength={300}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
      {askedKinds.map((asked) => (
        <button key={asked} type="button" className="button" onClick={() => ask(asked)}>
          {askedKindNames[asked][locale]}
        </button>
      ))}
    </section>
  )
}

export const AskForm = (props: { readonly line: PairingLine; readonly start: string }) => (
  <>
    <SubjectForm {...props} />
    <Questions line={props.line} />
  </>
)
