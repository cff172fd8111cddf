import { continuedFraction } from './continued-fraction.ts'
import { isPositive, isProbability, requireDomain } from './domain.ts'
import type { Tails } from './incomplete-gamma.ts'
import { logBeta } from './log-gamma.ts'
import { binomialTerm } from './saddle-point.ts'
import { solveIncreasing } from './solve-increasing.ts'

/** A point of [0, 1] and its distance from 1, so that neither end loses digits. */
export type UnitPoint = { readonly x: number; readonly y: number }

/** I_x(a, b) for x below about a / (a + b). DLMF 8.17.22. */
const lowerByFraction = (a: number, b: number, { x, y }: UnitPoint): number => {
  const fraction = continuedFraction(1, (n, step) => {
    const m = n >> 1
    step.denominator = 1
    step.numerator =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + n - 1) * (a + n))
        : (-(a + m) * (a + b + m) * x) / ((a + n - 1) * (a + n))
  })
  return (binomialTerm(a, b, x, y) * b) / ((a + b) * fraction)
}

/** As `betaTails`, for a point that is given with its distance from 1. */
export const betaTailsAt = (a: number, b: number, point: UnitPoint): Tails => {
  if (point.x <= 0) return { lower: 0, upper: 1 }
  if (point.y <= 0) return { lower: 1, upper: 0 }
  if (point.x * (a + b + 2) <= a + 1) {
    const lower = Math.min(1, lowerByFraction(a, b, point))
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, lowerByFraction(b, a, { x: point.y, y: point.x }))
  return { lower: 1 - upper, upper }
}

/**
 * Regularised incomplete beta function and its complement.
 *   I_x(a, b) = ∫₀^x t^(a−1) (1 − t)^(b−1) dt / B(a, b),   1 − I_x(a, b) = I_{1−x}(b, a)
 * @param a  > 0   @param b  > 0, both finite   @param x  in [0, 1]
 * @returns both tails in [0, 1], dimensionless
 * @throws RangeError where an argument is out of its domain
 * Limits: relative error of the tail that is not near 1 below 1e-12 for a and b up to 1e6; below 1e-300 it underflows to 0.
 * Method: continued fraction on the side of the mean where it is short; O(√max(a, b)) steps. The factor in front by
 * Loader's saddle-point form, so that large arguments do not cancel.
 * Source: NIST Digital Library of Mathematical Functions, eqs. 8.17.4 and 8.17.22, https://dlmf.nist.gov/8.17
 * @example betaTails(2, 3, 0.5).upper // 0.3125
 */
export const betaTails = (a: number, b: number, x: number): Tails => {
  requireDomain(isPositive(a) && isPositive(b) && isProbability(x), `I_${x}(${a}, ${b})`)
  return betaTailsAt(a, b, { x, y: 1 - x })
}

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most x.
 * Arguments, errors, limits and source as `betaTails`.
 * @example regularisedBeta(0.5, 1, 2) // 0.75
 */
export const regularisedBeta = (x: number, a: number, b: number): number => betaTails(a, b, x).lower

const logistic = (u: number): UnitPoint => {
  const small = Math.exp(-Math.abs(u))
  const near = small / (1 + small)
  const far = 1 / (1 + small)
  return u < 0 ? { x: near, y: far } : { x: far, y: near }
}

/** A start for ln(x / y): the first term of the series at either end, else the mean. */
const startOf = (a: number, b: number, tail: Tails): number => {
  const left = (Math.log(tail.lower) + Math.log(a) + logBeta(a, b)) / a
  const right = (Math.log(tail.upper) + Math.log(b) + logBeta(a, b)) / b
  const mean = Math.log(a / b)
  if (left < mean - 2 && left < -1) return Math.max(-745, left)
  if (right < -mean - 2 && right < -1) return Math.min(745, -right)
  return mean
}

/**
 * The point at which the incomplete beta function has given tails; the smaller tail decides.
 * @param a  > 0   @param b  > 0, both finite   @param tail  lower and upper tail, together 1
 * @returns x and y = 1 − x with I_x(a, b) = lower; each with its full relative accuracy
 * @throws RangeError where an argument is out of its domain
 * Limits: relative error below 1e-12 where the tail changes with x at all in double precision.
 * Method: Newton's method on the logarithm of the smaller tail over ln(x / y), bracketed.
 * @example inverseBeta(1, 1, { lower: 0.25, upper: 0.75 }).x // 0.25
 */
export const inverseBeta = (a: number, b: number, tail: Tails): UnitPoint => {
  requireDomain(
    isPositive(a) && isPositive(b) && isProbability(tail.lower) && isProbability(tail.upper),
    `I⁻¹(${a}, ${b}; ${tail.lower})`,
  )
  if (tail.lower === 0) return { x: 0, y: 1 }
  if (tail.upper === 0) return { x: 1, y: 0 }
  const byLower = tail.lower <= tail.upper
  const target = Math.log(byLower ? tail.lower : tail.upper)
  const evaluate = (u: number) => {
    const point = logistic(u)
    const { lower, upper } = betaTailsAt(a, b, point)
    const density = (binomialTerm(a, b, point.x, point.y) * a * b) / (a + b)
    if (byLower) return { value: lower === 0 ? -1e308 : Math.log(lower) - target, slope: density / lower }
    return { value: upper === 0 ? 1e308 : target - Math.log(upper), slope: density / upper }
  }
  return logistic(solveIncreasing(evaluate, { start: startOf(a, b, tail), low: -745, high: 745 }))
}
