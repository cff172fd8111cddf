import type { OwnQuarantine } from '@guankou/contract/quarantine/own.ts'
import { type FormEvent, useId, useState } from 'react'
import type { Word } from '#src/report/kept-words.ts'
import { reportTextsOf } from '#src/report/texts.ts'
import { wordId } from '#src/report/word-id.ts'
import { fill, type Language } from '#src/texts/text.ts'

/** A temperature as people type it, with a comma or a full-width point; undefined where it is none. */
const readCelsius = (text: string): number | undefined => {
  const value = Number(text.trim().replace(/[,，。．]/g, '.'))
  return text.trim() !== '' && value >= 34 && value <= 43 ? Math.round(value * 10) / 10 : undefined
}

const SignList = ({
  own,
  language,
  chosen,
  onChange,
}: {
  readonly own: OwnQuarantine
  readonly language: Language
  readonly chosen: readonly string[]
  readonly onChange: (signs: readonly string[]) => void
}) => (
  <fieldset className="signs">
    <legend>{reportTextsOf[language].signs}</legend>
    {own.signs.map(({ code, name }) => (
      <label key={code}>
        <input
          type="checkbox"
          checked={chosen.includes(code)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, code] : chosen.filter((each) => each !== code))
          }
        />
        {name[language]}
      </label>
    ))}
  </fieldset>
)

type ReportParts = {
  readonly secret: string
  readonly own: OwnQuarantine
  readonly onSaid: (word: Word) => void
}

/** What is typed and ticked, until it is sent. */
const useReport = ({ secret, own, onSaid }: ReportParts) => {
  const [typed, setTyped] = useState('')
  const [signs, setSigns] = useState<readonly string[]>([])
  const [isWrong, setWrong] = useState(false)
  const [hasNone, setHasNone] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const celsius = readCelsius(typed)
    if (own.feverCelsius !== null && celsius === undefined && !(hasNone && typed.trim() === '')) {
      setWrong(true)
      return
    }
    const atMs = Date.now()
    const body = { secret, id: wordId(atMs), occurredAt: new Date(atMs).toISOString(), signs: [...signs] }
    onSaid({ is: 'report', body: celsius === undefined ? body : { ...body, temperatureCelsius: celsius } })
    setTyped('')
    setSigns([])
    setWrong(false)
    setHasNone(false)
  }
  return { typed, setTyped, signs, setSigns, isWrong, hasNone, setHasNone, submit }
}

type Report = ReturnType<typeof useReport>

/** The temperature, or that there is no way to take it. */
const CelsiusField = ({ report, language }: { readonly report: Report; readonly language: Language }) => {
  const id = useId()
  const texts = reportTextsOf[language]
  const { typed, setTyped, isWrong, hasNone, setHasNone } = report
  return (
    <>
      <label htmlFor={id}>{texts.temperature}</label>
      <input
        id={id}
        className="celsius"
        inputMode="decimal"
        autoComplete="off"
        maxLength={5}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className={isWrong ? 'refused' : 'hint'} role={isWrong ? 'alert' : undefined}>
        {isWrong ? texts.temperatureWrong : texts.temperatureHint}
      </p>
      <label className="no-thermometer">
        <input type="checkbox" checked={hasNone} onChange={(event) => setHasNone(event.target.checked)} />
        {texts.noThermometer}
      </label>
    </>
  )
}

/** Temperature and symptoms, as often as a day asks for. */
export const ReportForm = ({
  secret,
  own,
  language,
  onSaid,
}: ReportParts & { readonly language: Language }) => {
  const id = useId()
  const texts = reportTextsOf[language]
  const report = useReport({ secret, own, onSaid })
  const measures = own.feverCelsius !== null
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{own.subject === 'house' ? texts.reportHouse : texts.report}</h2>
      <form className="form" onSubmit={report.submit} noValidate>
        {measures ? <CelsiusField report={report} language={language} /> : null}
        <SignList own={own} language={language} chosen={report.signs} onChange={report.setSigns} />
        <button type="submit" className="main">
          {texts.send}
        </button>
        {measures ? <p className="hint">{fill(texts.fever, { line: own.feverCelsius ?? '' })}</p> : null}
      </form>
    </section>
  )
}
