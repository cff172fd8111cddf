import { isPositive, requireDomain } from '#src/numerics/domain.ts'
import { gammaQuantile } from '#src/numerics/gamma-beta-quantile.ts'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { countAt } from './draw-count.ts'
import { detectCusum } from './glr-cusum.ts'
import { generalisedRatio, type Stretch } from './likelihood-ratio.ts'

/** One signal of one post in control. */
export type WatchedSeries = {
  /** Expected counts over one cycle, such as the hours of a week; the cycle repeats. All > 0. */
  readonly means: readonly number[]
  /** Dispersion of var = m + α m²; 0 for Poisson. */
  readonly alpha: number
}

export type SimulationOptions = {
  /** Change points at most so many time points back. */
  readonly window: number
  /** Time points of each simulated stretch; many times the window. */
  readonly length: number
  /** Stretches for each series. */
  readonly replicates: number
  readonly seed: number
}

/** How often charts alarm where nothing is wrong, over all series together. */
export type FalseAlarmRate = {
  /** False alarms per time point, all series together. */
  readonly perPoint: number
  readonly low95: number
  readonly high95: number
  /** Average run length of each series, in time points; infinite where none alarmed in the simulation. */
  readonly runLengths: readonly number[]
  /** False alarms that the figures rest on. */
  readonly alarms: number
}

export type CalibratedThreshold = FalseAlarmRate & { readonly cArl: number }

const directions = { direction: 'inc', leastLength: 1 } as const

const requireOptions = (
  series: readonly WatchedSeries[],
  { window, length, replicates }: SimulationOptions,
): void => {
  requireDomain(
    series.length > 0 && series.every(({ means }) => means.length > 0 && means.every(isPositive)),
    'a budget for series with means that are not above 0',
  )
  requireDomain(Number.isInteger(window) && window >= 0, `a window of ${window} time points`)
  requireDomain(Number.isInteger(length) && length > window, `stretches of ${length} time points`)
  requireDomain(Number.isInteger(replicates) && replicates >= 1, `${replicates} stretches`)
}

/** Counts in control, from a random time of the cycle on. */
const drawStretch = ({ means, alpha }: WatchedSeries, length: number, keys: readonly number[]): Stretch => {
  const uniform = seededUniform(...keys)
  const start = Math.floor(uniform() * means.length)
  const own = Float64Array.from({ length }, (_, t) => means[(start + t) % means.length] ?? 1)
  return { means: own, counts: own.map((mean) => countAt(uniform(), mean, alpha)) }
}

/** Times at which the statistic of a chart without alarms exceeds all it was before, with its values. */
export type Records = { readonly times: readonly number[]; readonly values: readonly number[] }

/** The records among the values of a chart that was run without alarms. */
export const recordsAmong = (scores: Iterable<number>): Records => {
  const times: number[] = []
  const values: number[] = []
  let greatest = 0
  let n = 0
  for (const value of scores) {
    if (value > greatest) {
      greatest = value
      times.push(n)
      values.push(value)
    }
    n++
  }
  return { times, values }
}

const recordsOf = (stretch: Stretch, alpha: number, window: number): Records =>
  recordsAmong(
    Array.from(stretch.counts, (_, n) => generalisedRatio(stretch, n, { ...directions, alpha, window })),
  )

type Tally = { alarms: number; points: number }

/** First alarms and time at risk with a threshold: what a censored exponential run length is estimated from. */
const tallyAt = (records: readonly Records[], threshold: number, length: number): Tally => {
  const tally: Tally = { alarms: 0, points: 0 }
  for (const { times, values } of records) {
    const first = values.findIndex((value) => value >= threshold)
    tally.points += first < 0 ? length : (times[first] ?? 0) + 1
    if (first >= 0) tally.alarms++
  }
  return tally
}

/** Rate over all series with the interval of Fay and Feuer 1997 for a sum of weighted Poisson counts. */
const rateOf = (tallies: readonly Tally[]): FalseAlarmRate => {
  let perPoint = 0
  let variance = 0
  let alarms = 0
  let greatestWeight = 0
  for (const tally of tallies) {
    perPoint += tally.alarms / tally.points
    variance += tally.alarms / tally.points ** 2
    alarms += tally.alarms
    greatestWeight = Math.max(greatestWeight, 1 / tally.points)
  }
  const above = perPoint + greatestWeight
  const spread = variance + greatestWeight ** 2
  return {
    perPoint,
    low95: alarms === 0 ? 0 : gammaQuantile(0.025, perPoint ** 2 / variance, perPoint / variance),
    high95: gammaQuantile(0.975, above ** 2 / spread, above / spread),
    runLengths: tallies.map((tally) =>
      tally.alarms === 0 ? Number.POSITIVE_INFINITY : tally.points / tally.alarms,
    ),
    alarms,
  }
}

