import {
  type CheckedRelease,
  checkRelease,
  type releaseFields,
} from '@guankou/contract/quarantine/released.ts'
import { type FormEvent, useCallback, useEffect, useId, useState } from 'react'
import { Frame } from '#src/Frame.tsx'
import { client } from '#src/me/me-client.ts'
import { releasedTexts as texts, verdictTexts } from '#src/released/texts.ts'
import type { Language } from '#src/texts/text.ts'
import { useLanguage } from '#src/use-language.ts'

type State =
  | { readonly is: 'asked' }
  | { readonly is: 'checking' }
  | { readonly is: 'unreachable' }
  | { readonly is: 'too-many' }
  | { readonly is: 'checked'; readonly checked: CheckedRelease }

type ReleaseField = (typeof releaseFields)[number]

const mostLetters = 1_000

/** What a code scanned into the address says; nothing where the page was opened by hand. */
const codeInAddress = (): string => window.location.hash.slice(1)

const minute = (instant: string, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(instant))

const Content = ({
  certificate,
  language,
}: {
  readonly certificate: NonNullable<CheckedRelease['certificate']>
  readonly language: Language
}) => {
  const at = (instant: string): string => minute(instant, certificate.timeZone, language)
  const masked = (field: ReleaseField): string =>
    certificate.person.find((each) => each.field === field)?.masked ?? texts.none[language]
  const rows = [
    [texts.number, certificate.serial],
    [texts.name, masked('name')],
    [texts.document, masked('document')],
    [texts.district, certificate.district[language]],
    [texts.released, at(certificate.releasedAt)],
    [texts.issued, at(certificate.issuedAt)],
    [texts.expires, at(certificate.expiresAt)],
  ] as const
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name.en}>
          <dt>{name[language]}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Result = ({ checked, language }: { readonly checked: CheckedRelease; readonly language: Language }) => (
  <section aria-labelledby="result-title">
    <h2 id="result-title">{texts.result[language]}</h2>
    <p
      role={checked.verdict === 'genuine' ? 'status' : 'alert'}
      className={checked.verdict === 'genuine' ? 'promise' : 'refused'}
    >
      {verdictTexts[checked.verdict][language]}
    </p>
    {checked.certificate === null ? null : <Content certificate={checked.certificate} language={language} />}
  </section>
)

const check = async (text: string): Promise<State> => {
  // More letters than any code has are none, and need no journey.
  if (text.length > mostLetters)
    return { is: 'checked', checked: { verdict: 'unreadable', certificate: null } }
  const answer = await client.call(checkRelease, { body: { text } })
  if (answer.is === 'ok') return { is: 'checked', checked: answer.value }
  return { is: answer.is === 'refused' && answer.status === 429 ? 'too-many' : 'unreachable' }
}

const useChecking = () => {
  const [state, setState] = useState<State>({ is: 'asked' })
  const ask = useCallback(async (text: string) => {
    if (text.trim() === '') return
    setState({ is: 'checking' })
    setState(await check(text))
  }, [])
  useEffect(() => {
    const open = () => void ask(codeInAddress())
    open()
    window.addEventListener('hashchange', open)
    return () => window.removeEventListener('hashchange', open)
  }, [ask])
  return { state, ask }
}

/** Says whether a certificate of release is genuine, to anyone who was shown one. */
export const ReleasedPage = () => {
  const [language, changeLanguage] = useLanguage((each) => texts.title[each])
  const { state, ask } = useChecking()
  const [text, setText] = useState('')
  const id = useId()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void ask(text)
  }
  return (
    <Frame
      title={texts.title[language]}
      language={language}
      onLanguage={changeLanguage}
      foot={texts.foot[language]}
    >
      {state.is === 'checking' ? <p aria-busy="true">{texts.checking[language]}</p> : null}
      {state.is === 'unreachable' ? <p role="alert">{texts.unreachable[language]}</p> : null}
      {state.is === 'too-many' ? <p role="alert">{texts.tooMany[language]}</p> : null}
      {state.is === 'checked' ? <Result checked={state.checked} language={language} /> : null}
      <p>{texts.lead[language]}</p>
      <form className="form" onSubmit={submit}>
        <label htmlFor={id}>{texts.field[language]}</label>
        <textarea
          id={id}
          className="letters"
          rows={4}
          value={text}
          spellCheck={false}
          autoComplete="off"
          required
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="main" disabled={state.is === 'checking'}>
          {texts.check[language]}
        </button>
      </form>
    </Frame>
  )
}
