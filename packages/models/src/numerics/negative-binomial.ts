import { discreteQuantile } from './discrete-quantile.ts'
import { isPositive, requireDomain } from './domain.ts'
import { betaTailsAt } from './incomplete-beta.ts'
import type { Tails } from './incomplete-gamma.ts'
import { normalQuantile } from './normal.ts'
import { binomialTerm } from './saddle-point.ts'

/**
 * Negative binomial distribution by mean and size: variance m + m² / size. The Poisson distribution is its limit for large
 * size.
 */
export type NegativeBinomial = {
  /** m > 0 */
  readonly mean: number
  /** size > 0; a dispersion α of var = m + α m² is 1 / size */
  readonly size: number
}

const requireCount = (k: number, { mean, size }: NegativeBinomial): void =>
  requireDomain(
    Number.isSafeInteger(k) && k >= 0 && isPositive(mean) && isPositive(size),
    `NB(mean ${mean}, size ${size}) at ${k}`,
  )

/**
 * Probability of a negative binomial count.
 *   P(K = k) = Γ(k + r) / (Γ(r) k!) (r / (r + m))^r (m / (r + m))^k,   r = size
 * @param k  whole number ≥ 0   @param law  mean and size
 * @returns probability, relative error below 1e-12 for sizes up to 1e6
 * @throws RangeError where an argument is out of its domain
 * Source: Loader, Fast and accurate computation of binomial probabilities (2000), section 5
 * @example negativeBinomialProbability(0, { mean: 2, size: 1 }) // 0.3333333333333333
 */
export const negativeBinomialProbability = (k: number, law: NegativeBinomial): number => {
  requireCount(k, law)
  const { mean, size } = law
  if (k === 0) return Math.exp(-size * Math.log1p(mean / size))
  const total = size + mean
  return (binomialTerm(size, k, size / total, mean / total) * size) / (size + k)
}

/**
 * Both tails of the negative binomial distribution.
 *   P(K ≤ k) = I_{r / (r + m)}(r, k + 1),   r = size
 * @param k  whole number ≥ 0   @param law  mean and size
 * @returns P(K ≤ k) and P(K > k), relative error below 1e-12 for sizes up to 1e6
 * @throws RangeError where an argument is out of its domain
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, eq. 26.5.26
 * @example negativeBinomialTails(1, { mean: 2, size: 1 }).upper // 0.4444444444444444
 */
export const negativeBinomialTails = (k: number, law: NegativeBinomial): Tails => {
  requireCount(k, law)
  const total = law.size + law.mean
  return betaTailsAt(law.size, k + 1, { x: law.size / total, y: law.mean / total })
}

/**
 * Quantile of the negative binomial distribution: the smallest k with P(K ≤ k) ≥ p.
 * @param p  probability in [0, 1]   @param law  mean and size
 * @returns whole number ≥ 0; infinity for p = 1
 * @throws RangeError where an argument is out of its domain
 * Method: search from the Cornish-Fisher expansion of order 2.
 * @example negativeBinomialQuantile(0.95, { mean: 2, size: 1 }) // 7
 */
export const negativeBinomialQuantile = (p: number, law: NegativeBinomial): number => {
  requireCount(0, law)
  requireDomain(p >= 0 && p <= 1, `NB quantile at ${p}`)
  if (p === 0 || p === 1) return p === 0 ? 0 : Number.POSITIVE_INFINITY
  const variance = law.mean * (1 + law.mean / law.size)
  const z = normalQuantile(p)
  const skewness = (1 + (2 * law.mean) / law.size) / Math.sqrt(variance)
  const start = law.mean + Math.sqrt(variance) * (z + (skewness * (z * z - 1)) / 6)
  return discreteQuantile(
    (k) => negativeBinomialTails(k, law),
    { lower: p, upper: 1 - p },
    Math.min(start, 2 ** 50),
  )
}
