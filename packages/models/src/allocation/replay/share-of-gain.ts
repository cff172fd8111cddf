import { studentQuantile } from '#src/numerics/student.ts'
import type { Benchmarks } from './benchmarks.ts'

export type MeanWithInterval = {
  readonly mean: number
  readonly low95: number | null
  readonly high95: number | null
}

/**
 * Mean over runs with Student's interval for it.
 * @param values  one entry a run, at least one
 * @returns null bounds for a single run, which says nothing about the spread
 * @throws RangeError for an empty list
 * @example meanOverRuns([1, 2, 3]).high95 // 4.484138
 */
export const meanOverRuns = (values: readonly number[]): MeanWithInterval => {
  if (values.length === 0) throw new RangeError('no run to take the mean of')
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 1) return { mean, low95: null, high95: null }
  const degrees = values.length - 1
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / degrees
  const reach = studentQuantile(0.975, degrees) * Math.sqrt(variance / values.length)
  return { mean, low95: mean - reach, high95: mean + reach }
}

/**
 * How much of what an oracle finds beyond a lot was found:   (policy − random) / (oracle − random)
 * @returns 0 for the lot, 1 for the oracle; may be negative
 * @throws RangeError where the oracle gains nothing
 * @example shareOfGain(15, { random: 10, oracle: 20, actual: 12 }) // 0.5
 */
export const shareOfGain = (found: number, { random, oracle }: Benchmarks): number => {
  if (!(oracle > random)) throw new RangeError('an oracle would gain nothing here')
  return (found - random) / (oracle - random)
}
