import { requireDomain } from '#src/numerics/domain.ts'
import {
  type Direction,
  generalisedRatio,
  logRatio,
  type RatioOptions,
  type Stretch,
} from './likelihood-ratio.ts'
import type { DetectedPoint } from './point.ts'

/** Defaults are those of `algo.glrnb` of the R package surveillance. */
export type CusumOptions = {
  /** Alarm where the statistic reaches it, 5. It sets the average run length. */
  readonly cArl?: number
  /** Dispersion of var = m + α m²; 0 for Poisson. */
  readonly alpha?: number
  /** ln of the factor looked for; without it, every factor is. */
  readonly theta?: number | undefined
  readonly direction?: Direction
  /** Change points at most so many time points back, −1 for no limit. */
  readonly window?: number
  /** Time points that a change must have lasted, 1. */
  readonly leastLength?: number
  /** What stands as the upper bound: the statistic, as in R, or the least count that would be an alarm. */
  readonly bound?: 'value' | 'cases'
}

type Options = Required<Omit<CusumOptions, 'theta'>> & { readonly theta: number | undefined }

/** A statistic that is moved on by one count at a time, and starts again after an alarm. */
type Chart = {
  /** The statistic if the next count were this. */
  readonly ifCount: (count: number) => number
  /** Takes the next count. */
  readonly take: (count: number) => number
}

const generalisedChart = (means: Float64Array, options: RatioOptions): Chart => {
  const counts = new Float64Array(means.length)
  const stretch: Stretch = { counts, means }
  let n = 0
  const ifCount = (count: number): number => {
    counts[n] = count
    return generalisedRatio(stretch, n, options)
  }
  return {
    ifCount,
    take: (count) => {
      const value = ifCount(count)
      n++
      return value
    },
  }
}

const simpleChart = (means: Float64Array, theta: number, alpha: number): Chart => {
  let n = 0
  let sum = 0
  const ifCount = (count: number): number => Math.max(0, sum + logRatio(count, means[n] ?? 0, theta, alpha))
  return {
    ifCount,
    take: (count) => {
      sum = ifCount(count)
      n++
      return sum
    },
  }
}

const mostCases = 2 ** 40

/** Least count with which the statistic reaches the threshold; null where none does. */
const leastAlarm = (
  chart: Chart,
  isAlarm: (value: number) => boolean,
  direction: Direction,
): number | null => {
  if (direction === 'dec') return isAlarm(chart.ifCount(0)) ? 0 : null
  if (isAlarm(chart.ifCount(0))) return 0
  let low = 0
  let high = 1
  while (!isAlarm(chart.ifCount(high))) {
    low = high
    high *= 2
    if (high > mostCases) return null
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isAlarm(chart.ifCount(middle))) high = middle
    else low = middle
  }
  return high
}

const withDefaults = (options: CusumOptions): Options => {
  const all = {
    cArl: 5,
    alpha: 0,
    direction: 'inc' as Direction,
    window: -1,
    leastLength: 1,
    bound: 'value' as const,
    ...options,
    theta: options.theta,
  }
  requireDomain(all.cArl > 0 && Number.isFinite(all.cArl), `a threshold of ${all.cArl}`)
  requireDomain(all.alpha >= 0 && Number.isFinite(all.alpha), `a dispersion of ${all.alpha}`)
  requireDomain(Number.isInteger(all.window) && all.window >= -1, `a window of ${all.window} time points`)
  requireDomain(
    Number.isInteger(all.leastLength) && all.leastLength >= 1,
    `a change that lasted ${all.leastLength}`,
  )
  requireDomain(
    all.theta === undefined || (Number.isFinite(all.theta) && all.theta !== 0),
    `a change by the factor e^${all.theta}`,
  )
  return all
}

/**
 * Watches counts for a lasting change of their mean by a cumulated likelihood ratio.
 *   GLR(n) = max_k sup_κ Σ_{t=k..n} ln f(x_t; μ_t e^κ) / f(x_t; μ_t),   alarm where GLR(n) ≥ c;   with κ = θ given:
 *   C(n) = max(0, C(n − 1) + ln f(x_n; μ_n e^θ) / f(x_n; μ_n)),   alarm where C(n) > c
 * @param counts  cases per time point, whole numbers ≥ 0   @param means  μ_t > 0 in control, as many; for rates of a post,
 * exposure times rate   @param options  threshold, dispersion and the change looked for
 * @returns one point for each count; the score is the statistic. It starts again after each alarm
 * @throws RangeError where an argument is out of its domain
 * Assumptions: the means are known and counts are independent given them. An error in the means shifts the average run
 * length; see `docs/models/surveillance.md`.
 * Method: as `generalisedRatio`; no randomness.
 * Source: Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015; Lorden 1971, doi:10.1214/aoms/1177693055
 * @example detectCusum([2, 1, 9, 9], [2, 2, 2, 2]).map((point) => point.alarm) // [false, false, true, true]
 */
export const detectCusum = (
  counts: readonly number[],
  means: readonly number[] | Float64Array,
  options: CusumOptions = {},
): DetectedPoint[] => {
  const all = withDefaults(options)
  requireDomain(means.length === counts.length, `${counts.length} counts with ${means.length} means`)
  const known = Float64Array.from(means)
  requireDomain(
    known.every((mean) => mean > 0 && Number.isFinite(mean)),
    'means in control that are not above 0',
  )
  const isAlarm = (value: number): boolean => (all.theta === undefined ? value >= all.cArl : value > all.cArl)
  const chartFrom = (start: number): Chart =>
    all.theta === undefined
      ? generalisedChart(known.subarray(start), all)
      : simpleChart(known.subarray(start), all.theta, all.alpha)
  let chart = chartFrom(0)
  return counts.map((observed, t) => {
    const least = all.bound === 'cases' ? leastAlarm(chart, isAlarm, all.direction) : null
    const score = chart.take(observed)
    const alarm = isAlarm(score)
    if (alarm) chart = chartFrom(t + 1)
    const upperBound = all.bound === 'cases' ? least : score
    return { observed, expected: known[t] ?? null, upperBound, score, alarm }
  })
}
