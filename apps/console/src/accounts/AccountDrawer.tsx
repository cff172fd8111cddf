import {
  type AccountView,
  changeAccount,
  disableAccount,
  enableAccount,
  endAccountSessions,
  issueLink,
  resetFactors,
  unlockAccount,
} from '@guankou/contract/access/accounts.ts'
import { accountRoles, type Role, roleNames } from '@guankou/contract/roles.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SessionList } from '#src/access/SessionList.tsx'
import { ApiKeys } from '#src/accounts/ApiKeys.tsx'
import { IssuedLinkNote } from '#src/accounts/IssuedLinkNote.tsx'
import { accountSessionsQuery } from '#src/accounts/queries.ts'
import { useAct } from '#src/accounts/use-act.ts'
import { client, orThrow } from '#src/api/client.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'

type OfAccount = { readonly account: AccountView }

const Facts = ({ account }: OfAccount) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const factors = [
    account.hasPassword ? t('access.password') : undefined,
    account.hasTotp ? t('access.totp') : undefined,
    account.passkeys > 0 ? `${t('access.passkeys')} × ${account.passkeys}` : undefined,
    account.identityProvider ? t('access.byProvider') : undefined,
  ].filter((each) => each !== undefined)
  return (
    <dl className="plain-facts">
      <dt>{t('accounts.login')}</dt>
      <dd>{account.login}</dd>
      <dt>{t('accounts.role')}</dt>
      <dd>{inLocale(roleNames[account.role], locale)}</dd>
      <dt>{t('accounts.area')}</dt>
      <dd>{account.areaCode}</dd>
      <dt>{t('accounts.factors')}</dt>
      <dd>{factors.length === 0 ? t('accounts.factorsNone') : factors.join(' · ')}</dd>
      <dt>{t('accounts.lastSeen')}</dt>
      <dd>
        {account.lastSeenAt === null ? t('accounts.never') : formatInstant(account.lastSeenAt, timeZone)}
      </dd>
    </dl>
  )
}

const useActs = ({ id: accountId }: AccountView) => {
  const body = { accountId }
  const link = useAct(async () => orThrow(await client.call(issueLink, { body })))
  const unlock = useAct(async () => orThrow(await client.call(unlockAccount, { body })))
  const reset = useAct(async () => orThrow(await client.call(resetFactors, { body })))
  const disable = useAct(async () => orThrow(await client.call(disableAccount, { body })))
  const enable = useAct(async () => orThrow(await client.call(enableAccount, { body })))
  const change = useAct(async (role: Role) =>
    orThrow(await client.call(changeAccount, { body: { accountId, role } })),
  )
  const end = useAct(async (sessionId?: string) =>
    orThrow(
      await client.call(endAccountSessions, {
        body: sessionId === undefined ? body : { ...body, sessionId },
      }),
    ),
  )
  return { link, unlock, reset, disable, enable, change, end }
}

type Acts = ReturnType<typeof useActs>

const RoleForm = ({ account, change }: OfAccount & Pick<Acts, 'change'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const [role, setRole] = useState<Role>(account.role)
  return (
    <form
      className="plain-form"
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(role)
      }}
    >
      <label htmlFor={id}>{t('accounts.newRole')}</label>
      <select id={id} value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
        {accountRoles.map((each) => (
          <option key={each} value={each}>
            {inLocale(roleNames[each], locale)}
          </option>
        ))}
      </select>
      <button type="submit" className="quiet-button" disabled={role === account.role || change.isPending}>
        {t('accounts.changeRole')}
      </button>
    </form>
  )
}

const Manage = ({ account, acts }: OfAccount & { readonly acts: Acts }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { link, unlock, reset, disable, enable, change } = acts
  const failed = [link, unlock, reset, disable, enable, change, acts.end].find(
    ({ isError }) => isError,
  )?.error
  const button = (label: string, act: { mutate: (input: undefined) => void; isPending: boolean }) => (
    <button
      type="button"
      className="quiet-button"
      disabled={act.isPending}
      onClick={() => act.mutate(undefined)}
    >
      {label}
    </button>
  )
  return (
    <section>
      <h3>{t('accounts.manage')}</h3>
      <div className="plain-buttons">
        {account.disabledAt === null && account.role !== 'service-account'
          ? button(t('accounts.issueLink'), link)
          : null}
        {account.lockedUntil === null ? null : button(t('accounts.unlock'), unlock)}
        {account.role === 'service-account' ? null : button(t('accounts.resetFactors'), reset)}
        {account.disabledAt === null
          ? button(t('accounts.disable'), disable)
          : button(t('accounts.enable'), enable)}
      </div>
      {link.isSuccess ? <IssuedLinkNote link={link.data} /> : null}
      <RoleForm account={account} change={change} />
      <p className="field-error" role="alert">
        {failed ? failureText(failed).text : null}
      </p>
    </section>
  )
}

const Sessions = ({ account, end }: OfAccount & { readonly end: Acts['end'] | undefined }) => {
  const { t } = useTranslation()
  const sessions = useQuery(accountSessionsQuery(account.id))
  return (
    <section>
      <h3>{t('access.sessions')}</h3>
      <Query query={sessions}>
        {(value) =>
          value.sessions.length === 0 ? (
            <p className="muted">{t('accounts.sessionsNone')}</p>
          ) : (
            <>
              <SessionList
                sessions={value.sessions}
                onEnd={end === undefined ? undefined : (id) => end.mutate(id)}
              />
              {end === undefined ? null : (
                <button type="button" className="quiet-button" onClick={() => end.mutate(undefined)}>
                  {t('accounts.endAll')}
                </button>
              )}
            </>
          )
        }
      </Query>
    </section>
  )
}

/** One account: what it is, and for administrators what can be done about it. */
export const AccountDrawer = ({ account, onClose }: OfAccount & { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { accountId, role } = useSession()
  const acts = useActs(account)
  const mayManage = role === 'administrator'
  return (
    <Drawer
      open
      size={480}
      mask={false}
      onClose={onClose}
      title={inLocale(account.name, locale)}
      closable={{ 'aria-label': t('accounts.close') }}
    >
      <div className="account-panel">
        <Facts account={account} />
        {mayManage && account.id !== accountId ? <Manage account={account} acts={acts} /> : null}
        {account.id === accountId ? <p className="muted">{t('accounts.own')}</p> : null}
        {role === 'data-protection-officer' ? null : (
          <Sessions account={account} end={mayManage ? acts.end : undefined} />
        )}
        {account.role === 'service-account' && role !== 'data-protection-officer' ? (
          <ApiKeys accountId={account.id} mayManage={mayManage} />
        ) : null}
      </div>
    </Drawer>
  )
}
