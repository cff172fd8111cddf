import { errors } from '@guankou/contract/errors.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { SignInFailure } from '#src/runtime/session.ts'
import { useStore } from '#src/runtime/store.ts'
import { LanguageSwitch } from './chrome/LanguageSwitch.tsx'

/** The token in a pasted link (`…#token=…`), or the text itself. */
export const tokenIn = (text: string): string => /token=([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? text.trim()

/** Reads the token of the address once and takes it out of sight and history. */
const takeTokenFromAddress = (): string => {
  const token = /token=/.test(window.location.hash) ? tokenIn(window.location.hash) : ''
  if (token !== '') window.history.replaceState(null, '', window.location.pathname)
  return token
}

type Attempt = {
  readonly busy: boolean
  readonly failure: SignInFailure | 'EMPTY' | undefined
  readonly submit: (token: string, device: string) => Promise<void>
}

const useAttempt = (): Attempt => {
  const { runtime } = useField()
  const navigate = useNavigate()
  const [failure, setFailure] = useState<Attempt['failure']>()
  const [busy, setBusy] = useState(false)
  return {
    busy,
    failure,
    async submit(token, device) {
      if (token === '') return setFailure('EMPTY')
      setBusy(true)
      const failed = await runtime.signIn(token, device)
      setBusy(false)
      setFailure(failed)
      if (failed === undefined) void navigate({ to: runtime.place.get() === undefined ? '/place' : '/lane' })
    },
  }
}

const Failure = ({ failure }: { readonly failure: Exclude<Attempt['failure'], undefined> }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const text = (): string => {
    if (failure === 'EMPTY') return t('signIn.tokenEmpty')
    return failure === 'UNREACHABLE' ? t('signIn.unreachable') : errors[failure].text[locale]
  }
  return (
    <div className="notice notice-act" role="alert">
      <b>{t('signIn.failed')}</b>
      <p>{text()}</p>
    </div>
  )
}

type FormProps = {
  readonly attempt: Attempt
  readonly token: string
  readonly onToken: (token: string) => void
}

const SignInForm = ({ attempt, token, onToken }: FormProps) => {
  const { t } = useTranslation()
  const standard = t('signIn.deviceDefault')
  const [device, setDevice] = useState(standard)
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void attempt.submit(tokenIn(token), device.trim() || standard)
      }}
    >
      <label className="field">
        <span>{t('signIn.token')}</span>
        <input
          value={token}
          onChange={(event) => onToken(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={attempt.failure === 'EMPTY'}
        />
      </label>
      <label className="field">
        <span>{t('signIn.device')}</span>
        <input
          value={device}
          maxLength={80}
          onChange={(event) => setDevice(event.target.value)}
          aria-describedby="device-hint"
        />
        <small id="device-hint">{t('signIn.deviceHint')}</small>
      </label>
      <button type="submit" className="button button-main" disabled={attempt.busy}>
        {attempt.busy ? t('signIn.busy') : t('signIn.submit')}
      </button>
    </form>
  )
}

/** In by a one-time link, opened or pasted. */
export const SignInScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const { counts } = useStore(runtime.sync.view)
  const attempt = useAttempt()
  const [token, setToken] = useState('')
  const taken = useRef(false)
  useEffect(() => {
    if (taken.current) return
    taken.current = true
    const given = takeTokenFromAddress()
    if (given === '') return
    setToken(given)
    void attempt.submit(given, t('signIn.deviceDefault'))
  })
  const others = [...counts.waitingForOthers.values()].reduce((sum, each) => sum + each.count, 0)
  return (
    <>
      <header className="head">
        <p className="head-title">{t('app.name')}</p>
        <LanguageSwitch />
      </header>
      <main className="page" id="content">
        <h1>{t('signIn.title')}</h1>
        <p className="lead">{t('signIn.lead')}</p>
        {attempt.failure === undefined ? null : <Failure failure={attempt.failure} />}
        {attempt.failure === 'DEVICE_NOT_ENROLLED' ? (
          <Link to="/enrol" className="button">
            {t('guard.enrolTitle')}
          </Link>
        ) : null}
        <SignInForm attempt={attempt} token={token} onToken={setToken} />
        {counts.carried > 0 ? (
          <p className="notice">{t('signIn.othersSealed', { count: counts.carried })}</p>
        ) : null}
        {others > 0 ? <p className="notice">{t('signIn.othersWaiting', { count: others })}</p> : null}
      </main>
    </>
  )
}
