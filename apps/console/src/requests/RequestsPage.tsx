import { openDeskPage } from '@guankou/contract/subject-access/desk-endpoints.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { Inbox } from '#src/requests/Inbox.tsx'
import { PrintForPerson } from '#src/requests/PrintForPerson.tsx'
import { inboxQuery } from '#src/requests/queries.ts'
import { RequestCard } from '#src/requests/RequestCard.tsx'

/** What persons asked for, and the page of a person who stands before the desk. */
export const RequestsPage = () => {
  const { t } = useTranslation()
  useTitle(t('requests.title'))
  const { role } = useSession()
  const inbox = useQuery(inboxQuery)
  const [openId, setOpenId] = useState<string>()
  return (
    <main className="page requests-page" id="content">
      <header className="page-head not-printed">
        <h1>{t('requests.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted not-printed">{t('requests.lead')}</p>
      <Query query={inbox}>{(value) => <Inbox inbox={value} openId={openId} onOpen={setOpenId} />}</Query>
      {openId === undefined ? null : (
        <RequestCard key={openId} id={openId} onClose={() => setOpenId(undefined)} />
      )}
      {isOpenTo(role, openDeskPage) ? <PrintForPerson /> : null}
    </main>
  )
}
