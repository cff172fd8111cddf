import { enrolmentCodeLength, readEnrolmentCode } from '@guankou/contract/access/enrolment.ts'
import { errors } from '@guankou/contract/errors.ts'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { SignInFailure } from '#src/runtime/session.ts'
import { useStore } from '#src/runtime/store.ts'
import { LanguageSwitch } from '#src/screens/chrome/LanguageSwitch.tsx'
import { codeIn, takeCodeFromAddress } from './enrol-code.ts'

type Failure = SignInFailure | 'SHORT'

const useEnrolment = () => {
  const { runtime } = useField()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const [label, setLabel] = useState<string>()
  const submit = async (typed: string): Promise<void> => {
    const code = readEnrolmentCode(codeIn(typed))
    if (code.length !== enrolmentCodeLength) return setFailure('SHORT')
    setBusy(true)
    const enrolled = await runtime.enrol(code)
    setBusy(false)
    if (enrolled.is === 'enrolled') setLabel(enrolled.label)
    else setFailure(enrolled.failure)
  }
  return { busy, failure, label, submit }
}

const FailureNotice = ({ failure }: { readonly failure: Failure }) => {
  const { t } = useTranslation()
  const { locale } = useStore(useField().settings)
  const text = (): string => {
    if (failure === 'SHORT') return t('guard.enrolCodeShort')
    return failure === 'UNREACHABLE' ? t('guard.enrolUnreachable') : errors[failure].text[locale]
  }
  return (
    <div className="notice notice-act" role="alert">
      <b>{t('guard.enrolFailed')}</b>
      <p>{text()}</p>
    </div>
  )
}

const Done = ({ label }: { readonly label: string }) => {
  const { t } = useTranslation()
  return (
    <div className="state-actions">
      <p className="notice" role="status">
        {t('guard.enrolledText', { label })}
      </p>
      <Link to="/sign-in" className="button button-main">
        {t('guard.enrolledNext')}
      </Link>
    </div>
  )
}

type FormProps = {
  readonly code: string
  readonly onCode: (code: string) => void
  readonly busy: boolean
  readonly isShort: boolean
  readonly onSubmit: (code: string) => Promise<void>
}

const CodeForm = ({ code, onCode, busy, isShort, onSubmit }: FormProps) => {
  const { t } = useTranslation()
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void onSubmit(code)
      }}
    >
      <label className="field">
        <span>{t('guard.enrolCode')}</span>
        <input
          value={code}
          onChange={(event) => onCode(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby="code-hint"
          aria-invalid={isShort}
        />
        <small id="code-hint">{t('guard.enrolHint')}</small>
      </label>
      <button type="submit" className="button button-main" disabled={busy}>
        {busy ? t('guard.enrolBusy') : t('guard.enrolSubmit')}
      </button>
    </form>
  )
}

/** This phone becomes a device: by the link in the QR code, or by the code typed. */
export const EnrolScreen = () => {
  const { t } = useTranslation()
  const { busy, failure, label, submit } = useEnrolment()
  const [code, setCode] = useState('')
  const taken = useRef(false)
  useEffect(() => {
    if (taken.current) return
    taken.current = true
    const given = takeCodeFromAddress()
    if (given === '') return
    setCode(given)
    void submit(given)
  })
  return (
    <>
      <header className="head">
        <p className="head-title">{t('app.name')}</p>
        <LanguageSwitch />
      </header>
      <main className="page" id="content">
        <h1>{t('guard.enrolTitle')}</h1>
        {label === undefined ? <p className="lead">{t('guard.enrolText')}</p> : <Done label={label} />}
        {failure === undefined || label !== undefined ? null : <FailureNotice failure={failure} />}
        {label === undefined ? (
          <CodeForm
            code={code}
            onCode={setCode}
            busy={busy}
            isShort={failure === 'SHORT'}
            onSubmit={submit}
          />
        ) : null}
      </main>
    </>
  )
}
