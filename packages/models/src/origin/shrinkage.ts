import { requireDomain } from '#src/numerics/domain.ts'

/** A factor on an expected count: its expectation, and the shape of its gamma distribution, which says how sure it is. */
export type Factor = { readonly mean: number; readonly shape: number }

/**
 * A factor learned from a count, pulled towards a prior.
 *   θ ~ Gamma(a, a / m),  C | θ ~ Poisson(θ M)  →  θ | C ~ Gamma(a + C, a / m + M)
 * @param prior  mean m > 0 and shape a > 0   @param count  C ≥ 0, cases   @param expected  M ≥ 0, cases expected with θ = 1
 * @returns (a + C) / (a / m + M) and a + C: the prior where nothing is expected, C / M where much is
 * @throws RangeError where an argument is out of its domain
 * Source: Clayton and Kaldor 1987, doi:10.2307/2532003, section 2
 * @example shrunkFactor({ mean: 1, shape: 2 }, 8, 3) // { mean: 2, shape: 10 }
 */
export const shrunkFactor = (prior: Factor, count: number, expected: number): Factor => {
  requireDomain(
    prior.mean > 0 && prior.shape > 0 && count >= 0 && expected >= 0,
    `a factor from ${count} of ${expected} cases`,
  )
  const shape = prior.shape + count
  return { mean: shape / (prior.shape / prior.mean + expected), shape }
}

/**
 * Probability that a place that published nothing does not report at all, rather than having no case.
 *   q / (q + (1 − q) P(0 cases)),   P(0) = (1 + M / a)^(−a)
 * @param expected  M ≥ 0, cases expected   @param shape  a > 0, of the factor of the place
 * @param share  q in [0, 1], places that do not report
 * @returns probability in [q, 1]
 * @throws RangeError where an argument is out of its domain
 * @example silentProbability(0, 1, 0.05) // 0.05
 */
export const silentProbability = (expected: number, shape: number, share: number): number => {
  requireDomain(
    expected >= 0 && shape > 0 && share >= 0 && share <= 1,
    `silence where ${expected} cases are expected`,
  )
  const none = Math.exp(-shape * Math.log1p(expected / shape))
  return share === 0 ? 0 : share / (share + (1 - share) * none)
}
