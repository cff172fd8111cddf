import type { DayClass } from './day-calendar.ts'

const greatestEffect = 0.7
/** Levels that change more than this within a week have broken, and say nothing about weekdays. */
const greatestDrift = 0.8
const priorObservations = 1.5
const priorVariance = 0.01
const reachDays = 3
const leastNeighbours = 4
const rounds = 3

/** Weight, weighted sum and squares, and squares of weights, of the deviations of one weekday. */
type Sums = { weight: number; sum: number; squares: number; weightSquares: number }

/**
 * Distance of a level from the days about it, the effects of their weekdays taken out; null where they do not tell. Days
 * before and after count alike, so that a drift does not look like a weekday.
 */
const deviationAt = (
  levels: Float64Array,
  classes: readonly DayClass[],
  day: number,
  effects: Float64Array,
): number | null => {
  if (Math.abs((levels[day + reachDays] ?? 0) - (levels[day - reachDays] ?? 0)) > greatestDrift) return null
  const sides = [0, 0]
  const counts = [0, 0]
  for (let near = day - reachDays; near <= day + reachDays; near++) {
    const level = levels[near] ?? Number.NaN
    const { holiday, weekday } = classes[near] ?? { holiday: '', weekday: 0 }
    if (Number.isNaN(level) || holiday !== null) {
      if (near === day) return null
      continue
    }
    if (near === day) continue
    const side = near < day ? 0 : 1
    sides[side] = (sides[side] ?? 0) + level - (effects[weekday] ?? 0)
    counts[side] = (counts[side] ?? 0) + 1
  }
  const [before = 0, after = 0] = counts
  if (before === 0 || after === 0 || before + after < leastNeighbours) return null
  const middle = ((sides[0] ?? 0) / before + (sides[1] ?? 0) / after) / 2
  return Math.max(-greatestEffect, Math.min(greatestEffect, (levels[day] ?? 0) - middle))
}

const sumsByWeekday = (
  levels: Float64Array,
  classes: readonly DayClass[],
  halfLife: number,
  effects: Float64Array,
): Sums[] => {
  const byWeekday: Sums[] = Array.from({ length: 7 }, () => ({
    weight: 0,
    sum: 0,
    squares: 0,
    weightSquares: 0,
  }))
  for (let day = reachDays; day < classes.length - reachDays; day++) {
    const deviation = deviationAt(levels, classes, day, effects)
    const sums = byWeekday[classes[day]?.weekday ?? 0]
    if (deviation === null || sums === undefined) continue
    const weight = 2 ** (-(classes.length - day) / (1.5 * halfLife))
    sums.weight += weight
    sums.sum += weight * deviation
    sums.squares += weight * deviation * deviation
    sums.weightSquares += weight * weight
  }
  return byWeekday
}

/** Means by weekday, drawn to the pool as far as they do not differ beyond their noise. */
const shrunken = (byWeekday: readonly Sums[], pool: Float64Array | null): Float64Array => {
  const prior = (weekday: number): number => pool?.[weekday] ?? 0
  const seen = byWeekday.filter(({ weight }) => weight > 0)
  let [scatter, freedom] = [0, 0]
  for (const { weight, sum, squares, weightSquares } of seen) {
    scatter += squares - (sum * sum) / weight
    freedom += weight - weightSquares / weight
  }
  const within =
    freedom > 0.3
      ? (Math.max(0, scatter) + priorObservations * priorVariance) / (freedom + priorObservations)
      : 5 * priorVariance
  const noiseOf = ({ weight, weightSquares }: Sums): number => (within * weightSquares) / (weight * weight)
  let between = 0
  for (const [weekday, sums] of byWeekday.entries())
    if (sums.weight > 0) between += (sums.sum / sums.weight - prior(weekday)) ** 2 - noiseOf(sums)
  between = seen.length === 0 ? 0 : Math.max(0, between / seen.length)
  return Float64Array.from(byWeekday, (sums, weekday) => {
    if (sums.weight === 0 || between === 0) return prior(weekday)
    const own = between / (between + noiseOf(sums))
    return own * (sums.sum / sums.weight) + (1 - own) * prior(weekday)
  })
}

/**
 * How weekdays differ from the days about them, by empirical Bayes: the less they differ beyond their noise, and the fewer
 * weeks are known, the more they are drawn to the pool.
 * @param levels  logarithm of each day, NaN where unknown   @param classes  as many   @param halfLife  in days
 * @param pool  effects of other posts, seven, or null for zeros
 * @returns seven logarithms, Monday first
 * Method: three rounds, each with the effects of the last taken out of the neighbours.
 * Source: Efron and Morris 1973, doi:10.1080/01621459.1973.10481350, with the variance between by moments
 */
export const weekdayEffects = (
  levels: Float64Array,
  classes: readonly DayClass[],
  halfLife: number,
  pool: Float64Array | null,
): Float64Array => {
  let effects = pool ?? new Float64Array(7)
  for (let round = 0; round < rounds; round++)
    effects = shrunken(sumsByWeekday(levels, classes, halfLife, effects), pool)
  return effects
}
