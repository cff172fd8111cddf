import { isPositive, requireDomain } from './domain.ts'

/** ζ(k) − 1 for k = 2 … 30; DLMF table 25.2 and eq. 25.2.1. */
const zetaLessOne = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.002008392826082214, 0.0009945751278180853,
  0.0004941886041194646, 0.0002460865533080483, 0.0001227133475784891, 0.00006124813505870481,
  0.00003058823630702049, 0.00001528225940865187, 0.000007637197637899763, 0.00000381729326499984,
  0.000001908212716553939, 9.53962033872796e-7, 4.769329867878066e-7, 2.384505027277329e-7,
  1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8,
  7.450711789835428e-9, 3.725334024788457e-9, 1.862659723513049e-9, 9.313274324196682e-10,
]

const oneLessEuler = 0.42278433509846713
const halfLogTwoPi = 0.9189385332046728

/** B(2k) / (2k(2k−1)), k = 1 … 8. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400]

const stirlingSeries = (x: number): number => {
  const inverseSquare = 1 / (x * x)
  let sum = 0
  for (let k = stirling.length - 1; k >= 0; k--) sum = sum * inverseSquare + (stirling[k] ?? 0)
  return sum / x
}

/** ln Γ(2 + z) for |z| ≤ ½: exact in the zero at z = 0. DLMF 5.7.3 with ln(1 + z) added. */
const logGammaAtTwo = (z: number): number => {
  let sum = 0
  for (let k = zetaLessOne.length + 1; k >= 2; k--)
    sum = sum * z + ((k % 2 === 0 ? 1 : -1) * (zetaLessOne[k - 2] ?? 0)) / k
  return z * (oneLessEuler + z * sum)
}

/** ln Γ(1 + z) for |z| ≤ ½, exact to the last bits also for tiny z. */
export const logGammaOnePlus = (z: number): number => logGammaAtTwo(z) - Math.log1p(z)

/**
 * Natural logarithm of the gamma function for positive argument.
 *   ln Γ(2 + z) = (1 − γ) z + Σ_{k≥2} (−1)^k (ζ(k) − 1) z^k / k   near 1 and 2,   Stirling's series from 10 on
 * @param x  > 0, finite
 * @returns ln Γ(x), dimensionless
 * @throws RangeError where x is not a positive finite number
 * Limits: relative error below 1e-14 from 1e-300 to 1e300, also beside the zeros at 1 and 2.
 * Method: recurrence Γ(x + 1) = x Γ(x) into [1.5, 2.5] or, from 10 on, Stirling's series of eight terms; O(1).
 * Source: NIST Digital Library of Mathematical Functions, eqs. 5.5.1, 5.7.3, 5.11.1, https://dlmf.nist.gov/5
 * @example logGamma(5) // 3.1780538303479458, ln 24
 */
export const logGamma = (x: number): number => {
  requireDomain(isPositive(x), `ln Γ(${x})`)
  if (x >= 10) return (x - 0.5) * (Math.log(x) - 1) - 0.5 + halfLogTwoPi + stirlingSeries(x)
  if (x < 0.5) return logGammaOnePlus(x) - Math.log(x)
  if (x < 1.5) return logGammaOnePlus(x - 1)
  let product = 1
  let z = x
  while (z > 2.5) {
    z -= 1
    product *= z
  }
  return Math.log(product) + logGammaAtTwo(z - 2)
}

/**
 * What Stirling's formula leaves out of ln Γ(x + 1).
 *   δ(x) = ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π
 * @param x  > 0, finite
 * @returns δ(x), dimensionless; 1 / (12 x) for large x
 * @throws RangeError where x is not a positive finite number
 * Method: Stirling's series from 10 on, the definition below; absolute error below 1e-14.
 * Source: Loader, Fast and accurate computation of binomial probabilities (2000), section 2
 * @example stirlingError(1) // 0.0810614667953273, 1 − ½ ln 2π
 */
export const stirlingError = (x: number): number => {
  if (x >= 10) return stirlingSeries(x)
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi
}

/**
 * Natural logarithm of the beta function.
 *   ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b)
 * @param a  > 0   @param b  > 0, both finite
 * @returns ln B(a, b), dimensionless
 * @throws RangeError where an argument is not a positive finite number
 * Method: by Stirling errors where both are at least 10, so that large terms do not cancel; absolute error below 1e-13
 * times the largest of 1, |ln B|.
 * Source: NIST Digital Library of Mathematical Functions, eq. 5.12.1, https://dlmf.nist.gov/5.12
 * @example logBeta(2, 3) // -2.4849066497880004, −ln 12
 */
export const logBeta = (a: number, b: number): number => {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large)
  const total = small + large
  // ln Γ(large) − ln Γ(total), without the large terms that both have.
  const ratio =
    stirlingError(large) -
    stirlingError(total) -
    (large - 0.5) * Math.log1p(small / large) -
    small * Math.log(total) +
    small
  return logGamma(small) + ratio
}

/** B(2k) / 2k, k = 1 … 7. */
const digammaTerms = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12]

/**
 * Digamma function, the slope of ln Γ.
 *   ψ(x) = ln x − 1 / (2x) − Σ B(2k) / (2k x^(2k)),   after ψ(x) = ψ(x + 1) − 1 / x up to x ≥ 12
 * @param x  > 0, finite
 * @returns ψ(x), dimensionless
 * @throws RangeError where x is not a positive finite number
 * Limits: absolute error below 1e-14 (1 + |ψ|).
 * Source: NIST Digital Library of Mathematical Functions, eqs. 5.5.2 and 5.11.2, https://dlmf.nist.gov/5
 * @example digamma(1) // -0.5772156649015329, −γ
 */
export const digamma = (x: number): number => {
  requireDomain(isPositive(x), `ψ(${x})`)
  let sum = 0
  let z = x
  for (; z < 12; z++) sum -= 1 / z
  let series = 0
  for (let k = digammaTerms.length - 1; k >= 0; k--) series = (series + (digammaTerms[k] ?? 0)) / (z * z)
  return sum + Math.log(z) - 0.5 / z - series
}

/** B(2k), k = 1 … 7. */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6]

/**
 * Trigamma function, the slope of ψ.
 *   ψ′(x) = 1 / x + 1 / (2x²) + Σ B(2k) / x^(2k+1),   after ψ′(x) = ψ′(x + 1) + 1 / x² up to x ≥ 12
 * @param x  > 0, finite
 * @returns ψ′(x) > 0, dimensionless
 * @throws RangeError where x is not a positive finite number
 * Limits: relative error below 1e-14.
 * Source: NIST Digital Library of Mathematical Functions, eqs. 5.15.5 and 5.15.8, https://dlmf.nist.gov/5.15
 * @example trigamma(1) // 1.6449340668482264, π² / 6
 */
export const trigamma = (x: number): number => {
  requireDomain(isPositive(x), `ψ′(${x})`)
  let sum = 0
  let z = x
  for (; z < 12; z++) sum += 1 / (z * z)
  const inverseSquare = 1 / (z * z)
  let series = 0
  for (let k = bernoulli.length - 1; k >= 0; k--) series = (series + (bernoulli[k] ?? 0)) * inverseSquare
  return sum + (1 + 0.5 / z + series) / z
}
