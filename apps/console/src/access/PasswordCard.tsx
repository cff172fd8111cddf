import { type OwnAccount, setPassword } from '@guankou/contract/access/own-account.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownAccountKey } from '#src/access/queries.ts'
import { useStepUp } from '#src/access/StepUp.tsx'
import { TextField } from '#src/access/TextField.tsx'
import { client, orThrow } from '#src/api/client.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'

const useSetPassword = (password: string, onSet: () => void) => {
  const queryClient = useQueryClient()
  const withFactor = useStepUp()
  return useMutation({
    mutationFn: () => withFactor(async () => orThrow(await client.call(setPassword, { body: { password } }))),
    onSuccess: () => {
      onSet()
      return queryClient.invalidateQueries({ queryKey: ownAccountKey })
    },
  })
}

/** Sets or changes the password of the account. */
export const PasswordCard = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [password, setTyped] = useState('')
  const set = useSetPassword(password, () => setTyped(''))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    set.mutate()
  }
  const unreachable = set.isSuccess && set.data.breachList === 'unreachable'
  return (
    <Card title={t('access.password')}>
      <p>{account.hasPassword ? t('access.passwordSet') : t('access.passwordNone')}</p>
      <form className="plain-form" onSubmit={submit}>
        <input type="hidden" autoComplete="username" value={account.login} readOnly />
        <TextField
          label={t('access.newPassword')}
          hint={t('access.newPasswordHint')}
          type="password"
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          value={password}
          onText={setTyped}
        />
        <button type="submit" className="quiet-button" disabled={set.isPending}>
          {account.hasPassword ? t('access.changePassword') : t('access.setPassword')}
        </button>
        <p role="status">
          {set.isSuccess ? t('access.passwordChanged', { count: set.data.ended }) : null}
          {unreachable ? ` ${t('access.breachUnreachable')}` : null}
        </p>
        <p className="field-error" role="alert">
          {set.isError ? failureText(set.error).text : null}
        </p>
      </form>
    </Card>
  )
}
