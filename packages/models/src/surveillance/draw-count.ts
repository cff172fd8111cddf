import { requireDomain } from '#src/numerics/domain.ts'
import { negativeBinomialQuantile } from '#src/numerics/negative-binomial.ts'
import { poissonQuantile } from '#src/numerics/poisson.ts'

/** Up to it the search from 0 upwards is the quickest. */
const smallMean = 30

/**
 * The count at a probability: a draw where the probability is uniform on (0, 1).
 * @param u  in (0, 1)   @param mean  > 0   @param alpha  dispersion of var = m + α m²; 0 for Poisson
 * @returns whole number ≥ 0
 * @throws RangeError where an argument is out of its domain
 * Method: inversion of the distribution function, from 0 upwards for small means.
 * @example countAt(0.5, 2, 0) // 2
 */
export const countAt = (u: number, mean: number, alpha: number): number => {
  requireDomain(u > 0 && u < 1 && mean > 0 && alpha >= 0, `a count with mean ${mean} at ${u}`)
  if (mean > smallMean)
    return alpha === 0 ? poissonQuantile(u, mean) : negativeBinomialQuantile(u, { mean, size: 1 / alpha })
  const share = (alpha * mean) / (1 + alpha * mean)
  let probability = alpha === 0 ? Math.exp(-mean) : Math.exp(-Math.log1p(alpha * mean) / alpha)
  let sum = probability
  let k = 0
  while (sum < u && probability > 1e-300) {
    probability *= alpha === 0 ? mean / (k + 1) : (share * (k + 1 / alpha)) / (k + 1)
    k++
    // Rounding keeps the sum below some u for ever; by then the terms are past counting.
    if (sum + probability === sum && k > mean) break
    sum += probability
  }
  return k
}
