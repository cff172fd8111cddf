import { endOwnSessions, type OwnAccount } from '@guankou/contract/access/own-account.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PasskeysCard } from '#src/access/PasskeysCard.tsx'
import { PasswordCard } from '#src/access/PasswordCard.tsx'
import { ownAccountKey, ownAccountQuery, ownSessionsQuery } from '#src/access/queries.ts'
import { SessionList } from '#src/access/SessionList.tsx'
import { TotpCard } from '#src/access/TotpCard.tsx'
import { client, orThrow } from '#src/api/client.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'

const WhoCard = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  return (
    <Card title={t('access.who')}>
      <dl className="plain-facts">
        <dt>{t('access.login')}</dt>
        <dd>{account.login}</dd>
        <dt>{t('access.name')}</dt>
        <dd>{inLocale(account.name, locale)}</dd>
        <dt>{t('access.role')}</dt>
        <dd>{inLocale(roleNames[account.role], locale)}</dd>
        <dt>{t('access.area')}</dt>
        <dd>{account.areaCode}</dd>
        <dt>{t('access.secondFactor')}</dt>
        <dd>{account.secondFactorNeeded ? t('access.secondFactorNeeded') : t('access.secondFactorFree')}</dd>
        {account.provedUntil === null ? null : (
          <>
            <dt>{t('access.provedUntil')}</dt>
            <dd>{formatInstant(account.provedUntil, timeZone)}</dd>
          </>
        )}
        {account.identityProvider ? (
          <>
            <dt>{t('access.byProvider')}</dt>
            <dd>{t('access.tied')}</dd>
          </>
        ) : null}
      </dl>
    </Card>
  )
}

const SessionsCard = () => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const queryClient = useQueryClient()
  const sessions = useQuery(ownSessionsQuery)
  const end = useMutation({
    mutationFn: async (sessionId?: string) =>
      orThrow(await client.call(endOwnSessions, { body: sessionId === undefined ? {} : { sessionId } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ownAccountKey }),
  })
  return (
    <Card title={t('access.sessions')}>
      <Query query={sessions}>
        {(value) => (
          <>
            <SessionList sessions={value.sessions} onEnd={(id) => end.mutate(id)} />
            {value.sessions.length > 1 ? (
              <button type="button" className="quiet-button" onClick={() => end.mutate(undefined)}>
                {t('access.endOthers')}
              </button>
            ) : null}
          </>
        )}
      </Query>
      <p role="status">{end.isSuccess ? t('access.ended', { count: end.data.ended }) : null}</p>
      <p className="field-error" role="alert">
        {end.isError ? failureText(end.error).text : null}
      </p>
    </Card>
  )
}

/** One's own account: who, what proves it, and where it is signed in. */
export const AccountPage = () => {
  const { t } = useTranslation()
  useTitle(t('access.title'))
  const account = useQuery(ownAccountQuery)
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('access.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <Query query={account}>
        {(value) => (
          <div className="account-cards">
            <WhoCard account={value} />
            <SessionsCard />
            <PasswordCard account={value} />
            <TotpCard account={value} />
            <PasskeysCard account={value} />
          </div>
        )}
      </Query>
    </main>
  )
}
