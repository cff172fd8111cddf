import { signIn } from '@guankou/contract/access/session.ts'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { sessionQuery } from '#src/api/queries.ts'
import { useGo } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { paths, tokenInFragment, tokenInText } from '#src/path-builder.ts'

const command = 'npx guankou sign-in-link --role commander'

const useSignIn = () => {
  const go = useGo()
  const queryClient = useQueryClient()
  const failureText = useFailureText()
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const enter = async (token: string): Promise<void> => {
    setWorking(true)
    setFailure(null)
    try {
      const session = orThrow(await client.call(signIn, { body: { token } }))
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      go(paths.situation, {}, 'replace')
    } catch (cause) {
      setFailure(failureText(cause).text)
      setWorking(false)
    }
  }
  return { enter, working, failure }
}

/** Spends the token of the address, once: it must not be sent twice, nor stay in the address. */
const useTokenOfAddress = (enter: (token: string) => Promise<void>): void => {
  const spent = useRef(false)
  useEffect(() => {
    const token = tokenInFragment(window.location.hash)
    if (token === undefined || spent.current) return
    spent.current = true
    window.history.replaceState(null, '', window.location.pathname)
    void enter(token)
  })
}

const HowToGetIn = () => {
  const { t } = useTranslation()
  return (
    <>
      <p className="sign-in-mark" aria-hidden="true">
        关口
      </p>
      <h1>{t('signIn.title')}</h1>
      <p>{t('signIn.lead')}</p>
      <p>{t('signIn.how')}</p>
      <pre className="command">
        <code>{command}</code>
      </pre>
      <p className="muted">{t('signIn.role')}</p>
    </>
  )
}

type PasteFieldProps = {
  readonly text: string
  readonly wrong: boolean
  readonly onText: (text: string) => void
}

const PasteField = ({ text, wrong, onText }: PasteFieldProps) => {
  const { t } = useTranslation()
  const fieldId = useId()
  const wrongId = useId()
  return (
    <>
      <label htmlFor={fieldId}>{t('signIn.paste')}</label>
      <Input
        id={fieldId}
        value={text}
        placeholder={t('signIn.pasteHint')}
        autoComplete="off"
        {...(wrong ? { status: 'error' as const, 'aria-describedby': wrongId } : {})}
        aria-invalid={wrong}
        onChange={(event) => onText(event.target.value)}
      />
      {wrong ? (
        <p className="field-error" id={wrongId} role="alert">
          {t('signIn.notToken')}
        </p>
      ) : null}
    </>
  )
}

/** How to come in: by the link, or by pasting it. */
export const SignInPage = () => {
  const { t } = useTranslation()
  useTitle(t('signIn.title'))
  const { enter, working, failure } = useSignIn()
  const [text, setText] = useState('')
  const [notToken, setNotToken] = useState(false)
  useTokenOfAddress(enter)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const token = tokenInText(text)
    setNotToken(token === undefined)
    if (token !== undefined) void enter(token)
  }
  return (
    <main className="sign-in" id="content">
      <div className="sign-in-tools">
        <PreferenceButtons />
      </div>
      <form className="card sign-in-card" onSubmit={submit}>
        <HowToGetIn />
        {failure === null ? null : (
          <Alert type="error" title={t('signIn.failed')} description={failure} role="alert" />
        )}
        <PasteField text={text} wrong={notToken} onText={setText} />
        <Button type="primary" htmlType="submit" loading={working} disabled={working}>
          {working ? t('signIn.working') : t('signIn.submit')}
        </Button>
      </form>
    </main>
  )
}
