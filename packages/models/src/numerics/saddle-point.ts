import { stirlingError } from './log-gamma.ts'

/**
 * Half the Poisson deviance of x against a mean, without cancellation where both are close.
 *   D₀(x, m) = x ln(x / m) + m − x
 * @param x  > 0   @param mean  > 0
 * @returns D₀ ≥ 0, dimensionless
 * Method: with v = (x − m) / (x + m), ln(x / m) = 2 artanh v as a series for |v| < 0.1; O(10).
 * Source: Loader, Fast and accurate computation of binomial probabilities (2000), section 3
 * @example halfDeviance(3, 3) // 0
 */
export const halfDeviance = (x: number, mean: number): number => {
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x
  const v = difference / (x + mean)
  let sum = difference * v
  let power = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    power *= v * v
    const next = sum + power / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

/**
 * x^a e^(−x) / Γ(a + 1): the Poisson probability of a, continued to real a.
 * @param a  ≥ 0   @param x  > 0
 * @returns the value, relative error below 1e-13; 0 where it underflows
 * Source: Loader (2000), eq. 2
 */
export const poissonTerm = (a: number, x: number): number =>
  a === 0 ? Math.exp(-x) : Math.exp(-stirlingError(a) - halfDeviance(a, x)) / Math.sqrt(2 * Math.PI * a)

/**
 * Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) x^a y^b: the binomial probability, continued to real a and b.
 * @param a  > 0   @param b  > 0   @param x  in (0, 1)   @param y  1 − x, given apart so that neither is rounded away
 * @returns the value, relative error below 1e-12 for a and b up to 1e6; 0 where it underflows
 * Source: Loader (2000), eq. 3
 */
export const binomialTerm = (a: number, b: number, x: number, y: number): number => {
  const n = a + b
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - halfDeviance(a, n * x) - halfDeviance(b, n * y)
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b))
}
