import { requireDomain } from './domain.ts'
import { gammaTails, type Tails } from './incomplete-gamma.ts'

const rootTwoPi = 2.5066282746310002

/**
 * Density of the standard normal distribution.
 *   φ(z) = e^(−z²/2) / √(2π)
 * @param z  any real number
 * @returns φ(z) ≥ 0
 * @example normalDensity(0) // 0.3989422804014327, 1 / √(2π)
 */
export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / rootTwoPi

/**
 * Both tails of the standard normal distribution.
 *   Φ(z) = ½ Q(½, z²/2) for z < 0
 * @param z  any real number, infinite ones too
 * @returns P(Z ≤ z) and P(Z > z)
 * @throws RangeError for NaN
 * Limits: relative error of both tails below 1e-12 for |z| ≤ 37; beyond they underflow to 0.
 * Source: NIST Digital Library of Mathematical Functions, eqs. 7.2.2 and 7.11.2, https://dlmf.nist.gov/7
 * @example normalTails(1.959963984540054).upper // 0.025
 */
export const normalTails = (z: number): Tails => {
  requireDomain(!Number.isNaN(z), `Φ(${z})`)
  const { lower, upper } = gammaTails(0.5, (z * z) / 2)
  const far = upper / 2
  const near = upper < 0.5 ? 1 - far : 0.5 + lower / 2
  return z < 0 ? { lower: far, upper: near } : { lower: near, upper: far }
}

/**
 * Standard normal distribution function Φ(z).
 * Arguments, errors, limits and source as `normalTails`.
 * @example normalCdf(-10) // 7.619853024160527e-24
 */
export const normalCdf = (z: number): number => normalTails(z).lower

/** z of an upper tail p ≤ ½ within 4.5e-4. Abramowitz and Stegun, eq. 26.2.23. */
const roughUpperQuantile = (p: number): number => {
  const t = Math.sqrt(-2 * Math.log(p))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

/**
 * Quantile of the standard normal distribution for an upper tail of at most one half.
 * @param p  in (0, ½]
 * @returns z ≥ 0 with P(Z > z) = p
 * Method: a rational start and three steps of Halley's method on ln P(Z > z).
 */
const upperQuantile = (p: number): number => {
  let z = roughUpperQuantile(p)
  for (let n = 0; n < 3; n++) {
    const upper = normalTails(z).upper
    const hazard = normalDensity(z) / upper
    const step = Math.log(upper / p) / hazard
    z += step / (1 + (step * (hazard - z)) / 2)
  }
  return z
}

/**
 * Quantile of the standard normal distribution.
 * @param p  probability in [0, 1]; 0 and 1 give the infinite ends
 * @returns z with Φ(z) = p
 * @throws RangeError where p is no probability
 * Limits: relative error below 1e-13 from 1e-300 to 1 − 1e-16; for probabilities beside 1 ask with `normalUpperQuantile`.
 * Method: Halley's method on ln of the smaller tail from Abramowitz and Stegun's eq. 26.2.23.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export const normalQuantile = (p: number): number =>
  p <= 0.5 ? -normalUpperQuantile(p) + 0 : normalUpperQuantile(1 - p)

/**
 * Point that a standard normal variable exceeds with a given probability; exact where this is tiny.
 * @param p  probability in [0, 1]
 * @returns z with 1 − Φ(z) = p
 * @throws RangeError where p is no probability
 * @example normalUpperQuantile(1e-20) // 9.262340089798408
 */
export const normalUpperQuantile = (p: number): number => {
  requireDomain(p >= 0 && p <= 1, `Φ⁻¹(1 − ${p})`)
  if (p === 0) return Number.POSITIVE_INFINITY
  if (p === 1) return Number.NEGATIVE_INFINITY
  if (p === 0.5) return 0
  return p < 0.5 ? upperQuantile(p) : -upperQuantile(1 - p)
}
