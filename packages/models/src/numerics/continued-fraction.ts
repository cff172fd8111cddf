const tiny = 1e-300
const tolerance = 4e-16
const mostSteps = 200_000

/** A partial numerator and denominator of step n = 1, 2, …, written into `step`. */
export type FractionStep = { numerator: number; denominator: number }

/**
 * b₀ + a₁ / (b₁ + a₂ / (b₂ + …)).
 * @param first  b₀   @param fill  writes aₙ and bₙ for n = 1, 2, …
 * @returns the value of the fraction, relative tolerance 4e-16 of the last factor
 * @throws RangeError where it does not settle within 200 000 steps
 * Method: modified Lentz algorithm.
 * Source: Thompson and Barnett 1986, doi:10.1016/0021-9991(86)90046-X
 */
export const continuedFraction = (first: number, fill: (n: number, step: FractionStep) => void): number => {
  const step: FractionStep = { numerator: 0, denominator: 0 }
  let value = first === 0 ? tiny : first
  let c = value
  let d = 0
  for (let n = 1; n < mostSteps; n++) {
    fill(n, step)
    d = step.denominator + step.numerator * d
    if (Math.abs(d) < tiny) d = tiny
    c = step.denominator + step.numerator / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const factor = c * d
    value *= factor
    if (Math.abs(factor - 1) < tolerance) return value
  }
  throw new RangeError('a continued fraction does not settle')
}
