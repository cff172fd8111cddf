/** Value and slope of a function at a point. */
export type Evaluation = { readonly value: number; readonly slope: number }

const mostSteps = 2_200

/**
 * The root of an increasing function.
 * @param evaluate  f(u) and f′(u); f increases and changes its sign between the bounds
 * @param start  first guess   @param low  a point at or left of the root   @param high  a point at or right of it
 * @returns u with f(u) = 0 to the last bits that f resolves
 * @throws RangeError where the steps do not settle
 * Method: Newton's method, with a halving of the bracket wherever a step leaves it or comes no nearer; about 5 evaluations
 * from a good guess.
 * @example solveIncreasing((u) => ({ value: u * u * u - 8, slope: 3 * u * u }), { start: 3, low: 0, high: 10 }) // 2
 */
export const solveIncreasing = (
  evaluate: (u: number) => Evaluation,
  bounds: { readonly start: number; readonly low: number; readonly high: number },
): number => {
  let { low, high } = bounds
  let u = Math.min(high, Math.max(low, bounds.start))
  let lastSize = Number.POSITIVE_INFINITY
  for (let n = 0; n < mostSteps; n++) {
    const { value, slope } = evaluate(u)
    if (value === 0) return u
    if (value < 0) low = u
    else high = u
    const newton = u - value / slope
    const size = Math.abs(newton - u)
    const usable = newton > low && newton < high && slope > 0 && (n < 3 || size <= 0.9 * lastSize)
    const next = usable ? newton : low + (high - low) / 2
    const scale = 2e-16 * Math.max(Math.abs(u), 1e-290)
    if (Math.abs(next - u) <= scale || high - low <= scale) return next
    lastSize = usable ? size : Number.POSITIVE_INFINITY
    u = next
  }
  throw new RangeError('a root was not found')
}
