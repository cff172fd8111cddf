import { type OwnAccount, setPassword } from '@guankou/contract/access/own-account.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownAccountKey } from '#src/access/queries.ts'
import { useStepUp } from '#src/access/StepUp.tsx'
import { client, orThrow } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'

/** Sets or changes the password of the account. */
export const PasswordCard = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const queryClient = useQueryClient()
  const withFactor = useStepUp()
  const [password, setTyped] = useState('')
  const set = useMutation({
    mutationFn: () => withFactor(async () => orThrow(await client.call(setPassword, { body: { password } }))),
    onSuccess: () => {
      setTyped('')
      return queryClient.invalidateQueries({ queryKey: ownAccountKey })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    set.mutate()
  }
  return (
    <Card title={t('access.password')}>
      <p>{account.hasPassword ? t('access.passwordSet') : t('access.passwordNone')}</p>
      <form className="plain-form" onSubmit={submit}>
        <input type="hidden" autoComplete="username" value={account.login} readOnly />
        <label htmlFor={id}>{t('access.newPassword')}</label>
        <input
          id={id}
          type="password"
          required
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          value={password}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <small id={`${id}-hint`} className="muted">
          {t('access.newPasswordHint')}
        </small>
        <button type="submit" className="quiet-button" disabled={set.isPending}>
          {account.hasPassword ? t('access.changePassword') : t('access.setPassword')}
        </button>
        <p role="status">
          {set.isSuccess ? t('access.passwordChanged', { count: set.data.ended }) : null}
          {set.isSuccess && set.data.breachList === 'unreachable'
            ? ` ${t('access.breachUnreachable')}`
            : null}
        </p>
        <p className="field-error" role="alert">
          {set.isError ? failureText(set.error).text : null}
        </p>
      </form>
    </Card>
  )
}
