import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FlowSeries, fitForecast, forecastWindows } from './forecast-posts.ts'

/** Measured files stay outside the repository, by default in `shared/data` beside it. */
const folder = process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data')
const tollFile = join(folder, 'kddcup2017-tollgates/volume_20min.csv')
const borderFile = join(folder, 'hk-control-points-2020/hk_passengers_daily_by_control_point_2020.csv')

type Cell = { readonly name: string; readonly window: number; readonly value: number }

/** These files quote nothing. */
const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

const seriesOf = (cells: readonly Cell[], gap: 0 | null): FlowSeries[] => {
  const names = [...new Set(cells.map(({ name }) => name))]
  const end = Math.max(...cells.map(({ window }) => window)) + 1
  return names.map((name) => {
    const own = cells.filter((cell) => cell.name === name)
    const firstWindow = Math.min(...own.map(({ window }) => window))
    const values: (number | null)[] = Array.from({ length: end - firstWindow }, () => gap)
    for (const { window, value } of own) values[window - firstWindow] = value
    return { name, unit: 'counts', firstWindow, values }
  })
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

const tollgates = (): FlowSeries[] =>
  seriesOf(
    rowsOf(tollFile)
      .filter(([time = '']) => time < '2016-10-21')
      .map(([time = '', gate = '', direction = '', volume = '']) => ({
        name: `${gate}-${direction}`,
        window: Date.parse(`${time}:00Z`) / 1_200_000,
        value: Number(volume),
      })),
    0,
  )

const border = (): FlowSeries[] =>
  seriesOf(
    rowsOf(borderFile).map(([date = '', name = '', , , , total = '']) => ({
      name,
      window: dayOf(date),
      value: Number(total),
    })),
    null,
  )

const valueAt = ({ firstWindow, values }: FlowSeries, window: number): number | null =>
  values[window - firstWindow] ?? null

type Score = { readonly ratio: number; readonly coverage: number; readonly windows: number }

/** Absolute error of the median over that of a lag, at rolling origins, and the share within the band. */
const compare = (
  series: readonly FlowSeries[],
  windowMinutes: number,
  origins: readonly number[],
  horizon: number,
  lag: number,
): Score => {
  let [own, other, inside, windows] = [0, 0, 0, 0]
  for (const asOf of origins) {
    const state = fitForecast({ windowMinutes, series, asOf })
    for (const { series: name, window, q05, q50, q95 } of forecastWindows(state, horizon)) {
      const one = series.find((each) => each.name === name)
      const value = one === undefined ? null : valueAt(one, window)
      const before = one === undefined ? null : valueAt(one, window - lag)
      if (value === null || before === null) continue
      own += Math.abs(value - q50)
      other += Math.abs(value - before)
      if (value >= q05 && value <= q95) inside++
      windows++
    }
  }
  return { ratio: own / other, coverage: inside / windows, windows }
}

const checks: readonly (readonly [name: string, run: () => void])[] = [
  [
    'two hours ahead at toll-gates, better than a week before',
    () => {
      const origins = [18, 19, 20].flatMap((day) => {
        const midnight = dayOf(`2016-10-${day}`) * 72
        return [midnight + 24, midnight + 51]
      })
      const { ratio, coverage, windows } = compare(tollgates(), 20, origins, 6, 7 * 72)
      expect(windows).toBe(180)
      expect(ratio).toBeLessThan(0.85)
      expect(coverage).toBeGreaterThan(0.85)
    },
  ],
  [
    'a day ahead at border posts from 2 February 2020 on, better than the day before',
    () => {
      const origins = Array.from({ length: 28 }, (_, at) => dayOf('2020-02-02') + at)
      const { ratio, coverage, windows } = compare(border(), 1440, origins, 1, 1)
      expect(windows).toBeGreaterThan(400)
      expect(ratio).toBeLessThan(1)
      expect(coverage).toBeGreaterThan(0.85)
    },
  ],
]

const isPresent = existsSync(tollFile) && existsSync(borderFile)

if (!isPresent) console.info(`reference data not present, ${checks.length} checks skipped`)

describe('forecasts of measured flows', () => {
  it('are compared where the reference data are', () => {
    expect(checks).toHaveLength(2)
  })

  if (isPresent) for (const [name, run] of checks) it(name, run)
})
