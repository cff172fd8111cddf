import { gunzipSync, gzipSync } from 'node:zlib'
import type { CalendarDay } from '@guankou/models/forecast/day-calendar.ts'
import {
  continueForecast,
  type FlowSeries,
  type ForecastState,
  fitForecast,
  forecastWindows,
  type WindowForecast,
} from '@guankou/models/forecast/forecast-posts.ts'
import type { PolicyEvent } from '@guankou/models/forecast/policy-event.ts'
import {
  restoreForecast,
  type StoredForecast,
  storeForecast,
} from '@guankou/models/forecast/stored-forecast.ts'

export type ForecastOrder = {
  /** To go on from, as it was packed; null to fit from the beginning of the series. */
  readonly state: Uint8Array | null
  readonly windowMinutes: number
  /** Values from where the state ends. */
  readonly series: readonly FlowSeries[]
  /** The first window that is to come. */
  readonly asOf: number
  /** How many windows are forecast. */
  readonly windows: number
  readonly events: readonly PolicyEvent[]
  readonly calendar: readonly CalendarDay[]
}

export type Forecasted = { readonly state: Uint8Array; readonly forecasts: readonly WindowForecast[] }

const unpack = (content: Uint8Array | null): ForecastState | undefined =>
  content === null ? undefined : restoreForecast(JSON.parse(gunzipSync(content).toString()) as StoredForecast)

/** A post begins with the first that it counted: nobody in the weeks before it was opened is no observation. */
const sinceOpened = (one: FlowSeries): FlowSeries[] => {
  const opened = one.values.findIndex((value) => value !== null && value > 0)
  return opened < 0
    ? []
    : [{ ...one, firstWindow: one.firstWindow + opened, values: one.values.slice(opened) }]
}

/** Learns what was counted since the state, and forecasts what is to come. */
export const forecastCity = (order: ForecastOrder): Forecasted => {
  const { asOf, events, calendar, windowMinutes, windows } = order
  const before = unpack(order.state)
  const series = order.series.flatMap((one) => (before?.posts.has(one.name) ? [one] : sinceOpened(one)))
  const state =
    before === undefined
      ? fitForecast({ windowMinutes, series, asOf, events, calendar })
      : continueForecast(before, { series, asOf, events, calendar })
  return {
    state: gzipSync(JSON.stringify(storeForecast(state)), { level: 1 }),
    forecasts: forecastWindows(state, windows),
  }
}
