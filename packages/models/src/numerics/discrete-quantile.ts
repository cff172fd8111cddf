import { requireDomain } from './domain.ts'
import type { Tails } from './incomplete-gamma.ts'

/** A tail that differs from the wanted one by rounding alone counts as reached. */
const fuzz = 64 * 2.220446049250313e-16

/**
 * Smallest whole number whose distribution function reaches a probability.
 * @param tailsAt  both tails at a whole number ≥ 0, the lower one increasing
 * @param wanted  lower and upper tail, together 1; the smaller one decides
 * @param start  a guess, any real number
 * @returns a whole number ≥ 0, or infinity where the upper tail is 0
 * @throws RangeError where a tail is no probability
 * Method: doubling steps from the guess until it is bracketed, then halving; O(log of the guess's error) evaluations.
 */
export const discreteQuantile = (tailsAt: (k: number) => Tails, wanted: Tails, start: number): number => {
  requireDomain(wanted.lower >= 0 && wanted.upper >= 0, `a quantile at ${wanted.lower}`)
  if (wanted.upper === 0) return Number.POSITIVE_INFINITY
  const byLower = wanted.lower <= wanted.upper
  const reached = (k: number): boolean => {
    const tails = tailsAt(k)
    return byLower ? tails.lower >= wanted.lower * (1 - fuzz) : tails.upper <= wanted.upper * (1 + fuzz)
  }
  let high = Math.max(0, Math.floor(start))
  let step = 1
  if (reached(high)) {
    for (let low = high - step; ; low = high - step) {
      if (low < 0) return narrow(reached, -1, high)
      if (!reached(low)) return narrow(reached, low, high)
      high = low
      step *= 2
    }
  }
  for (let low = high; ; low = high) {
    high = low + step
    if (reached(high)) return narrow(reached, low, high)
    step *= 2
  }
}

/** `low` is not reached, `high` is. */
const narrow = (reached: (k: number) => boolean, low: number, high: number): number => {
  let below = low
  let at = high
  while (at - below > 1) {
    const middle = Math.floor((below + at) / 2)
    if (reached(middle)) at = middle
    else below = middle
  }
  return at
}
