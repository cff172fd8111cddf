import type { Measure, MonitoredHour, MonitoringPosts } from '@guankou/contract/monitoring/endpoints.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { type BandPoint, bandOption } from '@guankou/ui/charts/band-option.ts'
import { Chart } from '@guankou/ui/charts/Chart.tsx'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { ViewSwitch } from '@guankou/ui/controls/ViewSwitch.tsx'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { ModelFigure } from '@guankou/ui/figures/ModelFigure.tsx'
import { formatNumber, unitText } from '@guankou/ui/format/quantity.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { type Column, tableTexts } from '@guankou/ui/tables/columns.ts'
import { toCsv } from '@guankou/ui/tables/csv.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { saveFile } from '@guankou/ui/tables/save-file.ts'
import { useTokens } from '@guankou/ui/theme/use-tokens.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { hourText } from '#src/monitoring/alarm-words.ts'
import { useMonitoringView } from '#src/monitoring/monitoring-view.ts'
import { noteOf } from '#src/monitoring/notes.ts'
import { unitOfMeasure } from '#src/monitoring/units.ts'

/** Hours as the chart draws them. */
export const bandPoints = (hours: readonly MonitoredHour[]): BandPoint[] =>
  hours.map(({ day, hour, observed, isOver, expected, alarms }) => ({
    label: String(hour),
    time: hourText({ day, hour }),
    observed,
    isOver,
    expected: expected.value ?? 0,
    low: expected.low ?? 0,
    high: expected.high ?? 0,
    alarm: alarms.length > 0,
  }))

export type PostRow = {
  readonly post: Post
  readonly hours: readonly MonitoredHour[]
  readonly last: MonitoredHour | undefined
  readonly next: MonitoredHour | undefined
  readonly alarmHours: number
}

const rowOf = (post: Post, hours: readonly MonitoredHour[]): PostRow => ({
  post,
  hours,
  last: hours.findLast(({ isOver }) => isOver),
  next: hours.find(({ observed }) => observed === null),
  alarmHours: hours.filter(({ alarms }) => alarms.length > 0).length,
})

/** Small counts with decimals: a tenth of a fever is not none. */
const digitsFor = (measure: Measure): number => (measure === 'febrile' ? 2 : 0)

const useWords = (measure: Measure) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const digits = digitsFor(measure)
  const expected = (value: number | null | undefined): string =>
    value === null || value === undefined ? '—' : formatNumber(locale, value, digits)
  const range = (hour: MonitoredHour | undefined): string =>
    hour === undefined
      ? ''
      : `[${formatNumber(locale, hour.expected.low ?? 0)}, ${formatNumber(locale, hour.expected.high ?? 0)}]`
  return { t, locale, expected, range }
}

type ShownProps = {
  readonly row: PostRow
  readonly posts: MonitoringPosts
  readonly timeZone: string
}

const Expected = ({
  row,
  posts,
  timeZone,
  hour,
}: ShownProps & { readonly hour: MonitoredHour | undefined }) => {
  const { t, locale, expected, range } = useWords(posts.measure)
  if (hour === undefined || posts.stamp === null) return '—'
  return (
    <ModelFigure
      stamp={posts.stamp}
      name={`${inLocale(row.post.name, locale)}, ${t('monitoring.expected')}, ${hourText(hour)}`}
      text={expected(hour.expected.value)}
      value={hour.expected.value}
      interval={{ text: range(hour), of: hour.expected }}
      timeZone={timeZone}
      note={noteOf(t, posts.measure === 'febrile' ? 'fever' : 'flow')}
    />
  )
}

/** What a chart shows, for those who do not see it. */
const useSummary = ({ row, posts }: ShownProps): string => {
  const { t, locale, expected } = useWords(posts.measure)
  const post = inLocale(row.post.name, locale)
  if (row.last === undefined) return t('monitoring.chartNone', { post })
  return t('monitoring.chartSummary', {
    post,
    observed: formatNumber(locale, row.last.observed ?? 0),
    expected: expected(row.last.expected.value),
    low: formatNumber(locale, row.last.expected.low ?? 0),
    high: formatNumber(locale, row.last.expected.high ?? 0),
    alarms: row.alarmHours,
  })
}

const PostChart = (props: ShownProps) => {
  const { row } = props
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = useTokens()
  const { view, change } = useMonitoringView()
  const summary = useSummary(props)
  const option = useMemo(
    () =>
      bandOption(
        bandPoints(row.hours),
        {
          observed: t('monitoring.observed'),
          expected: t('monitoring.expected'),
          number: (value) => formatNumber(locale, value, Number.isInteger(value) ? 0 : 1),
        },
        tokens,
      ),
    [row.hours, t, locale, tokens],
  )
  const isChosen = view.post === row.post.id
  return (
    <section className={`small-multiple${row.alarmHours > 0 ? ' has-alarm' : ''}`}>
      <h3>
        <button
          type="button"
          className="link-button"
          aria-pressed={isChosen}
          onClick={() => change({ post: isChosen ? undefined : row.post.id })}
        >
          {inLocale(row.post.name, locale)}
        </button>
        <span className="small-multiple-figures">
          <data value={row.last?.observed ?? ''}>{formatNumber(locale, row.last?.observed ?? 0)}</data> /{' '}
          <Expected {...props} hour={row.last} />
        </span>
      </h3>
      <Chart option={option} summary={summary} className="chart chart-small" />
    </section>
  )
}

