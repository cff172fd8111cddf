import { addDays } from '@guankou/domain/places/calendar.ts'
import {
  metricCovariates,
  metricLagDays,
  type OriginMetrics,
} from '@guankou/models/allocation/origin-metrics.ts'
import type { CovariateValues } from '@guankou/models/allocation/prevalence-filter.ts'
import type { PostEpoch, ReplayData } from '@guankou/models/allocation/replay/replay-data.ts'
import { originPlace } from './origin-places.ts'
import { type RowReader, readRows } from './read-rows.ts'

const columns = [
  'epoch',
  'date_start',
  'point_entry',
  'origin_iso2',
  'sched_arrivals_x2',
  'tests_performed_x2',
  'positives_x2',
] as const

const metricColumns = ['date', 'origin_iso2', 'cases_per_million', 'positivity'] as const

type Row = {
  readonly epoch: number
  readonly start: string
  readonly post: string
  readonly origin: string
  readonly arrivals: number
  readonly tests: number
  readonly positives: number
}

/** Half of a doubled count. An odd one was not doubled, and half a person is no count. */
const halved = (row: RowReader, column: string): number => {
  const doubled = row.count(column)
  if (doubled % 2 === 1)
    row.refuse(column, {
      en: `${doubled} is odd, but counts in columns ending in _x2 are doubled`,
      zh: `${doubled} 是奇数，而以 _x2 结尾的列中计数均已加倍`,
    })
  return doubled / 2
}

const readRow = (row: RowReader): Row => {
  const arrivals = halved(row, 'sched_arrivals_x2')
  const tests = halved(row, 'tests_performed_x2')
  const positives = halved(row, 'positives_x2')
  if (tests > arrivals)
    row.refuse('tests_performed_x2', { en: 'more tests than arrivals', zh: '检测数多于到达人数' })
  if (positives > tests)
    row.refuse('positives_x2', { en: 'more positives than tests', zh: '阳性数多于检测数' })
  return {
    epoch: row.count('epoch'),
    start: row.date('date_start'),
    post: row.name('point_entry'),
    origin: row.name('origin_iso2'),
    arrivals,
    tests,
    positives,
  }
}

const placesOf = <T extends string | number>(values: Iterable<T>): Map<T, number> =>
  new Map([...new Set(values)].map((value, place) => [value, place]))

const naturally = new Intl.Collator('en', { numeric: true })

/** Published figures of origins by day and code. */
const readMetrics = async (file: string): Promise<Map<string, OriginMetrics>> => {
  const rows = await readRows(file, metricColumns, (row) => {
    const casesPerMillion = row.optionalNumber('cases_per_million', 0)
    const positivesPerThousandTests = row.optionalNumber('positivity', 0)
    const known = casesPerMillion !== null && positivesPerThousandTests !== null
    return {
      key: `${row.date('date')} ${row.name('origin_iso2')}`,
      metrics: known ? { casesPerMillion, positivesPerThousandTests } : null,
    }
  })
  return new Map(rows.flatMap(({ key, metrics }) => (metrics ? [[key, metrics] as const] : [])))
}

const emptyPost = (origins: number): PostEpoch => ({
  arrivals: new Float64Array(origins),
  tests: new Float64Array(origins),
  positives: new Float64Array(origins),
})

/**
 * Reads real counts by epoch, entry and origin for a replay.
 * @param file  columns of `eva_public_by_epoch_port_origin.csv`; its doubled counts are halved
 * @param metricsFile  columns of `epi_metrics_by_origin_daily.csv`, or null
 * @throws CommandFailure with file, row and column where a file is refused
 */
export const readReplayData = async (file: string, metricsFile: string | null): Promise<ReplayData> => {
  const rows = await readRows(file, columns, readRow)
  const metrics = metricsFile === null ? null : await readMetrics(metricsFile)
  const epochPlaces = placesOf(rows.map(({ epoch }) => epoch).sort((a, b) => a - b))
  const postPlaces = placesOf(rows.map(({ post }) => post).sort(naturally.compare))
  const originPlaces = placesOf(rows.map(({ origin }) => origin).sort(naturally.compare))
  const origins = [...originPlaces.keys()]
  const counts = Array.from(epochPlaces, () => Array.from(postPlaces, () => emptyPost(origins.length)))
  const starts: string[] = []
  for (const row of rows) {
    const epoch = epochPlaces.get(row.epoch) ?? 0
    const post = counts[epoch]?.[postPlaces.get(row.post) ?? 0] ?? emptyPost(origins.length)
    const origin = originPlaces.get(row.origin) ?? 0
    post.arrivals[origin] = (post.arrivals[origin] ?? 0) + row.arrivals
    post.tests[origin] = (post.tests[origin] ?? 0) + row.tests
    post.positives[origin] = (post.positives[origin] ?? 0) + row.positives
    starts[epoch] = row.start
  }
  const covariatesAt = (start: string): CovariateValues => {
    if (metrics === null) return origins.map(() => [])
    const known = addDays(start, -metricLagDays)
    return metricCovariates(origins.map((origin) => metrics.get(`${known} ${origin}`) ?? null))
  }
  return {
    epochs: [...epochPlaces.keys()],
    posts: [...postPlaces.keys()],
    origins,
    daysPerEpoch: 2,
    counts,
    positions: origins.map(originPlace),
    covariates: starts.map(covariatesAt),
  }
}
