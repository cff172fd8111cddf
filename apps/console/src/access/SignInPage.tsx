import { signInWithPasskey } from '@guankou/contract/access/passkeys.ts'
import { signIn } from '@guankou/contract/access/session.ts'
import { signInWithPassword, startProviderSignIn } from '@guankou/contract/access/sign-in.ts'
import { urlOf } from '@guankou/contract/client.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askPasskey, waysQuery } from '#src/access/queries.ts'
import { useEnter } from '#src/access/use-enter.ts'
import { canUsePasskeys } from '#src/access/webauthn.ts'
import { client, orThrow } from '#src/api/client.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { textOfCode } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { failureInFragment, tokenInFragment, tokenInText } from '#src/path-builder.ts'

const command = 'npx guankou sign-in-link --role commander'

type Enter = ReturnType<typeof useEnter>['enter']

const enterByLink = (enter: Enter, token: string): Promise<void> =>
  enter(async () => orThrow(await client.call(signIn, { body: { token } })))

/** Spends the token of the address, once: it must not be sent twice, nor stay in the address. */
const useTokenOfAddress = (enter: Enter): void => {
  const spent = useRef(false)
  useEffect(() => {
    const token = tokenInFragment(window.location.hash)
    if (token === undefined || spent.current) return
    spent.current = true
    window.history.replaceState(null, '', window.location.pathname)
    void enterByLink(enter, token)
  })
}

type PartProps = { readonly enter: Enter; readonly working: boolean }

const PasswordForm = ({ enter, working }: PartProps) => {
  const { t } = useTranslation()
  const id = useId()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void enter(async () => orThrow(await client.call(signInWithPassword, { body: { login, password } })))
  }
  return (
    <form className="plain-form" onSubmit={submit}>
      <label htmlFor={`${id}-login`}>{t('access.login')}</label>
      <input
        id={`${id}-login`}
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <label htmlFor={`${id}-password`}>{t('access.password')}</label>
      <input
        id={`${id}-password`}
        required
        type="password"
        autoComplete="current-password"
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="primary" htmlType="submit" loading={working} disabled={working}>
        {working ? t('signIn.working') : t('access.enter')}
      </Button>
    </form>
  )
}

const OtherWays = ({ enter, working }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const ways = useQuery(waysQuery).data
  const hasPasskeys = ways?.passkeys === true && canUsePasskeys()
  const provider = ways?.identityProvider ?? null
  if (!hasPasskeys && provider === null) return null
  const byPasskey = (): Promise<void> =>
    enter(async () => {
      const assertion = await askPasskey()
      return orThrow(await client.call(signInWithPasskey, { body: { assertion } }))
    })
  return (
    <div className="sign-in-ways">
      {hasPasskeys ? (
        <button type="button" className="quiet-button" disabled={working} onClick={() => void byPasskey()}>
          {t('access.usePasskey')}
        </button>
      ) : null}
      {provider === null ? null : (
        <a className="quiet-button" href={urlOf(startProviderSignIn)}>
          {t('access.useProvider', { provider: inLocale(provider.label, locale) })}
        </a>
      )}
    </div>
  )
}

const LinkForm = ({ enter, working }: PartProps) => {
  const { t } = useTranslation()
  const fieldId = useId()
  const wrongId = useId()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const token = tokenInText(text)
    setWrong(token === undefined)
    if (token !== undefined) void enterByLink(enter, token)
  }
  return (
    <form className="sign-in-ways" onSubmit={submit}>
      <p>{t('signIn.how')}</p>
      <pre className="command">
        <code>{command}</code>
      </pre>
      <p className="muted">{t('signIn.role')}</p>
      <label htmlFor={fieldId}>{t('signIn.paste')}</label>
      <Input
        id={fieldId}
        value={text}
        placeholder={t('signIn.pasteHint')}
        autoComplete="off"
        {...(wrong ? { status: 'error' as const, 'aria-describedby': wrongId } : {})}
        aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)}
      />
      {wrong ? (
        <p className="field-error" id={wrongId} role="alert">
          {t('signIn.notToken')}
        </p>
      ) : null}
      <button type="submit" className="quiet-button" disabled={working}>
        {t('signIn.submit')}
      </button>
    </form>
  )
}

/** How to come in: by password, passkey, the city's identity provider, or a one-time link. */
export const SignInPage = () => {
  const { t } = useTranslation()
  const locale = useLocale()
  useTitle(t('signIn.title'))
  const { enter, working, failure } = useEnter()
  const [sentBack] = useState(() => failureInFragment(window.location.hash))
  useTokenOfAddress(enter)
  const said = failure ?? (sentBack === undefined ? null : (textOfCode(sentBack, locale) ?? null))
  return (
    <main className="sign-in" id="content">
      <div className="sign-in-tools">
        <PreferenceButtons />
      </div>
      <div className="card sign-in-card">
        <p className="sign-in-mark" aria-hidden="true">
          关口
        </p>
        <h1>{t('signIn.title')}</h1>
        {said === null ? null : (
          <Alert type="error" title={t('signIn.failed')} description={said} role="alert" />
        )}
        <PasswordForm enter={enter} working={working} />
        <OtherWays enter={enter} working={working} />
        <LinkForm enter={enter} working={working} />
      </div>
    </main>
  )
}
