import { isPositive, requireDomain } from './domain.ts'
import { betaTailsAt, inverseBeta } from './incomplete-beta.ts'
import type { Tails } from './incomplete-gamma.ts'

/**
 * Both tails of Student's t distribution.
 *   P(|T| > t) = I_{ν / (ν + t²)}(ν / 2, ½)
 * @param t  any real number   @param degreesOfFreedom  ν > 0
 * @returns P(T ≤ t) and P(T > t), relative error of the smaller below 1e-12
 * @throws RangeError where an argument is out of its domain
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, eq. 26.7.1
 * @example studentTails(1, 1).upper // 0.25, for ν = 1 is the Cauchy distribution
 */
export const studentTails = (t: number, degreesOfFreedom: number): Tails => {
  requireDomain(Number.isFinite(t) && isPositive(degreesOfFreedom), `t(${degreesOfFreedom}) at ${t}`)
  const square = t * t
  const total = degreesOfFreedom + square
  const { lower: outside, upper: inside } = betaTailsAt(degreesOfFreedom / 2, 0.5, {
    x: degreesOfFreedom / total,
    y: square / total,
  })
  const far = outside / 2
  const near = outside < 0.5 ? 1 - far : 0.5 + inside / 2
  return t < 0 ? { lower: far, upper: near } : { lower: near, upper: far }
}

/**
 * Quantile of Student's t distribution.
 * @param p  probability in (0, 1)   @param degreesOfFreedom  ν > 0
 * @returns t with P(T ≤ t) = p
 * @throws RangeError where an argument is out of its domain
 * Method: inverse incomplete beta function; relative error below 1e-12.
 * @example studentQuantile(0.75, 1) // 1
 */
export const studentQuantile = (p: number, degreesOfFreedom: number): number => {
  requireDomain(p > 0 && p < 1 && isPositive(degreesOfFreedom), `t(${degreesOfFreedom}) quantile at ${p}`)
  if (p === 0.5) return 0
  const tail = 2 * Math.min(p, 1 - p)
  const { x, y } = inverseBeta(degreesOfFreedom / 2, 0.5, { lower: tail, upper: 1 - tail })
  const t = Math.sqrt((degreesOfFreedom * y) / x)
  return p < 0.5 ? -t : t
}
