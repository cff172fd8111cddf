import type { DayClass } from './day-calendar.ts'

const greatestEffect = 0.7
/** Levels that change more than this within a week have broken, and say nothing about weekdays. */
const greatestDrift = 0.8
const priorObservations = 1.5
const priorVariance = 0.01

type Sums = { weight: number; sum: number; squares: number; weightSquares: number }

/** Distance of a level from the mean of the seven days about it, or null where they do not tell. */
const deviationAt = (levels: Float64Array, classes: readonly DayClass[], day: number): number | null => {
  let sum = 0
  for (let near = day - 3; near <= day + 3; near++) {
    const level = levels[near] ?? Number.NaN
    if (Number.isNaN(level) || classes[near]?.holiday !== null) return null
    sum += level
  }
  if (Math.abs((levels[day + 3] ?? 0) - (levels[day - 3] ?? 0)) > greatestDrift) return null
  return Math.max(-greatestEffect, Math.min(greatestEffect, (levels[day] ?? 0) - sum / 7))
}

/**
 * How weekdays differ from the week about them, by empirical Bayes: the less they differ beyond their noise, and the fewer
 * weeks are known, the more they are drawn to the pool.
 * @param levels  logarithm of each day, NaN where unknown   @param classes  as many   @param halfLife  in days
 * @param pool  effects of other posts, seven, or null for zeros
 * @returns seven logarithms, Monday first
 * Source: Efron and Morris 1973, doi:10.1080/01621459.1973.10481350, with the variance between by moments
 */
export const weekdayEffects = (
  levels: Float64Array,
  classes: readonly DayClass[],
  halfLife: number,
  pool: Float64Array | null,
): Float64Array => {
  const byWeekday: Sums[] = Array.from({ length: 7 }, () => ({
    weight: 0,
    sum: 0,
    squares: 0,
    weightSquares: 0,
  }))
  for (let day = 3; day < classes.length - 3; day++) {
    const deviation = deviationAt(levels, classes, day)
    const sums = byWeekday[classes[day]?.weekday ?? 0]
    if (deviation === null || sums === undefined) continue
    const weight = 2 ** (-(classes.length - day) / (1.5 * halfLife))
    sums.weight += weight
    sums.sum += weight * deviation
    sums.squares += weight * deviation * deviation
    sums.weightSquares += weight * weight
  }
  const seen = byWeekday.filter(({ weight }) => weight > 0)
  const prior = (weekday: number): number => pool?.[weekday] ?? 0
  if (seen.length === 0) return Float64Array.from(byWeekday, (_, weekday) => prior(weekday))
  let [scatter, freedom] = [0, 0]
  for (const { weight, sum, squares, weightSquares } of seen) {
    scatter += squares - (sum * sum) / weight
    freedom += weight - weightSquares / weight
  }
  const isKnown = freedom > 0.3
  const within = isKnown
    ? (Math.max(0, scatter) + priorObservations * priorVariance) / (freedom + priorObservations)
    : 5 * priorVariance
  const noiseOf = ({ weight, weightSquares }: Sums): number => (within * weightSquares) / (weight * weight)
  let between = 0
  for (const [weekday, sums] of byWeekday.entries())
    if (sums.weight > 0) between += (sums.sum / sums.weight - prior(weekday)) ** 2 - noiseOf(sums)
  between = Math.max(0, between / seen.length)
  return Float64Array.from(byWeekday, (sums, weekday) => {
    if (sums.weight === 0 || between === 0) return prior(weekday)
    const own = between / (between + noiseOf(sums))
    return own * (sums.sum / sums.weight) + (1 - own) * prior(weekday)
  })
}
