import type { Bilingual } from '@guankou/contract/primitives.ts'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { type Calendar, calendarOfDates } from '@guankou/models/surveillance/reference-points.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { type RowReader, readRows } from '../read-rows.ts'

export type SeriesOptions = {
  readonly series: string
  readonly timeColumn?: string
  readonly countColumn?: string
  readonly populationColumn?: string
}

/** A series of counts as a file holds it. */
export type Series = {
  /** Cells of the time column, as they stand. */
  readonly times: readonly string[]
  /** Days as 2020-01-18, where the file has a column of them. */
  readonly dates: readonly string[] | undefined
  readonly counts: readonly number[]
  readonly population: readonly number[] | undefined
}

type Columns = {
  readonly time: string
  readonly date: string | undefined
  readonly count: string
  readonly population: string | undefined
}

const timeNames = ['t', 'time', 'date', 'day', 'week', 'window_start', 'epoch']
const countNames = [
  'observed',
  'count',
  'cases',
  'new_confirmed',
  'new_cases',
  'fevers',
  'value',
  'volume',
  'passengers',
]

const refusal = (file: string, reason: Bilingual): CommandFailure =>
  new CommandFailure(
    `${file} was refused · 文件被拒绝\n  row 1: ${reason.en} · ${reason.zh}`,
    exitCodes.badInput,
  )

/** The column that was named, or the one known name that the header has. */
const choose = (
  { series: file }: SeriesOptions,
  header: readonly string[],
  named: string | undefined,
  known: readonly string[],
  option: string,
): string => {
  if (named !== undefined) {
    if (header.includes(named)) return named
    throw refusal(file, {
      en: `there is no column ${named}; found ${header.join(', ')}`,
      zh: `没有列 ${named};文件中的列:${header.join(', ')}`,
    })
  }
  const found = known.find((name) => header.includes(name))
  if (found !== undefined) return found
  throw refusal(file, {
    en: `no column is called ${known.join(', ')}; found ${header.join(', ')}. Give ${option}`,
    zh: `未找到列 ${known.join(', ')};文件中的列:${header.join(', ')}。请用 ${option} 指定`,
  })
}

const chooseColumns = (header: readonly string[], options: SeriesOptions, first: RowReader): Columns => {
  const time = choose(options, header, options.timeColumn, timeNames, '--time-column')
  const count = choose(options, header, options.countColumn, countNames, '--count-column')
  const date = [time, 'date'].find((name) => header.includes(name) && isCivilDate(first.text(name)))
  const population =
    options.populationColumn === undefined
      ? undefined
      : choose(options, header, options.populationColumn, [], '--population-column')
  return { time, date, count, population }
}

/**
 * Reads a series: one row for each time point, in order.
 * @throws CommandFailure with file, row and column where a column is missing, a count is no whole number, or a time is
 * repeated or steps back
 */
export const readSeries = async (options: SeriesOptions): Promise<Series> => {
  let columns: Columns | undefined
  let before = ''
  const rows = await readRows(options.series, [], (row) => {
    columns ??= chooseColumns(row.columns, options, row)
    const time = row.name(columns.time)
    if (time === before)
      row.refuse(columns.time, {
        en: `${time} is there twice; give one series per file`,
        zh: `${time} 重复；每个文件只含一个序列`,
      })
    before = time
    const population = columns.population === undefined ? 1 : row.number(columns.population, 0)
    if (population === 0)
      row.refuse(columns.population ?? null, { en: 'nobody is no exposure', zh: '人数须大于 0' })
    return {
      time,
      date: columns.date === undefined ? '' : row.date(columns.date),
      count: row.count(columns.count),
      population,
    }
  })
  return {
    times: rows.map((row) => row.time),
    dates: columns?.date === undefined ? undefined : rows.map((row) => row.date),
    counts: rows.map((row) => row.count),
    population: columns?.population === undefined ? undefined : rows.map((row) => row.population),
  }
}

const usualSpacings = new Map([
  [1, 365],
  [7, 52],
])

/** Time points per year: as told, else from the distance of the dates, else 52 as in R. */
export const pointsPerYear = ({ dates }: Series, told: number | undefined): number => {
  if (told !== undefined) return told
  const calendar = dates === undefined ? undefined : calendarOfDates(dates)
  return calendar?.kind === 'dates' ? (usualSpacings.get(calendar.spacingDays) ?? 52) : 52
}

/** @throws CommandFailure where dates do not follow each other at one distance */
export const calendarOf = (file: string, series: Series, told: number | undefined): Calendar => {
  if (series.dates === undefined || told !== undefined)
    return { kind: 'numbered', pointsPerYear: pointsPerYear(series, told) }
  const calendar = calendarOfDates(series.dates)
  if (calendar !== undefined) return calendar
  throw refusal(file, {
    en: 'the dates do not follow each other at one distance; fill the gaps, or give --freq to count time points',
    zh: '日期间隔不一致；请补齐缺口，或用 --freq 按时间点计数',
  })
}
