import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { type TestOffer, testOfferNames } from '@guankou/contract/testing/record-test.ts'
import { type ListedTest, type listTests, testResultNames } from '@guankou/contract/testing/results.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatQuantity } from '@guankou/ui/format/quantity.ts'
import { civilDateOf, formatClockMinute, formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { useGo, useSearchPart } from '#src/layout/go.ts'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'
import { paths, readTestingView } from '#src/path-builder.ts'
import { DayPicker } from '#src/situation/DayPicker.tsx'
import { EnterResult } from '#src/testing/EnterResult.tsx'
import { ImportFile } from '#src/testing/ImportFile.tsx'
import { testsQuery } from '#src/testing/queries.ts'
import { typeName } from '#src/testing/type-columns.ts'
import { groundKeys } from '#src/testing/words.ts'

const useColumns = (posts: readonly Post[], timeZone: string): readonly Column<ListedTest>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const offerName = (offer: TestOffer) => inLocale(testOfferNames[offer], locale)
  return [
    {
      key: 'time',
      title: t('testing.results.time'),
      text: ({ occurredAt }) => formatClockMinute(occurredAt, timeZone),
    },
    { key: 'code', title: t('testing.results.code'), text: ({ sampleCode }) => sampleCode ?? '—' },
    {
      key: 'post',
      title: t('testing.post'),
      text: ({ postId }) => {
        const post = posts.find(({ id }) => id === postId)
        return post === undefined ? String(postId) : inLocale(post.name, locale)
      },
    },
    { key: 'origin', title: t('testing.origin'), text: (row) => typeName(t, locale, row) },
    { key: 'offer', title: t('testing.results.offer'), text: ({ offer }) => offerName(offer) },
    {
      key: 'ground',
      title: t('testing.results.ground'),
      text: ({ ground }) => t(groundKeys[ground]),
    },
    {
      key: 'result',
      title: t('testing.results.result'),
      text: ({ result, offer }) => {
        if (result !== null) return inLocale(testResultNames[result], locale)
        return offer === 'taken' ? t('testing.results.none') : '—'
      },
    },
    {
      key: 'resultedAt',
      title: t('testing.results.resultedAt'),
      text: ({ resultedAt }) =>
        resultedAt === null ? '—' : formatInstant(resultedAt, timeZone).slice(0, 16),
    },
  ]
}

const NoTests = () => {
  const { t } = useTranslation()
  return <EmptyState title={t('testing.results.empty')}>{t('testing.results.emptyText')}</EmptyState>
}

type TestsProps = {
  readonly tests: OutputOf<typeof listTests>
  readonly posts: readonly Post[]
  readonly timeZone: string
  readonly isWaiting: boolean
  readonly onWaiting: (isWaiting: boolean) => void
}

const TestsCard = ({ tests, posts, timeZone, isWaiting, onWaiting }: TestsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns = useColumns(posts, timeZone)
  return (
    <section className="card table-card">
      <header className="card-head">
        <span>
          {t('testing.results.waiting')}: {formatQuantity(locale, tests.waiting, 'record')}
        </span>
        <span className="card-note">{t('testing.asOf', { time: formatInstant(tests.asOf, timeZone) })}</span>
        <label className="card-controls">
          <input
            type="checkbox"
            checked={isWaiting}
            onChange={(event) => onWaiting(event.currentTarget.checked)}
          />
          {t('testing.results.waitingOnly')}
        </label>
      </header>
      {tests.tests.length === 0 ? (
        <NoTests />
      ) : (
        <DataTable
          label={t('testing.results.title')}
          columns={columns}
          rows={tests.tests}
          rowKey={({ id }) => id}
          draw={(column, row) =>
            column.key === 'result' && row.result === 'positive' ? (
              <StatusPill state="act">{column.text(row)}</StatusPill>
            ) : undefined
          }
        />
      )}
    </section>
  )
}

const AreaResults = ({ area, posts }: { readonly area: Jurisdiction; readonly posts: readonly Post[] }) => {
  const { t } = useTranslation()
  const view = readTestingView(useSearchPart())
  const go = useGo()
  const [isWaiting, setWaiting] = useState(false)
  const day = view.day === undefined ? {} : { day: view.day }
  const tests = useQuery(testsQuery({ area: area.code, ...day, ...(isWaiting ? { waiting: 'yes' } : {}) }))
  const today = civilDateOf(useNow(60_000), area.timeZone)
  return (
    <>
      <header className="page-head">
        <h1>{t('testing.results.title')}</h1>
        <DayPicker
          day={view.day ?? today}
          today={today}
          onDay={(next) => go(paths.testResults, { ...view, day: next }, 'replace')}
        />
        <span className="spring" />
        <PreferenceButtons />
      </header>
      <p className="muted">{t('testing.results.lead')}</p>
      <div className="testing-forms">
        <EnterResult timeZone={area.timeZone} />
        <ImportFile />
      </div>
      <Query query={tests}>
        {(value) => (
          <TestsCard
            tests={value}
            posts={posts}
            timeZone={area.timeZone}
            isWaiting={isWaiting}
            onWaiting={setWaiting}
          />
        )}
      </Query>
    </>
  )
}

/** Samples of a day and their results, for who takes and enters them. */
export const ResultsPage = () => {
  const { t } = useTranslation()
  useTitle(t('testing.results.title'))
  const session = useSession()
  const view = readTestingView(useSearchPart())
  const places = useQuery(placesQuery)
  return (
    <main className="page" id="content">
      <Query query={places}>
        {({ jurisdictions, posts }) => {
          const area = chosenArea(areasOf(jurisdictions, session.areaCode), view.area, session.areaCode)
          if (area === undefined) return <NoTests />
          return <AreaResults key={area.code} area={area} posts={posts} />
        }}
      </Query>
    </main>
  )
}
