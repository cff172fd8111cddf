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
import { type FormEvent, useState } from 'react'
import { ChoiceField, StoryField } from '#src/me/fields.tsx'
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
  const [asked, setAsked] = useState<Asked>({ kind: 'correction', field: 'name', text: '' })
  const { state, ask } = useAsking(props)
  const change = (part: Partial<Asked>): void => setAsked({ ...asked, ...part })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await ask(asked)) change({ text: '' })
  }
  const kinds = requestKinds.map((value) => ({ value, label: texts.kinds[value] }))
  const fields = correctableFields.map((value) => ({ value, label: correctableFieldNames[value][language] }))
  return (
    <section className="ask">
      <h2>{texts.ask}</h2>
      <p>{fill(texts.askLead, { days: answerDays })}</p>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <ChoiceField
          label={texts.kind}
          value={asked.kind}
          choices={kinds}
          onChange={(kind) => change({ kind })}
        />
        {asked.kind === 'correction' ? (
          <ChoiceField
            label={texts.field}
            value={asked.field}
            choices={fields}
            onChange={(field) => change({ field })}
          />
        ) : null}
        <StoryField
          label={texts.text}
          hint={texts.textHint}
          value={asked.text}
          most={mostRequestLetters}
          onChange={(text) => change({ text })}
        />
        <button type="submit" className="main" disabled={state.is === 'sending'}>
          {state.is === 'sending' ? texts.sending : texts.send}
        </button>
        <p role="status">{state.is === 'sent' ? state.text : ''}</p>
        <p role="alert">{state.is === 'refused' ? state.text : ''}</p>
      </form>
    </section>
  )
}
