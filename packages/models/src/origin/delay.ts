import { isPositive, requireDomain } from '#src/numerics/domain.ts'
import { gammaTails } from '#src/numerics/incomplete-gamma.ts'

/** A delay in days: mean and standard deviation of a gamma distribution. */
export type Delay = { readonly meanDays: number; readonly sdDays: number }

/**
 * From arrival to publication of the confirmed case. The three Zhuhai cases whose days are public arrived on 11 and 12
 * January 2020 and were confirmed on 20 and 21 January, 9 days each. Incubation 5.2 days (Li et al. 2020,
 * doi:10.1056/NEJMoa2001316), of which those who travel have lived through a part, symptoms to admission 4.4 days until 27
 * January (Zhang et al. 2020, doi:10.1016/S1473-3099(20)30230-9), and two to four days for test and bulletin give 9 to 11.
 * The standard deviation is that of incubation and admission together.
 */
export const arrivalToConfirmation: Delay = { meanDays: 10, sdDays: 5 }

/** Between the confirmations of a case and of those it infects. Serial interval: Zhang et al. 2020, as above, 5.1 days. */
export const confirmationToNext: Delay = { meanDays: 5.1, sdDays: 2.7 }

/** Delays longer than this are left out; their share is below 1e-4 for the delays above. */
export const longestDelayDays = 45

/**
 * Probabilities of whole days of delay.
 *   f(l) = F(l + ½) − F(l − ½), F gamma with shape (m / s)² and scale s² / m, divided by their sum
 * @param delay  mean and standard deviation, days, both > 0   @param longest  last day kept, whole number ≥ 0
 * @returns f(0) … f(longest), adding up to 1
 * @throws RangeError where an argument is out of its domain, or nothing of the distribution lies in the range
 * Source: Cori et al. 2013, doi:10.1093/aje/kwt133, web appendix 11, with days rounded to the nearest
 * @example delayProbabilities({ meanDays: 9, sdDays: 4 }, 45).length // 46
 */
export const delayProbabilities = ({ meanDays, sdDays }: Delay, longest = longestDelayDays): Float64Array => {
  requireDomain(isPositive(meanDays) && isPositive(sdDays), `a delay of ${meanDays} ± ${sdDays} days`)
  requireDomain(Number.isInteger(longest) && longest >= 0, `delays up to day ${longest}`)
  const shape = (meanDays / sdDays) ** 2
  const rate = meanDays / sdDays ** 2
  const below = (day: number): number => gammaTails(shape, Math.max(0, rate * (day + 0.5))).lower
  const shares = Float64Array.from({ length: longest + 1 }, (_, day) => below(day) - below(day - 1))
  const sum = shares.reduce((total, share) => total + share, 0)
  requireDomain(sum > 0, `a delay of ${meanDays} ± ${sdDays} days within ${longest} days`)
  return shares.map((share) => share / sum)
}

/** f(l) = Σ a(i) b(l − i), cut at the length of a. */
const convolve = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((_, lag) => {
    let sum = 0
    for (let i = 0; i <= lag; i++) sum += (a[i] ?? 0) * (b[lag - i] ?? 0)
    return sum
  })

/**
 * Confirmed cases by days after an infected arrival: the arrival's own, and those that follow from it.
 *   g = f + R f∗w + R² f∗w∗w + …
 * @param arrival  f, adding up to 1   @param next  w, adding up to 1
 * @param reproduction  R in [0, 1): cases that each case gives rise to where arrivals are traced
 * @returns g by days; its sum is 1 / (1 − R), less what lies beyond the last day
 * @throws RangeError where R is out of its domain
 * @example chainKernel(new Float64Array([0, 1, 0]), new Float64Array([0, 1, 0]), 0.5)[2] // 0.5
 */
export const chainKernel = (
  arrival: Float64Array,
  next: Float64Array,
  reproduction: number,
): Float64Array => {
  requireDomain(reproduction >= 0 && reproduction < 1, `chains with a reproduction of ${reproduction}`)
  const total = Float64Array.from(arrival)
  let generation: Float64Array = arrival
  for (let n = 0; n < 60 && reproduction > 0; n++) {
    generation = convolve(generation, next).map((value) => value * reproduction)
    for (let lag = 0; lag < total.length; lag++) total[lag] = (total[lag] ?? 0) + (generation[lag] ?? 0)
  }
  return total
}
