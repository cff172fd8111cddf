import { addDays, daysBetween } from '@guankou/domain/places/calendar.ts'
import type { DayResult } from '@guankou/models/allocation/allocate-day.ts'
import type { PostInput } from '@guankou/models/allocation/allocate-tests.ts'
import { metricCovariates, type OriginMetrics } from '@guankou/models/allocation/origin-metrics.ts'
import type { CovariateValues } from '@guankou/models/allocation/prevalence-filter.ts'
import type { OriginPosition } from '@guankou/models/allocation/prevalence-model.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { originPlace } from './origin-places.ts'
import { type RowReader, readRows } from './read-rows.ts'

export type AllocationFiles = {
  readonly arrivals: string
  readonly results: string
  readonly budgets: string
  readonly origins?: string
  readonly date?: string
}

export type AllocationTables = {
  readonly date: string
  /** Day number of the date; results count from the same first day. */
  readonly day: number
  readonly postNames: readonly string[]
  readonly origins: readonly string[]
  readonly posts: readonly PostInput[]
  readonly positions: readonly OriginPosition[]
  readonly covariates: CovariateValues
  readonly hasMetrics: boolean
  readonly results: readonly DayResult[]
  readonly pendingTests: readonly number[]
}

const firstDay = '2000-01-01'

/** Refuses a second row of the same key. */
const onlyOnce = () => {
  const rows = new Map<string, number>()
  return (row: RowReader, column: string, key: string): void => {
    const earlier = rows.get(key)
    if (earlier !== undefined)
      row.refuse(column, { en: `stands in row ${earlier} already`, zh: `与第 ${earlier} 行重复` })
    else rows.set(key, row.row)
  }
}

const readArrivals = (file: string) => {
  const once = onlyOnce()
  return readRows(file, ['post', 'origin_code', 'arrivals'], (row) => {
    const [post, origin] = [row.name('post'), row.name('origin_code')]
    once(row, 'origin_code', `${post}\n${origin}`)
    return { post, origin, arrivals: row.count('arrivals') }
  })
}

const readResults = (file: string) =>
  readRows(file, ['date', 'origin_code', 'tests', 'positives'], (row) => {
    const [tests, positives] = [row.count('tests'), row.count('positives')]
    if (positives > tests)
      row.refuse('positives', { en: 'more positives than tests', zh: '阳性数多于检测数' })
    const pending = row.text('pending') === '' ? 0 : row.count('pending')
    return { date: row.date('date'), origin: row.name('origin_code'), tests, positives, pending }
  })

const readBudgets = (file: string) => {
  const once = onlyOnce()
  return readRows(file, ['post', 'tests'], (row) => {
    const post = row.name('post')
    once(row, 'post', post)
    const noShowShare = row.has('no_show_share') ? row.optionalNumber('no_show_share', 0, 0.99) : null
    return { post, budget: row.count('tests'), noShowShare: noShowShare ?? 0 }
  })
}

const readOrigins = async (file: string): Promise<Map<string, OriginMetrics | null>> => {
  const once = onlyOnce()
  const rows = await readRows(file, ['origin_code', 'cases_per_million', 'positivity'], (row) => {
    const code = row.name('origin_code')
    once(row, 'origin_code', code)
    const casesPerMillion = row.optionalNumber('cases_per_million', 0)
    const positivesPerThousandTests = row.optionalNumber('positivity', 0)
    const known = casesPerMillion !== null && positivesPerThousandTests !== null
    return [code, known ? { casesPerMillion, positivesPerThousandTests } : null] as const
  })
  return new Map(rows)
}

const naturally = new Intl.Collator('en', { numeric: true })

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort(naturally.compare)

const refuse = (message: string): CommandFailure => new CommandFailure(message, exitCodes.badInput)

type Rows<Read extends (file: string) => Promise<unknown>> = Awaited<ReturnType<Read>>

/** The day of the tests; every result must be from before it. */
const dayOf = (files: AllocationFiles, results: Rows<typeof readResults>): string => {
  const lastDate = results.reduce((last, { date }) => (date > last ? date : last), '')
  const date = files.date ?? addDays(lastDate, 1)
  if (lastDate >= date)
    throw refuse(
      `${files.results}: a result of ${lastDate} for tests of ${date} · 结果日期 ${lastDate} 不早于检测日期 ${date}`,
    )
  return date
}

/** Budgets with the people who arrive, in the order of the budgets. */
const postsOf = (
  files: AllocationFiles,
  arrivals: Rows<typeof readArrivals>,
  budgets: Rows<typeof readBudgets>,
  originAt: ReadonlyMap<string, number>,
): PostInput[] => {
  const people = new Map(budgets.map(({ post }) => [post, Array.from(originAt, () => 0)]))
  for (const { post, origin, arrivals: count } of arrivals) {
    const list = people.get(post)
    if (list === undefined) throw refuse(`${files.budgets}: no row for post ${post} · 没有该卡口：${post}`)
    list[originAt.get(origin) ?? 0] = count
  }
  return budgets.map(({ post, budget, noShowShare }) => ({
    arrivals: people.get(post) ?? [],
    budget,
    noShowShare,
  }))
}

/**
 * Reads the tables of a day.
 * @throws CommandFailure with file, row and column where a file is refused
 */
export const readAllocationInputs = async (files: AllocationFiles): Promise<AllocationTables> => {
  const arrivals = await readArrivals(files.arrivals)
  const results = await readResults(files.results)
  const budgets = await readBudgets(files.budgets)
  const metrics = files.origins === undefined ? null : await readOrigins(files.origins)
  const date = dayOf(files, results)
  const origins = sorted([...arrivals, ...results].map(({ origin }) => origin))
  const originAt = new Map(origins.map((origin, place) => [origin, place]))
  const pendingTests = origins.map(() => 0)
  for (const { origin, pending } of results) {
    const place = originAt.get(origin) ?? 0
    pendingTests[place] = (pendingTests[place] ?? 0) + pending
  }
  return {
    date,
    day: daysBetween(firstDay, date),
    postNames: budgets.map(({ post }) => post),
    origins,
    posts: postsOf(files, arrivals, budgets, originAt),
    positions: origins.map(originPlace),
    covariates:
      metrics === null
        ? origins.map(() => [])
        : metricCovariates(origins.map((origin) => metrics.get(origin) ?? null)),
    hasMetrics: metrics !== null,
    results: results.map(({ date: tested, origin, tests, positives }) => ({
      day: daysBetween(firstDay, tested),
      origin: originAt.get(origin) ?? 0,
      tests,
      positives,
    })),
    pendingTests,
  }
}
