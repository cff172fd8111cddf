import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { SituationQuery, SituationSummary } from '@guankou/contract/situation/endpoints.ts'
import { EmptyState, ErrorState, LoadingState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  curveQuery,
  eventsQuery,
  originsQuery,
  placesQuery,
  postsQuery,
  summaryQuery,
} from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Query } from '#src/layout/Query.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { useLive } from '#src/live/use-live.ts'
import { CityCard } from '#src/situation/CityCard.tsx'
import { CurveCard } from '#src/situation/CurveCard.tsx'
import { EventsCard } from '#src/situation/EventsCard.tsx'
import { KeyFigures } from '#src/situation/KeyFigures.tsx'
import { isToday } from '#src/situation/key-figures.ts'
import { OriginsCard } from '#src/situation/OriginsCard.tsx'
import { PostDrawer } from '#src/situation/PostDrawer.tsx'
import { SituationHeader } from '#src/situation/SituationHeader.tsx'
import { useSituationView } from '#src/situation/use-situation-view.ts'

const NothingYet = () => {
  const { t } = useTranslation()
  return (
    <section className="card nothing">
      <EmptyState title={t('situation.nothingTitle')}>{t('situation.nothingText')}</EmptyState>
    </section>
  )
}

type CardsProps = {
  readonly summary: SituationSummary
  readonly area: number
  readonly posts: readonly Post[]
  readonly postsById: ReadonlyMap<number, Post>
}

type CardProps = CardsProps & { readonly query: SituationQuery }

const City = ({ summary, posts, query }: CardProps) => {
  const { view, change } = useSituationView()
  const situation = useQuery(postsQuery(query))
  const origins = useQuery(originsQuery(query))
  return (
    <Query query={situation}>
      {(value) => (
        <CityCard
          summary={summary}
          posts={posts}
          situation={value}
          origins={origins.data}
          view={view.city ?? 'map'}
          onView={(city) => change({ city: city === 'map' ? undefined : city })}
          onPost={(post) => change({ post })}
        />
      )}
    </Query>
  )
}

const Origins = ({ summary, area, query }: CardProps) => {
  const { view, change } = useSituationView()
  return (
    <Query query={useQuery(originsQuery(query))}>
      {(value) => (
        <OriginsCard
          origins={value}
          area={area}
          dayIsOver={!isToday(summary)}
          compare={view.compare ?? true}
          view={view.origins ?? 'table'}
          onView={(next) => change({ origins: next === 'table' ? undefined : next })}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
        />
      )}
    </Query>
  )
}

const Curve = ({ summary, query }: CardProps) => {
  const { view, change } = useSituationView()
  return (
    <Query query={useQuery(curveQuery(query))}>
      {(value) => (
        <CurveCard
          summary={summary}
          curve={value}
          compare={view.compare ?? true}
          view={view.curve ?? 'chart'}
          onView={(next) => change({ curve: next === 'chart' ? undefined : next })}
        />
      )}
    </Query>
  )
}

const Cards = (props: CardProps) => {
  const { summary, postsById, query } = props
  const { view, change } = useSituationView()
  const situation = useQuery(postsQuery(query)).data
  const events = useQuery(eventsQuery(query))
  const { timeZone } = summary.area
  return (
    <>
      <KeyFigures summary={summary} posts={situation} postsById={postsById} compare={view.compare ?? true} />
      {summary.today.vehicles === 0 ? <NothingYet /> : null}
      <div className="cards">
        <City {...props} />
        <Origins {...props} />
        <Curve {...props} />
        <Query query={events}>
          {(value) => <EventsCard events={value} postsById={postsById} timeZone={timeZone} />}
        </Query>
      </div>
      <PostDrawer
        postId={view.post}
        postsById={postsById}
        situation={situation}
        timeZone={timeZone}
        onClose={() => change({ post: undefined })}
      />
    </>
  )
}

const AreaSituation = ({
  area,
  areas,
  posts,
}: {
  readonly area: Jurisdiction
  readonly areas: readonly Jurisdiction[]
  readonly posts: readonly Post[]
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const { view } = useSituationView()
  useTitle(t('situation.titleOf', { area: inLocale(area.name, locale) }))
  const line = useLive(area.code, view.day)
  const query = view.day === undefined ? { area: area.code } : { area: area.code, day: view.day }
  const summary = useQuery(summaryQuery(query))
  const postsById = useMemo(() => new Map(posts.map((post) => [post.id, post])), [posts])

  useEffect(() => {
    document.documentElement.dataset.wall = view.wall === true ? 'on' : 'off'
  }, [view.wall])

  return (
    <>
      <SituationHeader area={area} areas={areas} line={line} />
      {summary.isPending ? <LoadingState /> : null}
      {summary.isError && summary.data === undefined ? (
        <ErrorState {...failureText(summary.error)} onRetry={() => void summary.refetch()} />
      ) : null}
      {summary.data === undefined ? null : (
        <Cards query={query} summary={summary.data} area={area.code} posts={posts} postsById={postsById} />
      )}
    </>
  )
}

/** The whole city on one screen, live. */
export const SituationPage = () => {
  const { t } = useTranslation()
  const session = useSession()
  const { view } = useSituationView()
  const places = useQuery(placesQuery)
  return (
    <main className="page situation" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('situation.noArea')} />
          return <AreaSituation key={area.code} area={area} areas={areas} posts={posts} />
        }}
      </Query>
    </main>
  )
}