const leastAlarms = 50

/**
 * The threshold with which charts give no more false alarms than stated, from charts that were run in control without
 * alarms: by whichever simulation comes closest to the charts in service.
 * @param records  for each chart, those of its stretches   @param length  time points of each stretch   @param budget  false
 * alarms per time point, all charts together
 * @throws RangeError where fewer than 50 false alarms would carry the threshold
 * Method: as `calibrateThreshold`
 */
export const thresholdForBudget = (
  records: readonly (readonly Records[])[],
  length: number,
  budget: number,
): CalibratedThreshold => {
  const at = (threshold: number): FalseAlarmRate =>
    rateOf(records.map((own) => tallyAt(own, threshold, length)))
  let low = 0
  let high = 1
  while (at(high).perPoint > budget) high *= 2
  for (let n = 0; n < 50; n++) {
    const middle = (low + high) / 2
    if (at(middle).perPoint > budget) low = middle
    else high = middle
  }
  const rate = at(high)
  requireDomain(
    rate.alarms >= leastAlarms,
    `a threshold from ${rate.alarms} false alarms; simulate longer or more stretches`,
  )
  return { cArl: high, ...rate }
}

/**
 * The threshold with which charts of all series together give no more false alarms than stated.
 *   c with Σ 1 / ARL(series, c) = budget
 * @param series  every signal of every post, in control   @param budget  false alarms per time point, all series together; for
 * hourly charts and two a day, 2 / 24   @param options  window, size of the simulation, seed
 * @returns the threshold, the rate it was found with, its interval, and each series' average run length
 * @throws RangeError where an argument is out of its domain, or where the simulation is too small for the budget: fewer than
 * 50 false alarms
 * Assumptions: the means are known, counts are independent given them. Estimated means shorten run lengths; watch the rate
 * of alarms closed as false, and calibrate again with the dispersion of the forecast.
 * Limits: one threshold for all series, so that busy and quiet posts have different run lengths; they are in the result.
 * Method: each series is simulated in control without alarms; record values of the statistic give first passages for every
 * threshold at once, run lengths are taken as exponential with those censored that saw no alarm; the threshold by halving.
 * Source: Siegmund and Venkatraman 1995, doi:10.1214/aos/1176324466 (exponential run lengths); Fay and Feuer 1997,
 * doi:10.1002/(SICI)1097-0258(19970415)16:7<791::AID-SIM500>3.0.CO;2-# (interval)
 */
export const calibrateThreshold = (
  series: readonly WatchedSeries[],
  budget: number,
  options: SimulationOptions,
): CalibratedThreshold => {
  requireOptions(series, options)
  requireDomain(isPositive(budget), `a budget of ${budget} false alarms`)
  const { window, length, replicates, seed } = options
  const records = series.map((one, index) =>
    Array.from({ length: replicates }, (_, replicate) =>
      recordsOf(drawStretch(one, length, [seed, index, replicate]), one.alpha, window),
    ),
  )
  return thresholdForBudget(records, length, budget)
}

/**
 * How often charts with a threshold alarm in control, by running them as they run in service, with a new start after each
 * alarm.
 * @param series  every signal of every post, in control   @param cArl  threshold   @param options  as `calibrateThreshold`
 * @returns false alarms per time point over all series, with interval and run lengths
 * @throws RangeError where an argument is out of its domain
 * Method: simulation; independent of the one that calibrates where the seed is another.
 */
export const measureFalseAlarms = (
  series: readonly WatchedSeries[],
  cArl: number,
  options: SimulationOptions,
): FalseAlarmRate => {
  requireOptions(series, options)
  const { window, length, replicates, seed } = options
  const tallies = series.map((one, index): Tally => {
    const tally: Tally = { alarms: 0, points: 0 }
    for (let replicate = 0; replicate < replicates; replicate++) {
      const { counts, means } = drawStretch(one, length, [seed, index, replicate])
      const points = detectCusum([...counts], means, { ...directions, cArl, window, alpha: one.alpha })
      tally.points += length
      for (const point of points) if (point.alarm) tally.alarms++
    }
    return tally
  })
  return rateOf(tallies)
}
