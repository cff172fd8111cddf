import type { CalendarDay } from '@guankou/models/forecast/day-calendar.ts'
import {
  continueForecast,
  type FlowSeries,
  fitForecast,
  forecastWindows,
  type WindowForecast,
} from '@guankou/models/forecast/forecast-posts.ts'
import type { Baseline } from './baselines.ts'
import { createRatioBand, createScores, type Forecast, type Scores } from './scores.ts'

export type Rolling = {
  readonly windowMinutes: number
  readonly series: readonly FlowSeries[]
  /** Windows at which a forecast is made, ascending; earlier ones only feed the bands of the baselines. */
  readonly origins: readonly number[]
  readonly scoredFrom: number
  readonly horizon: number
  readonly baselines: Readonly<Record<string, Baseline>>
  readonly calendar?: readonly CalendarDay[]
  readonly isScored?: (series: string) => boolean
}

export type Comparison = {
  readonly model: Scores
  readonly baselines: Readonly<Record<string, Scores>>
}

const part = (series: FlowSeries, from: number, to: number): FlowSeries => {
  const firstWindow = Math.max(from, series.firstWindow)
  return {
    ...series,
    firstWindow,
    values: series.values.slice(firstWindow - series.firstWindow, Math.max(0, to - series.firstWindow)),
  }
}

const parts = (series: readonly FlowSeries[], from: number, to: number): FlowSeries[] =>
  series.filter(({ firstWindow }) => firstWindow < to).map((one) => part(one, from, to))

const q90Share = 1.2815515655446004 / 1.6448536269514722

/** The output has no q90; it is read between the median and q95 on the logarithmic scale, as a normal tail would have it. */
const withQ90 = ({ mean, q05, q50, q95 }: WindowForecast): Forecast => {
  const [low, high] = [Math.log(q50 + 0.5), Math.log(q95 + 0.5)]
  return { mean, q05, q50, q95, q90: Math.exp(low + q90Share * (high - low)) - 0.5 }
}

/**
 * Rolling origins: at each, the state is continued to it, and the windows after it are forecast and compared. Windows count
 * that were observed and for which every baseline has a value.
 */
export const compareRolling = (input: Rolling): Comparison => {
  const { windowMinutes, series, origins, horizon, calendar = [] } = input
  const model = createScores()
  const names = Object.keys(input.baselines)
  const scores = new Map(names.map((name) => [name, createScores()]))
  const bands = new Map(names.map((name) => [name, createRatioBand()]))
  const byName = new Map(series.map((one) => [one.name, one]))
  const first = origins[0] ?? 0
  let state = fitForecast({ windowMinutes, series: parts(series, 0, first), asOf: first, calendar })
  for (const origin of origins) {
    if (origin > state.asOf)
      state = continueForecast(state, { series: parts(series, state.asOf, origin), asOf: origin })
    for (const band of bands.values()) band.sort()
    for (const row of forecastWindows(state, horizon)) {
      const one = byName.get(row.series)
      const observed = one?.values[row.window - one.firstWindow] ?? null
      if (one === undefined || observed === null || input.isScored?.(row.series) === false) continue
      const values = names.map((name) => input.baselines[name]?.(one, origin, row.window) ?? null)
      if (values.some((value) => value === null)) continue
      const isScored = row.window >= input.scoredFrom
      if (isScored) model.add(observed, withQ90(row))
      for (const [at, name] of names.entries()) {
        const value = values[at] ?? 0
        const band = bands.get(name)
        if (isScored && band !== undefined) scores.get(name)?.add(observed, band.band(value))
        band?.learn(observed, value)
      }
    }
  }
  return {
    model: model.result(),
    baselines: Object.fromEntries([...scores].map(([name, each]) => [name, each.result()])),
  }
}
