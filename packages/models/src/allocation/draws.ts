import type { Uniform } from '#src/numerics/seeded-uniform.ts'

/** Standard normal. Box and Muller (1958), doi:10.1214/aoms/1177706645; one of the pair. */
export const drawNormal = (uniform: Uniform): number =>
  Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())

/** Gamma(shape, 1) for shape ≥ 1. */
const drawGammaFromOne = (uniform: Uniform, shape: number): number => {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = drawNormal(uniform)
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v
  }
}

/** ln of a Gamma(shape, 1) draw, so that small shapes do not underflow. */
const drawLogGamma = (uniform: Uniform, shape: number): number =>
  shape >= 1
    ? Math.log(drawGammaFromOne(uniform, shape))
    : Math.log(drawGammaFromOne(uniform, shape + 1)) + Math.log(uniform()) / shape

/**
 * A draw from Beta(a, b).
 * @param a  > 0   @param b  > 0
 * @returns a number in [0, 1]
 * Method: two gamma draws. Source: Marsaglia and Tsang (2000), doi:10.1145/358407.358414
 */
export const drawBeta = (uniform: Uniform, a: number, b: number): number => {
  const difference = drawLogGamma(uniform, b) - drawLogGamma(uniform, a)
  return 1 / (1 + Math.exp(difference))
}

/**
 * Positives among n tests, each positive with the same probability.
 * @param n  whole number ≥ 0   @param p  in [0, 1]
 * @returns a whole number from 0 to n
 * Method: waiting times between positives; exact; O(1 + n p) draws for p ≤ ½, else the complement.
 * Source: Devroye, Non-Uniform Random Variate Generation (1986), section X.4.3
 */
export const drawBinomial = (uniform: Uniform, n: number, p: number): number => {
  if (p <= 0 || n <= 0) return 0
  if (p > 0.5) return n - drawBinomial(uniform, n, 1 - p)
  const perFailure = Math.log1p(-p)
  let positives = 0
  let at = 0
  for (;;) {
    at += Math.floor(Math.log(uniform()) / perFailure) + 1
    if (at > n) return positives
    positives += 1
  }
}
