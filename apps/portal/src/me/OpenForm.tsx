import { type DestroyedDays, openOwnPage } from '@guankou/contract/subject-access/endpoints.ts'
import { formatDayLong } from '@guankou/ui/format/time.ts'
import { type FormEvent, useEffect, useState } from 'react'
import { CodeField } from '#src/me/fields.tsx'
import { client, codeInAddress, refusalText } from '#src/me/me-client.ts'
import { meTextsOf } from '#src/me/texts.ts'
import { fill, type Language } from '#src/texts/text.ts'

type State =
  | { readonly is: 'asking' | 'opening' }
  | { readonly is: 'refused'; readonly text: string }
  | { readonly is: 'destroyed'; readonly days: DestroyedDays }

const Destroyed = ({ days, language }: { readonly days: DestroyedDays; readonly language: Language }) => {
  const texts = meTextsOf[language]
  return (
    <div role="alert" className="promise">
      <h2>{texts.destroyedTitle}</h2>
      <p>{texts.destroyedLead}</p>
      <ul>
        {days.map(({ day, district, destroyedOn, certificate }) => (
          <li key={`${day} ${district.zh}`}>
            {fill(texts.destroyedLine, {
              day: formatDayLong(language, day),
              district: district[language],
              on: formatDayLong(language, destroyedOn),
            })}
            {certificate === null ? '' : ` · ${fill(texts.certificate, { id: certificate })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

const useOpening = (language: Language, onOpened: (pass: string) => void) => {
  const texts = meTextsOf[language]
  const [state, setState] = useState<State>({ is: 'asking' })
  const open = async (code: string, tail: string): Promise<void> => {
    setState({ is: 'opening' })
    const answer = await client.call(openOwnPage, { body: { code, tail } })
    if (answer.is === 'ok') {
      if (answer.value.pass !== null) return onOpened(answer.value.pass)
      setState({ is: 'destroyed', days: answer.value.destroyed })
      return
    }
    const told = refusalText(answer, language)
    const wait = told?.waitMinutes === undefined ? '' : ` ${fill(texts.wait, { minutes: told.waitMinutes })}`
    setState({ is: 'refused', text: told === undefined ? texts.unreachable : told.text + wait })
  }
  return { state, open }
}

/** The code that a slip brought along, now or later in the same tab. */
const useCode = () => {
  const [code, setCode] = useState(codeInAddress)
  useEffect(() => {
    const take = (): void => {
      const brought = codeInAddress()
      if (brought !== '') setCode(brought)
    }
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return [code, setCode] as const
}

/** Asks for the code of a slip and the last characters of the number that was recorded. */
export const OpenForm = ({
  language,
  onOpened,
}: {
  readonly language: Language
  readonly onOpened: (pass: string) => void
}) => {
  const texts = meTextsOf[language]
  const [code, setCode] = useCode()
  const [tail, setTail] = useState('')
  const { state, open } = useOpening(language, onOpened)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void open(code, tail)
  }
  return (
    <>
      <p>{texts.lead}</p>
      <form className="form" onSubmit={submit}>
        <CodeField label={texts.code} hint={texts.codeHint} value={code} most={40} onChange={setCode} />
        <CodeField label={texts.tail} hint={texts.tailHint} value={tail} most={32} onChange={setTail} />
        <button type="submit" className="main" disabled={state.is === 'opening'}>
          {state.is === 'opening' ? texts.opening : texts.open}
        </button>
        {state.is === 'refused' ? (
          <p role="alert" className="refused">
            {state.text}
          </p>
        ) : null}
      </form>
      {state.is === 'destroyed' ? <Destroyed days={state.days} language={language} /> : null}
      <p className="promise">{texts.noSlip}</p>
      <p>{texts.shared}</p>
    </>
  )
}
