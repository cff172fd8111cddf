import type { OwnAccount } from '@guankou/contract/access/own-account.ts'
import { addPasskey, removePasskey, startPasskey } from '@guankou/contract/access/passkeys.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownAccountKey, waysQuery } from '#src/access/queries.ts'
import { useStepUp } from '#src/access/StepUp.tsx'
import { useSignInFailure } from '#src/access/use-sign-in-failure.ts'
import { canUsePasskeys, makePasskey } from '#src/access/webauthn.ts'
import { client, orThrow } from '#src/api/client.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

const usePasskeyActs = () => {
  const queryClient = useQueryClient()
  const withFactor = useStepUp()
  const refresh = () => queryClient.invalidateQueries({ queryKey: ownAccountKey })
  const add = useMutation({
    mutationFn: async (label: string) => {
      const options = await withFactor(async () => orThrow(await client.call(startPasskey, { body: {} })))
      const attestation = await makePasskey(options)
      return orThrow(await client.call(addPasskey, { body: { label, attestation } }))
    },
    onSuccess: refresh,
  })
  const remove = useMutation({
    mutationFn: (passkeyId: string) =>
      withFactor(async () => orThrow(await client.call(removePasskey, { body: { passkeyId } }))),
    onSuccess: refresh,
  })
  return { add, remove }
}

const AddForm = ({ add }: Pick<ReturnType<typeof usePasskeyActs>, 'add'>) => {
  const { t } = useTranslation()
  const id = useId()
  const [label, setLabel] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    add.mutate(label.trim(), { onSuccess: () => setLabel('') })
  }
  return (
    <form className="plain-form" onSubmit={submit}>
      <label htmlFor={id}>{t('access.passkeyLabel')}</label>
      <input
        id={id}
        required
        maxLength={60}
        pattern=".*\S.*"
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <button type="submit" className="quiet-button" disabled={add.isPending}>
        {t('access.passkeyAdd')}
      </button>
    </form>
  )
}

/** The passkeys of the account. */
export const PasskeysCard = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const failureText = useSignInFailure()
  const { add, remove } = usePasskeyActs()
  const possible = useQuery(waysQuery).data?.passkeys === true && canUsePasskeys()
  const failed = add.error ?? remove.error
  return (
    <Card title={t('access.passkeys')}>
      <p>{t('access.passkeysLead')}</p>
      <ul>
        {account.passkeys.map(({ id, label, createdAt, lastUsedAt }) => (
          <li key={id}>
            <span>
              <b>{label}</b>{' '}
              <span className="muted">
                {lastUsedAt === null
                  ? t('access.passkeyMade', { time: formatInstant(createdAt, timeZone) })
                  : t('access.passkeyUsed', { time: formatInstant(lastUsedAt, timeZone) })}
              </span>
            </span>
            <button
              type="button"
              className="link-button"
              aria-label={t('access.passkeyRemoveOf', { label })}
              onClick={() => remove.mutate(id)}
            >
              {t('access.remove')}
            </button>
          </li>
        ))}
      </ul>
      {possible ? <AddForm add={add} /> : <p className="muted">{t('access.passkeysImpossible')}</p>}
      <p className="field-error" role="alert">
        {failed === null ? null : failureText(failed)}
      </p>
    </Card>
  )
}
