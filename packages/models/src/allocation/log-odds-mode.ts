import type { TestCounts } from './beta-prior.ts'
import { backwardSolve, cholesky, forwardSolve, type SquareMatrix } from './cholesky.ts'

const mostSteps = 100
const settled = 3e-5

/** Longest step of one iteration in log odds; a test or two of a rare thing would overshoot by far. */
const longestStep = 2

type ModeInput = {
  /** Expected log odds of each tested origin. */
  readonly mean: Float64Array
  /** Their covariance V, row by row. */
  readonly spread: Float64Array
  readonly counts: readonly TestCounts[]
  /** Covariance of each with the whole state, row by row; as many rows as origins. */
  readonly rows: Float64Array
}

const requirePossible = ({ tests, positives }: TestCounts): void => {
  if (!(positives >= 0 && positives <= tests && Number.isFinite(tests)))
    throw new RangeError(`${positives} positives among ${tests} tests`)
}

/** V + W⁻¹ with the weights W = N p (1 − p) at the present log odds. */
const innovationOf = (spread: Float64Array, weights: Float64Array): SquareMatrix => {
  const size = weights.length
  const values = spread.slice()
  for (let i = 0; i < size; i++)
    values[i * (size + 1)] = (values[i * (size + 1)] ?? 0) + 1 / (weights[i] ?? 1)
  return { size, values }
}

/**
 * Mode of the log odds θ of tested origins, given their normal prior and binomial counts.
 * @returns `step` = (V + W⁻¹)⁻¹ (z − m), so that state and origins move by their covariance times it; `gain` = L⁻¹ times
 * the rows, with L Lᵀ = V + W⁻¹, whose square leaves the covariance
 * @throws RangeError where counts are not possible or the mode is not found
 * Method: Newton's method (iterated weighted least squares) with a bounded step until nothing moves by 3e-5; the next move would be near 1e-9. The target is
 * concave in θ, so there is one mode.
 */
export const findMode = ({ mean, spread, counts, rows }: ModeInput) => {
  counts.forEach(requirePossible)
  const size = mean.length
  const logOdds = mean.slice()
  const weights = new Float64Array(size)
  const step = new Float64Array(size)
  for (let n = 0; n < mostSteps; n++) {
    counts.forEach(({ tests, positives }, i) => {
      const theta = logOdds[i] ?? 0
      const p = 1 / (1 + Math.exp(-theta))
      const weight = Math.max(tests * p * (1 - p), 1e-12)
      weights[i] = weight
      step[i] = theta + (positives - tests * p) / weight - (mean[i] ?? 0)
    })
    const factor = cholesky(innovationOf(spread, weights))
    forwardSolve(factor, step, 1)
    backwardSolve(factor, step)
    const largest = moveTo(logOdds, mean, spread, step)
    if (largest < settled) {
      const gain = rows.slice()
      forwardSolve(factor, gain, rows.length / size)
      return { step, gain }
    }
  }
  throw new RangeError('the most likely prevalence was not found')
}

/** θ ← m + V s, no entry by more than the longest step. @returns the largest move */
const moveTo = (
  logOdds: Float64Array,
  mean: Float64Array,
  spread: Float64Array,
  step: Float64Array,
): number => {
  const size = mean.length
  let largest = 0
  for (let i = 0; i < size; i++) {
    let target = mean[i] ?? 0
    for (let j = 0; j < size; j++) target += (spread[i * size + j] ?? 0) * (step[j] ?? 0)
    const move = Math.max(-longestStep, Math.min(longestStep, target - (logOdds[i] ?? 0)))
    logOdds[i] = (logOdds[i] ?? 0) + move
    largest = Math.max(largest, Math.abs(move))
  }
  return largest
}
