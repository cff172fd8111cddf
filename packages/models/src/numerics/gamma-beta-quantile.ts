import { isPositive, isProbability, requireDomain } from './domain.ts'
import { inverseBeta } from './incomplete-beta.ts'
import { inverseGamma } from './incomplete-gamma.ts'

/**
 * Quantile of the beta distribution.
 * @param p  probability in [0, 1]   @param a  > 0   @param b  > 0
 * @returns x in [0, 1] with I_x(a, b) = p
 * @throws RangeError where an argument is out of its domain
 * Limits and method: as `inverseBeta`.
 * @example betaQuantile(0.25, 1, 1) // 0.25
 */
export const betaQuantile = (p: number, a: number, b: number): number => {
  requireDomain(isProbability(p), `a beta quantile at ${p}`)
  return inverseBeta(a, b, { lower: p, upper: 1 - p }).x
}

/**
 * Quantile of the gamma distribution.
 * @param p  probability in [0, 1]   @param shape  > 0   @param rate  > 0, in 1 / unit of the variable
 * @returns x ≥ 0 with P(shape, rate x) = p; infinity for p = 1
 * @throws RangeError where an argument is out of its domain
 * Limits and method: as `inverseGamma`.
 * @example gammaQuantile(0.5, 1, 2) // 0.34657359027997264, ½ ln 2
 */
export const gammaQuantile = (p: number, shape: number, rate: number): number => {
  requireDomain(isProbability(p) && isPositive(rate), `a gamma quantile at ${p} with rate ${rate}`)
  return inverseGamma(shape, { lower: p, upper: 1 - p }) / rate
}
