import { type ApiKeyView, createApiKey, revokeApiKey } from '@guankou/contract/access/api-keys.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '#src/accounts/queries.ts'
import { useAct } from '#src/accounts/use-act.ts'
import { client, orThrow } from '#src/api/client.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

const usualDays = 90

const KeyLine = ({
  apiKey,
  onRevoke,
}: {
  readonly apiKey: ApiKeyView
  readonly onRevoke: ((id: string) => void) | undefined
}) => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const { id, label, scopes, expiresAt, revokedAt, lastUsedAt } = apiKey
  const used =
    lastUsedAt === null
      ? t('accounts.keyUnused')
      : t('accounts.keyUsed', { time: formatInstant(lastUsedAt, timeZone) })
  const state =
    revokedAt === null
      ? t('accounts.keyUntil', { time: formatInstant(expiresAt, timeZone) })
      : t('accounts.keyRevoked', { time: formatInstant(revokedAt, timeZone) })
  return (
    <li>
      <span>
        <b>{label}</b> <span className="muted">{scopes.join(', ')}</span>
        <br />
        <span className="muted">
          {state} · {used}
        </span>
      </span>
      {revokedAt === null && onRevoke !== undefined ? (
        <button
          type="button"
          className="link-button"
          aria-label={t('accounts.keyRevokeOf', { label })}
          onClick={() => onRevoke(id)}
        >
          {t('accounts.keyRevoke')}
        </button>
      ) : null}
    </li>
  )
}

const NewKey = ({
  accountId,
  scopes,
}: {
  readonly accountId: string
  readonly scopes: readonly string[]
}) => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const [label, setLabel] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [validDays, setValidDays] = useState(usualDays)
  const create = useAct(async () =>
    orThrow(
      await client.call(createApiKey, {
        body: { accountId, label: label.trim(), scopes: [...chosen], validDays },
      }),
    ),
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate(undefined)
  }
  return (
    <form className="plain-form" onSubmit={submit}>
      <label htmlFor={`${id}-label`}>{t('accounts.keyLabel')}</label>
      <input
        id={`${id}-label`}
        required
        maxLength={60}
        pattern=".*\S.*"
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <fieldset>
        <legend>{t('accounts.keyScopes')}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="plain-check">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) =>
                setChosen(
                  event.currentTarget.checked ? [...chosen, scope] : chosen.filter((each) => each !== scope),
                )
              }
            />
            <code>{scope}</code>
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-days`}>{t('accounts.keyDays')}</label>
      <input
        id={`${id}-days`}
        type="number"
        required
        min={1}
        max={366}
        value={validDays}
        onChange={(event) => setValidDays(Number(event.currentTarget.value))}
      />
      <button type="submit" className="quiet-button" disabled={create.isPending || chosen.length === 0}>
        {t('accounts.keyCreate')}
      </button>
      {create.isSuccess ? (
        <div role="status">
          <p>{t('accounts.keyOnce')}</p>
          <pre className="command">
            <code>{create.data.key}</code>
          </pre>
        </div>
      ) : null}
      <p className="field-error" role="alert">
        {create.isError ? failureText(create.error).text : null}
      </p>
    </form>
  )
}

/** Keys of a service account. @param mayManage  left to look at otherwise */
export const ApiKeys = ({
  accountId,
  mayManage,
}: {
  readonly accountId: string
  readonly mayManage: boolean
}) => {
  const { t } = useTranslation()
  const keys = useQuery(apiKeysQuery(accountId))
  const revoke = useAct(async (keyId: string) =>
    orThrow(await client.call(revokeApiKey, { body: { accountId, keyId } })),
  )
  return (
    <section>
      <h3>{t('accounts.keys')}</h3>
      <Query query={keys}>
        {(value) => (
          <>
            {value.keys.length === 0 ? <p className="muted">{t('accounts.keysNone')}</p> : null}
            <ul className="key-list">
              {value.keys.map((apiKey) => (
                <KeyLine key={apiKey.id} apiKey={apiKey} onRevoke={mayManage ? revoke.mutate : undefined} />
              ))}
            </ul>
            {mayManage ? <NewKey accountId={accountId} scopes={value.scopes} /> : null}
          </>
        )}
      </Query>
    </section>
  )
}
