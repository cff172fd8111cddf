import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { replayDecisions } from '@guankou/contract/screening/decisions.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { civilDateOf, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { type DecisionsView, paths, readDecisionsView } from '#src/path-builder.ts'
import { DecisionDrawer } from '#src/screening/DecisionDrawer.tsx'
import { OverridesTable } from '#src/screening/OverridesTable.tsx'
import { overridesQuery } from '#src/screening/queries.ts'
import { ReplayCard } from '#src/screening/ReplayCard.tsx'
import { WaitingCard } from '#src/screening/WaitingCard.tsx'
import { DayPicker } from '#src/situation/DayPicker.tsx'

type OfArea = { readonly area: Jurisdiction; readonly posts: readonly Post[] }

/** The view in the address, and the ways to change it. */
const useView = () => {
  const view = readDecisionsView(useSearchPart())
  const go = useGo()
  const show = (part: { readonly [K in keyof DecisionsView]?: DecisionsView[K] | undefined }): void =>
    go(paths.decisions, { ...view, ...part }, 'replace')
  return { view, show }
}

const AreaDecisions = ({ area, posts }: OfArea) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  const { view, show } = useView()
  const { timeZone } = area
  const today = civilDateOf(useNow(1_000), timeZone)
  const day = view.day ?? today
  const overrides = useQuery(overridesQuery({ area: area.code, day }))
  const nameOfPost = (id: number): string => {
    const post = posts.find((each) => each.id === id)
    return post === undefined ? String(id) : inLocale(post.name, locale)
  }
  const lines = { timeZone, nameOfPost, onOpen: (screening: string) => show({ screening }) }
  return (
    <>
      <header className="page-head">
        <h1>{t('decisions.title')}</h1>
        <DayPicker day={day} today={today} onDay={(next) => show({ day: next })} />
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('decisions.lead')}</p>
      <Query query={overrides}>
        {(value) => (
          <>
            <WaitingCard waiting={value.waiting} {...lines} />
            <section className="card table-card">
              <header className="card-head">
                <h2>{t('decisions.overrides')}</h2>
                <span className="card-note">
                  {t('decisions.asOf', { time: formatInstant(value.asOf, timeZone) })}
                </span>
              </header>
              <OverridesTable overrides={value.overrides} {...lines} />
            </section>
          </>
        )}
      </Query>
      {isOpenTo(role, replayDecisions) ? (
        <ReplayCard key={day} area={area.code} day={day} nameOfPost={nameOfPost} />
      ) : null}
      <DecisionDrawer
        screening={view.screening}
        timeZone={timeZone}
        onClose={() => show({ screening: undefined })}
      />
    </>
  )
}

/** What leads decided otherwise, what waits for a second person, why, and again by the rules of that hour. */
export const DecisionsPage = () => {
  const { t } = useTranslation()
  useTitle(t('decisions.title'))
  const session = useSession()
  const view = readDecisionsView(useSearchPart())
  const places = useQuery(placesQuery)
  return (
    <main className="page decisions-page" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const area = chosenArea(areasOf(jurisdictions, session.areaCode), view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('decisions.overridesNone')} />
          return <AreaDecisions key={area.code} area={area} posts={posts} />
        }}
      </Query>
    </main>
  )
}
