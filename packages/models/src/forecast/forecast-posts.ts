import { requireDomain } from '#src/numerics/domain.ts'
import { beginDay, type Surroundings } from './begin-day.ts'
import { type CalendarDay, dayCalendar } from './day-calendar.ts'
import type { ForecastSettings } from './forecast-settings.ts'
import { type EventEffect, eventEffectAt, eventsOf, type PolicyEvent, requireEvents } from './policy-event.ts'
import { poolProfiles } from './pool-profiles.ts'
import {
  copyPost,
  createPost,
  createPostModel,
  type FlowUnit,
  type PostModel,
  type PostState,
} from './post-state.ts'
import { type Prediction, predictWindow } from './predict-window.ts'
import { takeWindow } from './take-window.ts'
import type { WeeklyProfile } from './weekly-profile.ts'
import { weekdayOfDay, windowGrid } from './window-grid.ts'

/** Values of one series from a window on; null where nothing was observed, which is not 0. */
export type FlowSeries = {
  readonly name: string
  readonly unit: FlowUnit
  readonly firstWindow: number
  readonly values: readonly (number | null)[]
}

export type ForecastInput = {
  readonly windowMinutes: number
  readonly series: readonly FlowSeries[]
  readonly events?: readonly PolicyEvent[]
  readonly calendar?: readonly CalendarDay[]
  /** The first window that is not known yet: from it on, values are not read. */
  readonly asOf: number
  readonly settings?: ForecastSettings
}

/** All posts as they are known up to a window. Treat it as a value: functions return a new one. */
export type ForecastState = {
  readonly windowMinutes: number
  readonly settings: ForecastSettings | null
  readonly asOf: number
  readonly posts: ReadonlyMap<string, PostState>
  readonly events: readonly PolicyEvent[]
  readonly calendar: readonly CalendarDay[]
  /** The week that posts have in common, as of the last Monday. */
  readonly pool: WeeklyProfile | null
}

export type WindowForecast = Prediction & { readonly series: string; readonly window: number }

const monday = 0

const requireSeries = ({ name, unit, firstWindow, values }: FlowSeries): void => {
  requireDomain(Number.isSafeInteger(firstWindow) && firstWindow >= 0, `${name} from window ${firstWindow}`)
  for (const value of values)
    requireDomain(
      value === null ||
        (value >= 0 && Number.isFinite(value) && (unit === 'amounts' || Number.isInteger(value))),
      `${value} as a value of ${name}, a series of ${unit}`,
    )
}

const advance = (
  state: ForecastState,
  model: PostModel,
  series: readonly FlowSeries[],
  asOf: number,
  onDay: (done: number, total: number) => void,
): ForecastState => {
  const count = model.grid.windowsPerDay
  const posts = new Map([...state.posts].map(([name, post]) => [name, copyPost(post)]))
  const byName = new Map(series.map((one) => [one.name, one]))
  requireDomain(byName.size === series.length, 'a series that is there twice')
  const calendar = dayCalendar(state.calendar)
  const eventsBySeries = new Map(
    [...posts.keys(), ...byName.keys()].map((name) => [name, eventsOf(state.events, name)]),
  )
  let pool = state.pool
  const begins = [...byName.values()].map(({ firstWindow }) => firstWindow)
  const from = state.posts.size > 0 ? state.asOf : Math.min(asOf, ...begins)
  const [firstDay, lastDay] = [Math.floor(from / count), Math.floor((asOf - 1) / count)]
  for (let day = firstDay; day <= lastDay; day++) {
    if (weekdayOfDay(day) === monday && day * count >= from)
      pool = poolProfiles([...posts.values()], count) ?? pool
    const surroundings: Surroundings = { calendar, pool }
    const end = Math.min(asOf, (day + 1) * count)
    for (const { name, unit, firstWindow } of series)
      if (!posts.has(name) && firstWindow < end) posts.set(name, createPost(model, unit, firstWindow))
    for (const [name, post] of posts) {
      const one = byName.get(name)
      const events = eventsBySeries.get(name) ?? []
      while (post.next < end) {
        const value = one?.values[post.next - one.firstWindow] ?? Number.NaN
        takeWindow(post, model, surroundings, value, eventEffectAt(events, post.next))
      }
    }
    onDay(day - firstDay + 1, lastDay - firstDay + 1)
  }
  return { ...state, asOf: Math.max(asOf, state.asOf), posts, pool }
}

const ignoreProgress = (): void => {}

