import { type Measure, measures } from '@guankou/contract/monitoring/endpoints.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Clock } from '#src/layout/Clock.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { LivePill } from '#src/live/LivePill.tsx'
import { useLive } from '#src/live/use-live.ts'
import { AlarmDrawer } from '#src/monitoring/AlarmDrawer.tsx'
import { AlarmsCard } from '#src/monitoring/AlarmsCard.tsx'
import { BudgetCard } from '#src/monitoring/BudgetCard.tsx'
import { CalendarCard } from '#src/monitoring/CalendarCard.tsx'
import { useMonitoringView } from '#src/monitoring/monitoring-view.ts'
import { PostsGrid } from '#src/monitoring/PostsGrid.tsx'
import { alarmsQuery, calendarQuery, watchedPostsQuery } from '#src/monitoring/queries.ts'

const defaultMeasure: Measure = 'vehicles'

type AreaProps = {
  readonly area: Jurisdiction
  readonly areas: readonly Jurisdiction[]
  readonly posts: readonly Post[]
}

type ChoiceProps<Value> = {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly onChange: (value: Value) => void
}

const Choice = <Value extends string | number>({ label, value, options, onChange }: ChoiceProps<Value>) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options[currentTarget.selectedIndex]
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </>
  )
}

const Choices = ({ area, areas, posts }: AreaProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useMonitoringView()
  return (
    <div className="monitoring-choices">
      <Choice
        label={t('monitoring.area')}
        value={area.code}
        options={areas.map(({ code, name }) => ({ value: code, text: inLocale(name, locale) }))}
        onChange={(code) => change({ area: code, post: undefined, alarm: undefined })}
      />
      <Choice
        label={t('monitoring.measure')}
        value={view.measure ?? defaultMeasure}
        options={measures.map((measure) => ({ value: measure, text: t(`monitoring.measures.${measure}`) }))}
        onChange={(measure) => change({ measure })}
      />
      <Choice<number | ''>
        label={t('monitoring.post')}
        value={view.post ?? ''}
        options={[
          { value: '', text: t('monitoring.allPosts') },
          ...posts.map((post) => ({ value: post.id, text: inLocale(post.name, locale) })),
        ]}
        onChange={(post) => change({ post: post === '' ? undefined : post })}
      />
    </div>
  )
}

const AreaMonitoring = ({ area, areas, posts }: AreaProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, change } = useMonitoringView()
  const line = useLive(area.code, undefined)
  const measure = view.measure ?? defaultMeasure
  const alarms = useQuery(alarmsQuery(area.code))
  const watched = useQuery(watchedPostsQuery(area.code, measure))
  const calendar = useQuery(calendarQuery(area.code, measure, view.post))
  const postsById = useMemo(() => new Map(posts.map((post) => [post.id, post])), [posts])
  const chosen = view.post === undefined ? undefined : postsById.get(view.post)
  return (
    <>
      <header className="page-head">
        <h1>{t('monitoring.title')}</h1>
        <Choices area={area} areas={areas} posts={posts} />
        <span className="spring" />
        <LivePill line={line} timeZone={area.timeZone} />
        <Clock timeZone={area.timeZone} />
        <PreferenceButtons />
      </header>
      <Query query={alarms}>{(value) => <AlarmsCard area={area} alarms={value} posts={postsById} />}</Query>
      <Query query={watched}>{(value) => <PostsGrid area={area} posts={value} places={posts} />}</Query>
      <div className="monitoring-columns">
        <Query query={calendar}>
          {(value) => (
            <CalendarCard
              calendar={value}
              of={inLocale(chosen?.name ?? area.name, locale)}
              timeZone={area.timeZone}
            />
          )}
        </Query>
        <Query query={alarms}>{(value) => <BudgetCard area={area} alarms={value} posts={postsById} />}</Query>
      </div>
      {view.alarm === undefined ? null : (
        <AlarmDrawer
          key={view.alarm}
          id={view.alarm}
          posts={postsById}
          timeZone={area.timeZone}
          onClose={() => change({ alarm: undefined })}
        />
      )}
    </>
  )
}

/** What is unusual, at which post, who answers for it, and what is to be expected next. */
export const MonitoringPage = () => {
  const { t } = useTranslation()
  useTitle(t('monitoring.title'))
  const session = useSession()
  const { view } = useMonitoringView()
  const places = useQuery(placesQuery)
  return (
    <main className="page monitoring" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, view.area, session.areaCode)
          if (area === undefined) return <EmptyState title={t('monitoring.noPost')} />
          return <AreaMonitoring key={area.code} area={area} areas={areas} posts={posts} />
        }}
      </Query>
    </main>
  )
}
