import { requireDomain } from '#src/numerics/domain.ts'
import { negativeBinomialProbability, negativeBinomialQuantile } from '#src/numerics/negative-binomial.ts'

/** A predicted count: negative binomial with variance m + m² / size. */
export type Prediction = { readonly mean: number; readonly size: number }

/** An expected count with central intervals of what will be seen. */
export type CountInterval = {
  readonly expected: number
  readonly low50: number
  readonly high50: number
  readonly low90: number
  readonly high90: number
  readonly atLeastOne: number
}

/** Means below this give no case in any quantile told. */
const negligibleMean = 1e-12

/**
 * Central 50 and 90 % intervals of a predicted count, and the probability of at least one.
 *   P(K ≥ 1) = 1 − (1 + m / size)^(−size)
 * @param prediction  mean ≥ 0 in cases, size > 0
 * @returns expected cases, whole numbers as bounds with low90 ≤ low50 ≤ high50 ≤ high90, and a probability
 * @throws RangeError where an argument is out of its domain
 * Limits: bounds are whole, so that intervals of small means hold more than 50 and 90 %.
 * @example countInterval({ mean: 2, size: 1 }).high90 // 7
 */
export const countInterval = ({ mean, size }: Prediction): CountInterval => {
  requireDomain(mean >= 0 && Number.isFinite(mean) && size > 0, `a predicted count of ${mean}, size ${size}`)
  if (mean < negligibleMean)
    return { expected: mean, low50: 0, high50: 0, low90: 0, high90: 0, atLeastOne: mean }
  const at = (p: number): number => negativeBinomialQuantile(p, { mean, size })
  return {
    expected: mean,
    low50: at(0.25),
    high50: at(0.75),
    low90: at(0.05),
    high90: at(0.95),
    atLeastOne: -Math.expm1(-size * Math.log1p(mean / size)),
  }
}

/**
 * Logarithm of the probability that a prediction gave to what was seen.
 * @param count  whole number ≥ 0   @param prediction  mean and size
 * @returns natural logarithm ≤ 0; of no less than 1e-300
 * @throws RangeError where an argument is out of its domain
 * Source: Gneiting and Raftery 2007, doi:10.1198/016214506000001437, section 4.1
 * @example logScore(0, { mean: 2, size: 1 }) // -1.0986122886681098, −ln 3
 */
export const logScore = (count: number, { mean, size }: Prediction): number =>
  Math.log(
    Math.max(
      1e-300,
      mean < negligibleMean ? Number(count === 0) : negativeBinomialProbability(count, { mean, size }),
    ),
  )
