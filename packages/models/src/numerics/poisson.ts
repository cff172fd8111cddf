import { discreteQuantile } from './discrete-quantile.ts'
import { isPositive, requireDomain } from './domain.ts'
import { gammaTails, type Tails } from './incomplete-gamma.ts'
import { normalQuantile } from './normal.ts'
import { poissonTerm } from './saddle-point.ts'

const isCount = (k: number): boolean => Number.isSafeInteger(k) && k >= 0

/**
 * Probability of a Poisson count.
 *   P(K = k) = m^k e^(−m) / k!
 * @param k  whole number ≥ 0   @param mean  m > 0
 * @returns probability, relative error below 1e-12
 * @throws RangeError where an argument is out of its domain
 * Source: Loader, Fast and accurate computation of binomial probabilities (2000), eq. 2
 * @example poissonProbability(0, 2) // 0.1353352832366127, e^−2
 */
export const poissonProbability = (k: number, mean: number): number => {
  requireDomain(isCount(k) && isPositive(mean), `Poisson(${mean}) at ${k}`)
  return poissonTerm(k, mean)
}

/**
 * Both tails of the Poisson distribution.
 *   P(K ≤ k) = Q(k + 1, m)
 * @param k  whole number ≥ 0   @param mean  m > 0
 * @returns P(K ≤ k) and P(K > k), relative error below 1e-12
 * @throws RangeError where an argument is out of its domain
 * Source: NIST Digital Library of Mathematical Functions, eq. 8.4.10, https://dlmf.nist.gov/8.4
 * @example poissonTails(1, 2).lower // 0.4060058497098381, 3 e^−2
 */
export const poissonTails = (k: number, mean: number): Tails => {
  requireDomain(isCount(k) && isPositive(mean), `Poisson(${mean}) at ${k}`)
  const { lower, upper } = gammaTails(k + 1, mean)
  return { lower: upper, upper: lower }
}

/**
 * Quantile of the Poisson distribution: the smallest k with P(K ≤ k) ≥ p.
 * @param p  probability in [0, 1]   @param mean  m > 0
 * @returns whole number ≥ 0; infinity for p = 1
 * @throws RangeError where an argument is out of its domain
 * Method: search from the Cornish-Fisher expansion of order 2.
 * @example poissonQuantile(0.5, 10) // 10
 */
export const poissonQuantile = (p: number, mean: number): number => {
  requireDomain(isPositive(mean) && p >= 0 && p <= 1, `Poisson(${mean}) quantile at ${p}`)
  if (p === 0 || p === 1) return p === 0 ? 0 : Number.POSITIVE_INFINITY
  const z = normalQuantile(p)
  const start = mean + z * Math.sqrt(mean) + (z * z - 1) / 6
  return discreteQuantile((k) => poissonTails(k, mean), { lower: p, upper: 1 - p }, start)
}
