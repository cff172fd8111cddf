import { backwardSolve, cholesky, forwardSolve } from './cholesky.ts'
import type { PrevalenceBelief, PrevalencePrior } from './prevalence-filter.ts'

/** Weights B = K_wu K_uu⁻¹ of new origins w on known ones u, row by row. */
const weightsOf = (prior: PrevalencePrior, known: number, shared: number): Float64Array => {
  const size = prior.mean.length
  const added = prior.origins - known
  const at = (row: number, column: number): number => prior.covariance[row * size + column] ?? 0
  const among = new Float64Array(known * known)
  for (let i = 0; i < known; i++)
    for (let j = 0; j < known; j++) among[i * known + j] = at(shared + i, shared + j)
  const factor = cholesky({ size: known, values: among })
  const weights = new Float64Array(added * known)
  for (let row = 0; row < added; row++) {
    const one = Float64Array.from({ length: known }, (_, j) => at(shared + known + row, shared + j))
    forwardSolve(factor, one, 1)
    backwardSolve(factor, one)
    weights.set(one, row * known)
  }
  return weights
}

/**
 * Adds origins to a belief, as if they had been in it from the beginning with no test.
 *   u_w | u ~ N(B u, K_ww − B K_uw),   B = K_wu K_uu⁻¹
 * @param prior  of all origins, known ones first and in their order
 * @param belief  of the known ones
 * @returns a belief of all; the same object where none is added
 * @throws RangeError where the belief has more origins than the prior
 * Exact: all origins forget at one rate and tests of known origins say of new ones only what they say of known ones, so that
 * u_w given all of the past depends on the present u alone. Cost: O(n³ / 6 + w n²).
 * Source: conditional normal distribution; Anderson, An Introduction to Multivariate Statistical Analysis (2003), section 2.5
 */
export const extendBelief = (prior: PrevalencePrior, belief: PrevalenceBelief): PrevalenceBelief => {
  const known = belief.origins
  const added = prior.origins - known
  if (added < 0) throw new RangeError('the belief has more origins than the prior')
  if (added === 0) return belief
  const oldSize = belief.mean.length
  const shared = oldSize - known
  const size = prior.mean.length
  const weights = weightsOf(prior, known, shared)
  const mean = new Float64Array(size)
  const covariance = new Float64Array(size * size)
  mean.set(belief.mean)
  for (let i = 0; i < oldSize; i++)
    covariance.set(belief.covariance.subarray(i * oldSize, (i + 1) * oldSize), i * size)
  for (let row = 0; row < added; row++) {
    const to = oldSize + row
    for (let j = 0; j < known; j++) {
      const weight = weights[row * known + j] ?? 0
      const from = shared + j
      mean[to] = (mean[to] ?? 0) + weight * (belief.mean[from] ?? 0)
      for (let column = 0; column < oldSize; column++)
        covariance[to * size + column] =
          (covariance[to * size + column] ?? 0) + weight * (belief.covariance[from * oldSize + column] ?? 0)
    }
    for (let column = 0; column < oldSize; column++)
      covariance[column * size + to] = covariance[to * size + column] ?? 0
  }
  // P_ww = B P_uu Bᵀ + K_ww − B K_uw; the first part is B times the rows P_uw that stand above.
  for (let row = 0; row < added; row++)
    for (let other = 0; other <= row; other++) {
      let value = prior.covariance[(oldSize + row) * size + oldSize + other] ?? 0
      for (let j = 0; j < known; j++) {
        const weight = weights[row * known + j] ?? 0
        const from = (shared + j) * size + oldSize + other
        value += weight * ((covariance[from] ?? 0) - (prior.covariance[from] ?? 0))
      }
      covariance[(oldSize + row) * size + oldSize + other] = value
      covariance[(oldSize + other) * size + oldSize + row] = value
    }
  return { origins: prior.origins, mean, covariance }
}
