import { type ApiKeyView, createApiKey, revokeApiKey } from '@guankou/contract/access/api-keys.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '#src/access/TextField.tsx'
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

const useCreateKey = (accountId: string) =>
  useAct(async (wish: { readonly label: string; readonly scopes: string[]; readonly validDays: number }) =>
    orThrow(await client.call(createApiKey, { body: { accountId, ...wish } })),
  )

type ScopesProps = {
  readonly scopes: readonly string[]
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: readonly string[]) => void
}

const Scopes = ({ scopes, chosen, onChosen }: ScopesProps) => {
  const { t } = useTranslation()
  const toggle = (scope: string, on: boolean): void =>
    onChosen(on ? [...chosen, scope] : chosen.filter((each) => each !== scope))
  return (
    <fieldset>
      <legend>{t('accounts.keyScopes')}</legend>
      {scopes.map((scope) => (
        <label key={scope} className="plain-check">
          <input
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={(event) => toggle(scope, event.currentTarget.checked)}
          />
          <code>{scope}</code>
        </label>
      ))}
    </fieldset>
  )
}

const ShownKey = ({ apiKey }: { readonly apiKey: string }) => {
  const { t } = useTranslation()
  return (
    <div role="status">
      <p>{t('accounts.keyOnce')}</p>
      <pre className="command">
        <code>{apiKey}</code>
      </pre>
    </div>
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
  const failureText = useFailureText()
  const [label, setLabel] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [validDays, setValidDays] = useState(usualDays)
  const create = useCreateKey(accountId)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate({ label: label.trim(), scopes: [...chosen], validDays })
  }
  return (
    <form className="plain-form" onSubmit={submit}>
      <TextField
        label={t('accounts.keyLabel')}
        maxLength={60}
        pattern=".*\S.*"
        value={label}
        onText={setLabel}
      />
      <Scopes scopes={scopes} chosen={chosen} onChosen={setChosen} />
      <TextField
        label={t('accounts.keyDays')}
        type="number"
        min={1}
        max={366}
        value={validDays}
        onText={(text) => setValidDays(Number(text))}
      />
      <button type="submit" className="quiet-button" disabled={create.isPending || chosen.length === 0}>
        {t('accounts.keyCreate')}
      </button>
      {create.isSuccess ? <ShownKey apiKey={create.data.key} /> : null}
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
