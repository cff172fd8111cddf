import { previewRiskAreas } from '@guankou/contract/origin/preview.ts'
import type { OriginRisk } from '@guankou/contract/origin/risk.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { listRescreens } from '@guankou/contract/rescreen/runs.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { MixingCard } from '#src/origins/MixingCard.tsx'
import { OriginDrawer } from '#src/origins/OriginDrawer.tsx'
import { PreviewCard } from '#src/origins/PreviewCard.tsx'
import { mixingQuery, riskQuery } from '#src/origins/queries.ts'
import { ReportsCard } from '#src/origins/ReportsCard.tsx'
import { RiskCard } from '#src/origins/RiskCard.tsx'
import { TotalFigures } from '#src/origins/TotalFigures.tsx'
import { useOriginsView } from '#src/origins/use-origins-view.ts'
import { WaitingProposals } from '#src/rescreen/Proposals.tsx'
import { RescreenCard } from '#src/rescreen/RescreenCard.tsx'
import { DayPicker } from '#src/situation/DayPicker.tsx'

type AreaProps = {
  readonly area: Jurisdiction
  readonly areas: readonly Jurisdiction[]
  readonly posts: readonly Post[]
  /** The city that reports are held for. */
  readonly city: number
}

const Header = ({
  area,
  areas,
  risk,
}: Pick<AreaProps, 'area' | 'areas'> & { risk: OriginRisk | undefined }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useOriginsView()
  const today = civilDateOf(useNow(60_000), area.timeZone)
  const day = view.day ?? risk?.day ?? today
  return (
    <header className="page-head">
      <h1>
        {t('originsPage.title')}
        <span aria-hidden="true"> · </span>
        <select
          aria-label={t('situation.area')}
          value={area.code}
          onChange={(event) => change({ area: Number(event.currentTarget.value), origin: undefined })}
        >
          {areas.map((each) => (
            <option key={each.code} value={each.code}>
              {inLocale(each.name, locale)}
            </option>
          ))}
        </select>
      </h1>
      <span className="muted">{t('originsPage.asOf')}</span>
      <DayPicker day={day} today={today} onDay={(next) => change({ day: next ?? today })} />
      {day < today ? (
        <StatusPill state="info" hint={t('originsPage.asOfHint')}>
          {t('originsPage.knownThen')}
        </StatusPill>
      ) : null}
      <span className="spring" />
      <Clock timeZone={area.timeZone} />
      <PreferenceButtons />
    </header>
  )
}

const AreaOrigins = ({ area, areas, posts, city }: AreaProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const { view, change } = useOriginsView()
  useTitle(t('originsPage.titleOf', { area: inLocale(area.name, locale) }))
  const query = view.day === undefined ? { area: area.code } : { area: area.code, day: view.day }
  const risk = useQuery(riskQuery(query))
  const mixing = useQuery(mixingQuery(query, risk.data?.stamp?.runId))
  const today = civilDateOf(useNow(60_000), area.timeZone)
  const { timeZone } = area
  const places = { area: area.code, areas, city, today, timeZone }
  return (
    <>
      <Header area={area} areas={areas} risk={risk.data} />
      <WaitingProposals city={city} timeZone={timeZone} />
      <Query query={risk}>
        {(value) => (
          <>
            <TotalFigures risk={value} timeZone={timeZone} />
            <RiskCard risk={value} area={area.code} timeZone={timeZone} />
          </>
        )}
      </Query>
      <Query query={mixing}>{(value) => <MixingCard mixing={value} timeZone={timeZone} />}</Query>
      {isOpenTo(role, previewRiskAreas) ? <PreviewCard {...places} posts={posts} /> : null}
      {isOpenTo(role, listRescreens) ? <RescreenCard {...places} /> : null}
      {areas.some(({ code }) => code === city) ? <ReportsCard city={city} timeZone={timeZone} /> : null}
      {view.origin === undefined ? null : (
        <OriginDrawer
          origin={view.origin}
          name={originName(view.origin, locale) ?? String(view.origin)}
          query={query}
          posts={posts}
          timeZone={timeZone}
          onClose={() => change({ origin: undefined })}
        />
      )}
    </>
  )
}

/** Where arrivals come from, and what they may bring. */
export const OriginsPage = () => {
  const { t } = useTranslation()
  const session = useSession()
  const { view } = useOriginsView()
  const places = useQuery(placesQuery)
  return (
    <main className="page origins-page" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('situation.noArea')} />
          const city = Math.min(...jurisdictions.map(({ code }) => code))
          return <AreaOrigins key={area.code} area={area} areas={areas} posts={posts} city={city} />
        }}
      </Query>
    </main>
  )
}
