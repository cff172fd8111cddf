import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { TestingAllocation, TestingEvidence } from '@guankou/contract/testing/allocation.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { civilDateOf } from '@guankou/ui/format/time.ts'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { paths, readTestingView, type TestingView } from '#src/path-builder.ts'
import { DayPicker } from '#src/situation/DayPicker.tsx'
import { AllocationCard } from '#src/testing/AllocationCard.tsx'
import { FairnessCard } from '#src/testing/FairnessCard.tsx'
import { KeyFigures } from '#src/testing/KeyFigures.tsx'
import { allocationQuery, evidenceQuery, type TestingQuery } from '#src/testing/queries.ts'
import { SettingsCard } from '#src/testing/SettingsCard.tsx'
import { TypesCard } from '#src/testing/TypesCard.tsx'
import { YieldCard } from '#src/testing/YieldCard.tsx'

const useTestingView = () => {
  const view = readTestingView(useSearchPart())
  const go = useGo()
  const change = (part: { readonly [K in keyof TestingView]?: TestingView[K] | undefined }): void =>
    go(paths.testing, { ...view, ...part }, 'replace')
  return { view, change }
}

type Places = { readonly posts: readonly Post[]; readonly jurisdictions: readonly Jurisdiction[] }

/** How far the run is that will replace what is shown. */
const RunState = ({ allocation }: { readonly allocation: TestingAllocation }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { run } = allocation
  if (run?.state === 'running')
    return (
      <StatusPill state="info" live>
        {t('testing.running', { progress: formatNumber(locale, run.progress * 100) })}
      </StatusPill>
    )
  return run?.state === 'failed' ? <StatusPill state="look">{t('testing.failed')}</StatusPill> : null
}

const Allocation = ({
  allocation,
  area,
  today,
  places,
}: {
  readonly allocation: TestingAllocation
  readonly area: Jurisdiction
  readonly today: string
  readonly places: Places
}) => {
  const { view, change } = useTestingView()
  const post = places.posts.find(({ id }) => id === view.post)
  const allocated = allocation.posts.find(({ postId }) => postId === view.post)
  const city = places.jurisdictions.find(({ code }) => code % 100 === 0)?.code
  return (
    <>
      <RunState allocation={allocation} />
      <KeyFigures allocation={allocation} timeZone={area.timeZone} />
      <AllocationCard
        {...places}
        allocation={allocation}
        timeZone={area.timeZone}
        today={today}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        onPost={(postId) => change({ post: postId })}
      />
      {post === undefined || allocated === undefined ? null : (
        <TypesCard
          key={post.id}
          post={post}
          allocated={allocated}
          allocation={allocation}
          onClose={() => change({ post: undefined })}
        />
      )}
      <SettingsCard key={allocation.settings.version} allocation={allocation} cityCode={city} />
    </>
  )
}

/** Hundreds of rows, which a change elsewhere on the page leaves as they are. */
const Evidence = memo(
  ({ evidence, posts }: { readonly evidence: TestingEvidence; readonly posts: readonly Post[] }) => (
    <>
      <FairnessCard evidence={evidence} />
      <YieldCard evidence={evidence} posts={posts} />
    </>
  ),
)

const AreaTesting = ({ area, places }: { readonly area: Jurisdiction; readonly places: Places }) => {
  const { t } = useTranslation()
  const { view, change } = useTestingView()
  const query: TestingQuery = { area: area.code, ...(view.day === undefined ? {} : { day: view.day }) }
  const allocation = useQuery(allocationQuery(query))
  const evidence = useQuery(evidenceQuery(query))
  const today = civilDateOf(useNow(60_000), area.timeZone)
  return (
    <>
      <header className="page-head">
        <h1>{t('testing.title')}</h1>
        <DayPicker day={view.day ?? today} today={today} onDay={(day) => change({ day })} />
        <span className="spring" />
        <Clock timeZone={area.timeZone} />
        <PreferenceButtons />
      </header>
      <Query query={allocation}>
        {(value) => <Allocation allocation={value} area={area} today={today} places={places} />}
      </Query>
      <Query query={evidence}>{(value) => <Evidence evidence={value} posts={places.posts} />}</Query>
    </>
  )
}

/** Which arrivals are tested today and why, and what stands beside the rules. */
export const TestingPage = () => {
  const { t } = useTranslation()
  useTitle(t('testing.title'))
  const session = useSession()
  const { view } = useTestingView()
  const places = useQuery(placesQuery)
  return (
    <main className="page testing-page" id="content">
      <Query query={places}>
        {(value) => {
          const area = chosenArea(areasOf(value.jurisdictions, session.areaCode), view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('situation.noArea')} />
          return <AreaTesting key={area.code} area={area} places={value} />
        }}
      </Query>
    </main>
  )
}