/**
 * Learns the flows of posts from their past: for each a robust weekly profile and a bank of level filters, whose mixture is
 * weighed by how well each has done at the same distance lately.
 * @param input  windows of 1 minute to a day, values of people or vehicles (counts) or on a continuous scale (amounts),
 * events and calendar as far as they are known
 * @param onDay  told the days done and their number
 * @returns a state to forecast from and to continue
 * @throws RangeError where a value is negative, not finite, or not whole in a series of counts; where a series is there twice
 * Assumptions and limits: docs/models/forecast.md. Cost: linear in the number of windows. No randomness.
 * Source: West and Harrison, Bayesian Forecasting and Dynamic Models (1997), doi:10.1007/b98971, for levels under discounted
 * evidence; the rest as named in the files of this folder
 * @example fitForecast({ windowMinutes: 1440, series: [], asOf: 3 }).posts.size // 0
 */
export const fitForecast = (
  input: ForecastInput,
  onDay = ignoreProgress as (done: number, total: number) => void,
): ForecastState => {
  input.series.forEach(requireSeries)
  requireEvents(input.events ?? [])
  const settings = input.settings ?? null
  const model = createPostModel(windowGrid(input.windowMinutes), input.settings)
  const empty: ForecastState = {
    windowMinutes: input.windowMinutes,
    settings,
    asOf: 0,
    posts: new Map(),
    events: input.events ?? [],
    calendar: input.calendar ?? [],
    pool: null,
  }
  return advance(empty, model, input.series, input.asOf, onDay)
}

export type Continuation = {
  /** Values from `asOf` of the state on; what is not named was not observed. */
  readonly series: readonly FlowSeries[]
  readonly asOf: number
  /** In place of those of the state. */
  readonly events?: readonly PolicyEvent[]
  readonly calendar?: readonly CalendarDay[]
}

/**
 * Continues with later windows, as if all had been there from the start.
 * @returns a new state; the old one stays as it is
 * @throws RangeError as `fitForecast`, and where a value is from before the state's `asOf`
 */
export const continueForecast = (state: ForecastState, more: Continuation): ForecastState => {
  more.series.forEach(requireSeries)
  requireEvents(more.events ?? [])
  requireDomain(more.asOf >= state.asOf, `continuing at window ${more.asOf} from ${state.asOf}`)
  for (const { name, firstWindow } of more.series)
    requireDomain(firstWindow >= state.asOf, `${name} from window ${firstWindow}, known up to ${state.asOf}`)
  const model = modelOf(state)
  const next = { ...state, events: more.events ?? state.events, calendar: more.calendar ?? state.calendar }
  return advance(next, model, more.series, more.asOf, ignoreProgress)
}

const modelOf = ({ windowMinutes, settings }: ForecastState): PostModel =>
  createPostModel(windowGrid(windowMinutes), settings ?? undefined)

/** As the post will be when the next window begins: a day that begins has its profile fitted. */
const atNextWindow = (post: PostState, model: PostModel, surroundings: Surroundings): PostState => {
  const count = model.grid.windowsPerDay
  const isMidnight = post.next % count === 0
  if (post.isStarted && !isMidnight) return post
  const ready = copyPost(post)
  beginDay(ready, model, surroundings, Math.floor(post.next / count) + (isMidnight ? 0 : 1))
  return ready
}

/**
 * Forecasts the windows from `asOf` on.
 * @param windows  how many, ≥ 1
 * @returns for each series in the order of the state, one row for each window: mean and quantiles ≥ 0, in the unit of the
 * series, q05 ≤ q50 ≤ q95, whole for counts. Series without a single value have no rows
 * @throws RangeError where the number of windows is not whole
 */
export const forecastWindows = (state: ForecastState, windows: number): WindowForecast[] => {
  requireDomain(Number.isInteger(windows) && windows >= 1, `a horizon of ${windows} windows`)
  const model = modelOf(state)
  const surroundings = { calendar: dayCalendar(state.calendar), pool: state.pool }
  const rows: WindowForecast[] = []
  for (const [series, post] of state.posts) {
    const ready = atNextWindow(post, model, surroundings)
    const events = eventsOf(state.events, series)
    let breaks = 0
    for (let step = 0; step < windows; step++) {
      const window = state.asOf + step
      const effect: EventEffect = eventEffectAt(events, window)
      breaks += effect.breaks
      const prediction = predictWindow(ready, model, surroundings, window, effect, breaks)
      if (prediction !== null) rows.push({ series, window, ...prediction })
    }
  }
  return rows
}
