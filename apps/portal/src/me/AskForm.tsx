import { askRequest } from '@guankou/contract/subject-access/endpoints.ts'
import {
  type CorrectableField,
  correctableFieldNames,
  correctableFields,
  mostRequestLetters,
  type RequestKind,
  requestKinds,
} from '@guankou/contract/subject-access/requests.ts'
import { formatDayLong } from '@guankou/ui/format/time.ts'
import { type FormEvent, useId, useState } from 'react'
import { client, refusalText } from '#src/me/me-client.ts'
import { meTextsOf } from '#src/me/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

type Props = {
  readonly language: Language
  readonly pass: string
  readonly answerDays: number
  readonly onAsked: () => void
}

type Asked = { readonly kind: RequestKind; readonly field: CorrectableField; readonly text: string }

const useAsking = ({ language, pass, onAsked }: Props) => {
  const texts = meTextsOf[language]
  const [state, setState] = useState<{
    readonly is: 'idle' | 'sending' | 'sent' | 'refused'
    readonly text: string
  }>({
    is: 'idle',
    text: '',
  })
  const ask = async ({ kind, field, text }: Asked): Promise<boolean> => {
    setState({ is: 'sending', text: '' })
    const body = { pass, kind, text, ...(kind === 'correction' ? { field } : {}) }
    const answer = await client.call(askRequest, { body })
    if (answer.is === 'ok') {
      setState({ is: 'sent', text: fill(texts.sent, { day: formatDayLong(language, answer.value.dueOn) }) })
      onAsked()
      return true
    }
    setState({ is: 'refused', text: refusalText(answer, language)?.text ?? texts.unreachable })
    return false
  }
  return { state, ask }
}

/** Lets the person ask for a correction, a release, an explanation or erasure. */
export const AskForm = (props: Props) => {
  const { language, answerDays } = props
  const texts = meTextsOf[language]
  const id = useId()
  const [kind, setKind] = useState<RequestKind>('correction')
  const [field, setField] = useState<CorrectableField>('name')
  const [text, setText] = useState('')
  const { state, ask } = useAsking(props)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await ask({ kind, field, text })) setText('')
  }
  return (
    <section className="ask">
      <h2>{texts.ask}</h2>
      <p>{fill(texts.askLead, { days: answerDays })}</p>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <label htmlFor={`${id}-kind`}>{texts.kind}</label>
        <select
          id={`${id}-kind`}
          value={kind}
          onChange={(event) => setKind(event.target.value as RequestKind)}
        >
          {requestKinds.map((each) => (
            <option key={each} value={each}>
              {texts.kinds[each]}
            </option>
          ))}
        </select>
        {kind === 'correction' ? (
          <>
            <label htmlFor={`${id}-field`}>{texts.field}</label>
            <select
              id={`${id}-field`}
              value={field}
              onChange={(event) => setField(event.target.value as CorrectableField)}
            >
              {correctableFields.map((each) => (
                <option key={each} value={each}>
                  {correctableFieldNames[each][language]}
                </option>
              ))}
            </select>
          </>
        ) : null}
        <label htmlFor={`${id}-text`}>{texts.text}</label>
        <textarea
          id={`${id}-text`}
          rows={4}
          value={text}
          // A line break is no letter that the contract takes.
          onChange={(event) => setText(event.target.value.replaceAll('\n', ' '))}
          aria-describedby={`${id}-hint`}
          minLength={2}
          maxLength={mostRequestLetters}
          required
        />
        <p id={`${id}-hint`} className="hint">
          {texts.textHint}
        </p>
        <button type="submit" className="main" disabled={state.is === 'sending'}>
          {state.is === 'sending' ? texts.sending : texts.send}
        </button>
        <p role="status">{state.is === 'sent' ? state.text : ''}</p>
        {state.is === 'refused' ? (
          <p role="alert" className="refused">
            {state.text}
          </p>
        ) : null}
      </form>
    </section>
  )
}
