import { logScore } from './predict-count.ts'

/** A forecast of a count over a past window, with what was seen. */
export type PastForecast = {
  /** Cases seen, whole number ≥ 0. */
  readonly count: number
  /** Cases forecast, > 0. */
  readonly mean: number
  /** Shape of the factor of the place at that time, > 0. */
  readonly shape: number
}

/** Before there are past forecasts: errors of about 1 / √3 of the forecast, the prior of the sizes. */
const priorSize = 3
const priorSdOfLog = 0.7

const sizes = Array.from({ length: 20 }, (_, at) => 0.8 * 1.25 ** at)

/**
 * Size of the errors that forecasts have beside those of the factors of places.
 *   K ~ NB(m, 1 / (1 / shape + 1 / size)),   ln size ~ N(ln 3, 0.7²)
 * @param past  forecasts and what was seen; none gives the prior's
 * @returns the size of greatest posterior on a grid of 20 from 0.8 to 56
 * @throws RangeError where a forecast is out of its domain
 * @example estimateErrorSize([]) < 3.2 // true
 */
export const estimateErrorSize = (past: readonly PastForecast[]): number => {
  let best = { size: priorSize, score: Number.NEGATIVE_INFINITY }
  for (const size of sizes) {
    let score = -0.5 * (Math.log(size / priorSize) / priorSdOfLog) ** 2
    for (const { count, mean, shape } of past)
      score += logScore(count, { mean, size: 1 / (1 / shape + 1 / size) })
    if (score > best.score) best = { size, score }
  }
  return best.size
}
