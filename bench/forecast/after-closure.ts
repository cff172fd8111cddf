import {
  continueForecast,
  type FlowSeries,
  fitForecast,
  forecastWindows,
} from '@guankou/models/forecast/forecast-posts.ts'
import { dayNumber, flowFiles, readFlows } from './flow-data.ts'

const closedTo = 0.3
const daysShown = 7
const closures = ['2020-01-14', '2020-01-22', '2020-02-05'] as const

/** From a day on, only three in ten come: what a road closed to through traffic does to the posts on it. */
const closed = (series: readonly FlowSeries[], from: number): FlowSeries[] =>
  series.map((one) => ({
    ...one,
    values: one.values.map((value, at) =>
      value !== null && one.firstWindow + at >= from ? Math.round(closedTo * value) : value,
    ),
  }))

/** WAPE of day-ahead forecasts by day after an unannounced closure, beside that of the same days without it. */
const errorsByDay = (series: readonly FlowSeries[], from: number): { error: number; total: number }[] => {
  const cut = (start: number, end: number): FlowSeries[] =>
    series.map((one) => {
      const firstWindow = Math.max(start, one.firstWindow)
      return {
        ...one,
        firstWindow,
        values: one.values.slice(firstWindow - one.firstWindow, Math.max(0, end - one.firstWindow)),
      }
    })
  const start = from - 90 * 24
  let state = fitForecast({ windowMinutes: 60, series: cut(start, from), asOf: from })
  return Array.from({ length: daysShown }, (_, day) => {
    const origin = from + day * 24
    if (day > 0) state = continueForecast(state, { series: cut(state.asOf, origin), asOf: origin })
    let [error, total] = [0, 0]
    for (const { series: name, window, q50 } of forecastWindows(state, 24)) {
      const one = series.find((each) => each.name === name)
      const value = one?.values[window - one.firstWindow] ?? null
      if (value === null) continue
      error += Math.abs(value - q50)
      total += value
    }
    return { error, total }
  })
}

/** Share of error and flow on each day after a closure, over several closures of all checkpoints of one airport. */
export const measureAfterClosure = async () => {
  const { series } = await readFlows(flowFiles.tsa)
  const open = series.filter(({ name }) => name.startsWith('AUS') && !name.includes('Terminal'))
  const byDay = (isClosed: boolean): number[] => {
    const runs = closures.map((date) => {
      const from = dayNumber(date) * 24
      return errorsByDay(isClosed ? closed(open, from) : open, from)
    })
    return Array.from({ length: daysShown }, (_, day) => {
      const error = runs.reduce((sum, run) => sum + (run[day]?.error ?? 0), 0)
      const total = runs.reduce((sum, run) => sum + (run[day]?.total ?? 0), 0)
      return Number((error / total).toFixed(4))
    })
  }
  return { wapeByDayAfterClosure: byDay(true), wapeOfTheSameDaysOpen: byDay(false) }
}