const useColumns = (measure: Measure): readonly Column<PostRow>[] => {
  const { t, locale, expected, range } = useWords(measure)
  return [
    { key: 'post', title: t('monitoring.post'), text: ({ post }) => inLocale(post.name, locale) },
    {
      key: 'hour',
      title: t('monitoring.lastHour'),
      text: ({ last }) => (last === undefined ? '—' : hourText(last)),
    },
    {
      key: 'observed',
      title: t('monitoring.observedIn', { unit: unitText(locale, unitOfMeasure(measure)) }),
      numeric: true,
      text: ({ last }) => (last === undefined ? '—' : formatNumber(locale, last.observed ?? 0)),
    },
    {
      key: 'expected',
      title: t('monitoring.expectedTo'),
      numeric: true,
      text: ({ last }) => `${expected(last?.expected.value)} ${range(last)}`,
    },
    {
      key: 'next',
      title: t('monitoring.nextHour'),
      numeric: true,
      text: ({ next }) => `${expected(next?.expected.value)} ${range(next)}`,
    },
    {
      key: 'alarms',
      title: t('monitoring.alarmHours'),
      numeric: true,
      text: ({ alarmHours }) => formatNumber(locale, alarmHours),
    },
  ]
}

type RowsProps = {
  readonly rows: readonly PostRow[]
  readonly posts: MonitoringPosts
  readonly timeZone: string
}

const RunNote = ({ posts, rows }: Pick<RowsProps, 'posts' | 'rows'>) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const last = rows.find((row) => row.last !== undefined)?.last
  const note = t(posts.measure === 'febrile' ? 'monitoring.gridNoteFebrile' : 'monitoring.gridNote', {
    unit: unitText(locale, unitOfMeasure(posts.measure)),
    hour: last === undefined ? '—' : hourText(last),
  })
  if (posts.run?.state === 'running' && posts.stamp === null)
    return <>{t('monitoring.running', { percent: Math.round(posts.run.progress * 100) })}</>
  if (posts.run?.state === 'failed') return <>{t('monitoring.failed')}</>
  return <>{note}</>
}

const PostsTable = ({ rows, posts, timeZone }: RowsProps) => {
  const { t } = useTranslation()
  return (
    <DataTable
      label={t('monitoring.grid')}
      columns={useColumns(posts.measure)}
      rows={rows}
      rowKey={({ post }) => post.id}
      draw={({ key }, row) =>
        key === 'expected' || key === 'next' ? (
          <Expected row={row} posts={posts} timeZone={timeZone} hour={key === 'next' ? row.next : row.last} />
        ) : undefined
      }
    />
  )
}

const PostsCharts = ({ rows, posts, timeZone }: RowsProps) => (
  <div className="small-multiples">
    {rows.map((row) => (
      <PostChart key={row.post.id} row={row} posts={posts} timeZone={timeZone} />
    ))}
  </div>
)

const GridControls = ({ onSave }: { readonly onSave: () => void }) => {
  const { t } = useTranslation()
  const { view, change } = useMonitoringView()
  return (
    <>
      <ViewSwitch
        name={t('ui:viewOf', { name: t('monitoring.grid') })}
        value={view.grid ?? 'chart'}
        views={[
          { value: 'chart', label: t('ui:showChart') },
          { value: 'table', label: t('ui:showTable') },
        ]}
        onChange={(next) => change({ grid: next === 'table' ? 'table' : undefined })}
      />
      <button type="button" className="quiet-button" onClick={onSave}>
        {t('monitoring.export')}
      </button>
    </>
  )
}

type GridProps = {
  readonly area: Jurisdiction
  readonly posts: MonitoringPosts
  readonly places: readonly Post[]
}

/** Every post of an area: what was counted against what was expected, as charts or as a table. */
export const PostsGrid = ({ area, posts, places }: GridProps) => {
  const { t } = useTranslation()
  const { view } = useMonitoringView()
  const columns = useColumns(posts.measure)
  const rows = useMemo(() => {
    const hoursById = new Map(posts.posts.map((each) => [each.postId, each.hours]))
    return places
      .filter(({ id }) => hoursById.has(id) && (view.post === undefined || view.post === id))
      .map((post) => rowOf(post, hoursById.get(post.id) ?? []))
  }, [places, posts, view.post])
  const save = () =>
    saveFile(`monitoring-${area.code}-${posts.measure}.csv`, toCsv(tableTexts(columns, rows)), 'text/csv')
  const Rows = view.grid === 'table' ? PostsTable : PostsCharts
  return (
    <Card
      title={t('monitoring.grid')}
      note={<RunNote posts={posts} rows={rows} />}
      controls={<GridControls onSave={save} />}
      className="monitoring-grid-card"
    >
      {posts.stamp === null ? (
        <EmptyState title={t('monitoring.waiting')}>{t('monitoring.waitingText')}</EmptyState>
      ) : (
        <Rows rows={rows} posts={posts} timeZone={area.timeZone} />
      )}
    </Card>
  )
}
