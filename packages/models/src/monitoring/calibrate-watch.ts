import { isPositive, requireDomain } from '#src/numerics/domain.ts'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { countAt } from '#src/surveillance/draw-count.ts'
import {
  type CalibratedThreshold,
  type Records,
  recordsAmong,
  thresholdForBudget,
} from '#src/surveillance/false-alarm-budget.ts'
import { feverRate } from './fever-rate.ts'
import { flowDispersion, flowForecast, hoursPerWeek } from './flow-filter.ts'
import {
  type HourCounts,
  postOf,
  type WatchSettings,
  type WatchState,
  watched,
  watchHour,
} from './watch-hour.ts'

/** A city in control, as its state has it. */
export type WatchInControl = {
  readonly state: WatchState
  readonly posts: readonly string[]
  readonly settings: Omit<WatchSettings, 'thresholds'>
}

export type CalibrationOptions = {
  /** Days between two false alarms in the whole city, all posts, hours and signals together. */
  readonly daysPerFalseAlarm: number
  /** Hours of each simulated stretch, many times the windows. */
  readonly hours: number
  readonly stretches: number
  readonly seed: number
  /** Told the share that is done. */
  readonly onProgress?: (share: number) => void
}

export type WatchThresholds = { readonly fever: CalibratedThreshold; readonly flow: CalibratedThreshold }

/** Fever has one half of the budget, flow the other. */
const shareOfSignal = 0.5

const inControl = ({ state, posts }: WatchInControl, hourOfWeek: number, uniform: () => number) => {
  const counts: Record<string, HourCounts> = {}
  for (const post of posts) {
    const { vehicles, travellers, rate } = postOf(state, post)
    const aboard = countAt(
      uniform(),
      flowForecast(travellers, hourOfWeek, 1).mean,
      flowDispersion(travellers),
    )
    counts[post] = {
      vehicles: countAt(uniform(), flowForecast(vehicles, hourOfWeek, 1).mean, flowDispersion(vehicles)),
      travellers: aboard,
      febrile: Math.min(
        aboard,
        countAt(uniform(), Math.max(1e-9, aboard * feverRate(rate, state.city).rate), 0),
      ),
    }
  }
  return counts
}

/**
 * Draws hours of a city in which nothing is wrong: flows by their profile and dispersion, fevers by the rate of each post.
 * @param keys  seed; the same keys give the same hours
 */
export function* drawInControl(
  city: WatchInControl,
  hours: number,
  keys: readonly number[],
): Generator<{ hourOfWeek: number; isEvent: false; counts: Record<string, HourCounts> }> {
  const uniform = seededUniform(...keys)
  const start = Math.floor(uniform() * hoursPerWeek)
  for (let n = 0; n < hours; n++) {
    const hourOfWeek = (start + n) % hoursPerWeek
    yield { hourOfWeek, isEvent: false, counts: inControl(city, hourOfWeek, uniform) }
  }
}

const never = { fever: Number.POSITIVE_INFINITY, flow: Number.POSITIVE_INFINITY }

/** Scores of every chart of every post over one stretch, by post and then by `watched`. */
const scoresOf = (city: WatchInControl, hours: number, keys: readonly number[]): number[][][] => {
  const options = { posts: city.posts, settings: { ...city.settings, thresholds: never } }
  const scores = city.posts.map(() => watched.map((): number[] => []))
  let { state } = city
  for (const hour of drawInControl(city, hours, keys)) {
    const after = watchHour(state, hour, options)
    state = after.state
    for (const [index, post] of city.posts.entries())
      after.said[post]?.detections.forEach(
        (detection, chart) => void scores[index]?.[chart]?.push(detection.score),
      )
  }
  return scores
}

/**
 * Thresholds with which the charts of a city raise one false alarm in so many days, all posts, hours and signals together.
 * What is simulated is the whole watch: forecasts and rates are estimated from the simulated hours as they are in
 * service, so that their errors are in the thresholds.
 * @param city  posts and what is known of them; they are taken to be in control
 * @returns the threshold for fevers and the one for flows, each with rate (per hour, its half of the budget), interval and average run lengths
 * @throws RangeError where an argument is out of its domain, or the simulation is too short for the budget: fewer than 50
 * false alarms of a signal, which takes `hours` × `stretches` ≥ 50 × 2 × 24 × days
 * Method: as `thresholdForBudget`
 */
export const calibrateWatch = (city: WatchInControl, options: CalibrationOptions): WatchThresholds => {
  const { daysPerFalseAlarm, hours, stretches, seed, onProgress } = options
  requireDomain(isPositive(daysPerFalseAlarm), `a false alarm in ${daysPerFalseAlarm} days`)
  requireDomain(city.posts.length > 0, 'a city without posts')
  const records: Records[][][] = city.posts.map(() => watched.map((): Records[] => []))
  for (let stretch = 0; stretch < stretches; stretch++) {
    const scores = scoresOf(city, hours, [seed, stretch])
    for (const [index, own] of scores.entries())
      own.forEach((chart, n) => void records[index]?.[n]?.push(recordsAmong(chart)))
    onProgress?.((stretch + 1) / stretches)
  }
  const budget = shareOfSignal / (daysPerFalseAlarm * 24)
  const charts = (...which: readonly number[]) => records.flatMap((own) => which.map((n) => own[n] ?? []))
  return {
    fever: thresholdForBudget(charts(0), hours, budget),
    flow: thresholdForBudget(charts(1, 2), hours, budget),
  }
}
