import { requireDomain } from './domain.ts'

/**
 * Quantile of a sample, linear between its order statistics (definition 7 of the source, the default of R).
 * @param values  at least one, finite, in any order   @param p  in [0, 1]
 * @returns a value in the unit of the sample
 * @throws RangeError for an empty sample or a p out of its domain
 * Source: Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566
 * @example sampleQuantile([4, 1, 3, 2], 0.25) // 1.75
 */
export const sampleQuantile = (values: readonly number[], p: number): number => {
  requireDomain(values.length > 0 && p >= 0 && p <= 1, `quantile ${p} of ${values.length} values`)
  const sorted = Float64Array.from(values).sort()
  const position = p * (sorted.length - 1)
  const low = Math.floor(position)
  const below = sorted[low] ?? 0
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? below
  return below + (position - low) * (above - below)
}

/**
 * Median of a sample.
 * @param values  at least one, finite, in any order
 * @returns the middle value, or the mean of the two in the middle
 * @throws RangeError for an empty sample
 * @example median([5, 1, 100]) // 5
 */
export const median = (values: readonly number[]): number => sampleQuantile(values, 0.5)

/** So that it estimates the standard deviation of a normal sample: 1 / Φ⁻¹(¾). */
const normalConsistency = 1.482602218505602

/**
 * Median absolute deviation from the median, scaled to the standard deviation of a normal sample.
 * @param values  at least one, finite
 * @returns a spread ≥ 0 in the unit of the sample; 0 where more than half of the values are equal
 * @throws RangeError for an empty sample
 * Source: Hampel 1974, doi:10.1080/01621459.1974.10482962
 * @example medianDeviation([1, 2, 3, 4, 1000]) // 1.482602218505602
 */
export const medianDeviation = (values: readonly number[]): number => {
  const middle = median(values)
  return normalConsistency * median(values.map((value) => Math.abs(value - middle)))
}
