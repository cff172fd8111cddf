import { errors } from '@guankou/contract/errors.ts'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import type { SignInFailure } from '#src/runtime/field-runtime.ts'
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

export const SignInScreen = () => {
  const { t, i18n } = useTranslation()
  const { runtime, settings } = useField()
  const navigate = useNavigate()
  const { counts } = useStore(runtime.sync.view)
  const { locale } = useStore(settings)
  const [token, setToken] = useState('')
  const [device, setDevice] = useState(() => i18n.t('signIn.deviceDefault'))
  const [failure, setFailure] = useState<SignInFailure | 'EMPTY'>()
  const [busy, setBusy] = useState(false)
  const taken = useRef(false)

  const submit = async (given: string): Promise<void> => {
    if (given === '') return setFailure('EMPTY')
    setBusy(true)
    const failed = await runtime.signIn(given, device.trim() || i18n.t('signIn.deviceDefault'))
    setBusy(false)
    setFailure(failed)
    if (failed === undefined) void navigate({ to: runtime.place.get() === undefined ? '/place' : '/lane' })
  }

  useEffect(() => {
    if (taken.current) return
    taken.current = true
    const given = takeTokenFromAddress()
    if (given === '') return
    setToken(given)
    void submit(given)
  })

  const failureText = (): string => {
    if (failure === 'EMPTY') return t('signIn.tokenEmpty')
    if (failure === undefined || failure === 'UNREACHABLE') return t('signIn.unreachable')
    return errors[failure].text[locale]
  }
  const others = [...counts.waitingForOthers.values()].reduce((sum, each) => sum + each.count, 0)
  return (
    <>
      <header className="head">
        <p className="head-title">{t('app.name')}</p>
        <LanguageSwitch />
      </header>
      <main className="page narrow" id="content">
        <h1>{t('signIn.title')}</h1>
        <p className="lead">{t('signIn.lead')}</p>
        {failure === undefined ? null : (
          <div className="notice notice-act" role="alert">
            <b>{t('signIn.failed')}</b>
            <p>{failureText()}</p>
          </div>
        )}
        <form
          className="form"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            void submit(tokenIn(token))
          }}
        >
          <label className="field">
            <span>{t('signIn.token')}</span>
            <input
              value={token}
              onChange={(event) => setToken(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              aria-invalid={failure === 'EMPTY'}
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
          <button type="submit" className="button button-main" disabled={busy}>
            {busy ? t('signIn.busy') : t('signIn.submit')}
          </button>
        </form>
        {others > 0 ? <p className="notice">{t('signIn.othersWaiting', { count: others })}</p> : null}
      </main>
    </>
  )
}
