import { listPutAlone } from '@guankou/contract/rescreen/proposals.ts'
import { addDays, civilDateOf } from '@guankou/ui/format/time.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { AloneCard } from '#src/audit/AloneCard.tsx'
import { ChainsCard } from '#src/audit/ChainsCard.tsx'
import { HeadsCard } from '#src/audit/HeadsCard.tsx'
import { chainsQuery, headsQuery } from '#src/audit/queries.ts'
import { SearchCard } from '#src/audit/SearchCard.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useTitle } from '#src/layout/use-title.ts'

const daysOfHeads = 31

/** What was done in the area and by whom, whether the record of it is whole, and the heads that prove it. */
export const AuditPage = () => {
  const { t } = useTranslation()
  useTitle(t('audit.title'))
  const { areaCode, role } = useSession()
  const { jurisdictions = [] } = useQuery(placesQuery).data ?? {}
  const city = Math.min(...jurisdictions.map(({ code }) => code))
  const timeZone = useTimeZone()
  const today = civilDateOf(Date.now(), timeZone)
  const chains = useQuery(chainsQuery)
  const heads = useQuery(headsQuery(addDays(today, -daysOfHeads)))
  const initial = { area: areaCode, from: today, to: today, action: '', login: '', outcome: '' }
  return (
    <main className="page audit-page" id="content">
      <header className="page-head">
        <h1>{t('audit.title')}</h1>
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('audit.lead')}</p>
      {areaCode === city && isOpenTo(role, listPutAlone) ? <AloneCard timeZone={timeZone} /> : null}
      <Query query={chains}>{(value) => <ChainsCard {...value} timeZone={timeZone} />}</Query>
      <SearchCard key={today} initial={initial} timeZone={timeZone} />
      <Query query={heads}>{(value) => <HeadsCard publicKey={value.publicKey} heads={value.heads} />}</Query>
    </main>
  )
}
