import { readSession, type SessionView, signOut } from '@guankou/contract/access/session.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PasskeysCard } from '#src/access/PasskeysCard.tsx'
import { PasswordCard } from '#src/access/PasswordCard.tsx'
import { ProofForm } from '#src/access/ProofForm.tsx'
import { ownAccountQuery } from '#src/access/queries.ts'
import { StepUpProvider } from '#src/access/StepUp.tsx'
import { TotpCard } from '#src/access/TotpCard.tsx'
import { useEnter } from '#src/access/use-enter.ts'
import { client, orThrow } from '#src/api/client.ts'
import { sessionQuery } from '#src/api/queries.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { SessionContext } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { consoleBase, paths } from '#src/path-builder.ts'

const leave = async (): Promise<void> => {
  await client.call(signOut, { body: {} })
  window.location.assign(`${consoleBase}${paths.signIn}`)
}

const Prove = () => {
  const { enter } = useEnter()
  const account = useQuery(ownAccountQuery)
  return (
    <Query query={account}>
      {(value) => (
        <ProofForm account={value} secondOnly onProved={(session) => void enter(async () => session)} />
      )}
    </Query>
  )
}

const SetUp = () => {
  const { t } = useTranslation()
  const { enter } = useEnter()
  const account = useQuery(ownAccountQuery)
  const goOn = (): Promise<void> => enter(async () => orThrow(await client.call(readSession, {})))
  return (
    <Query query={account}>
      {(value) => (
        <>
          <p>{t('access.setUpLead')}</p>
          <div className="account-cards">
            <TotpCard account={value} />
            <PasskeysCard account={value} />
            <PasswordCard account={value} />
          </div>
          {value.hasTotp || value.passkeys.length > 0 ? (
            <button type="button" className="quiet-button" onClick={() => void goOn()}>
              {t('access.goOn')}
            </button>
          ) : null}
        </>
      )}
    </Query>
  )
}

const Finish = ({ lacks }: { readonly lacks: SessionView['lacks'] }) => {
  const { t } = useTranslation()
  const isProof = lacks === 'second-factor'
  const title = isProof ? t('access.proveTitle') : t('access.setUpTitle')
  useTitle(title)
  return (
    <main className={isProof ? 'sign-in' : 'page'} id="content">
      <div className={isProof ? 'card sign-in-card' : 'account-panel'}>
        <header className="page-head">
          <h1>{title}</h1>
          <span className="spring" />
          <PreferenceButtons />
        </header>
        {isProof ? <Prove /> : <SetUp />}
        <p>
          <button type="button" className="link-button" onClick={() => void leave()}>
            {t('session.signOut')}
          </button>
        </p>
      </div>
    </main>
  )
}

/** What has to be done after the first factor: prove the second one, or set one up. */
export const FinishSignInPage = () => {
  const session = useQuery(sessionQuery).data ?? null
  if (session === null) return null
  return (
    <SessionContext value={session}>
      <StepUpProvider>
        <Finish lacks={session.lacks} />
      </StepUpProvider>
    </SessionContext>
  )
}
