/** Direction of the change looked for. */
export type Direction = 'inc' | 'dec'

/** One stretch of counts with their means in control. */
export type Stretch = { readonly counts: Float64Array; readonly means: Float64Array }

/**
 * ln likelihood ratio of one count for means μ e^κ against μ.
 *   Poisson (α = 0): κ x + (1 − e^κ) μ;   negative binomial: κ x + (x + 1/α) ln((1 + α μ) / (1 + α μ e^κ))
 * Source: Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015, section 2.1
 */
export const logRatio = (count: number, mean: number, kappa: number, alpha: number): number =>
  alpha === 0
    ? kappa * count - Math.expm1(kappa) * mean
    : kappa * count -
      (count + 1 / alpha) * Math.log1p((alpha * mean * Math.expm1(kappa)) / (1 + alpha * mean))

const scoreAt = ({ counts, means }: Stretch, from: number, to: number, kappa: number, alpha: number) => {
  const ratio = Math.exp(kappa)
  let score = 0
  let information = 0
  for (let i = from; i <= to; i++) {
    const mean = (means[i] as number) * ratio
    const denominator = 1 + alpha * mean
    score += ((counts[i] as number) - mean) / denominator
    information += (mean * (alpha * (counts[i] as number) + 1)) / (denominator * denominator)
  }
  return { score, information }
}

const mostSteps = 100
const furthest = 40

/** κ of greatest likelihood for negative binomial counts, on the side of 0 that is looked at. */
const greatestKappa = (
  stretch: Stretch,
  from: number,
  to: number,
  alpha: number,
  sign: 1 | -1,
  start: number,
): number => {
  if (sign * scoreAt(stretch, from, to, 0, alpha).score <= 0) return 0
  let low = 0
  let high = furthest
  let kappa = Math.min(furthest, Math.max(1e-3, sign * start))
  for (let n = 0; n < mostSteps; n++) {
    const { score, information } = scoreAt(stretch, from, to, sign * kappa, alpha)
    const slope = sign * score
    if (slope > 0) low = kappa
    else high = kappa
    const newton = kappa + slope / information
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - kappa) < 1e-10 * (1 + next)) return sign * next
    kappa = next
  }
  return sign * kappa
}

const poissonRatio = (sum: number, mean: number, sign: 1 | -1): number => {
  if (sign * (sum - mean) <= 0) return 0
  // No case at all: κ → −∞, and the ratio is the mean.
  return sum === 0 ? mean : sum * Math.log(sum / mean) + mean - sum
}

export type RatioOptions = {
  /** Dispersion of var = m + α m²; 0 for Poisson. */
  readonly alpha: number
  readonly direction: Direction
  /** Change points at most so many time points back; without limit where −1. */
  readonly window: number
  /** Time points that a change must have lasted, 1 or more. */
  readonly leastLength: number
}

/**
 * Greatest ln likelihood ratio of a change of the mean by a constant factor, over its size and its beginning.
 *   GLR(n) = max_{k ≤ n} sup_κ Σ_{t=k..n} ln f(x_t; μ_t e^κ) / f(x_t; μ_t)
 * @param stretch  counts and means since the last alarm   @param n  time point within it
 * @returns GLR ≥ 0
 * Method: sums for Poisson, O(n); for negative binomial Newton's method for each beginning, O(n²).
 * Source: Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015, eq. 5
 */
export const generalisedRatio = (stretch: Stretch, n: number, options: RatioOptions): number => {
  const { alpha, direction, window, leastLength } = options
  const sign = direction === 'inc' ? 1 : -1
  const oldest = window < 0 ? 0 : Math.max(0, n - window)
  let greatest = 0
  let sum = 0
  let mean = 0
  let kappa = sign * 0.5
  for (let k = n; k >= oldest; k--) {
    sum += stretch.counts[k] as number
    mean += stretch.means[k] as number
    if (n - k + 1 < leastLength) continue
    if (alpha === 0) {
      greatest = Math.max(greatest, poissonRatio(sum, mean, sign))
      continue
    }
    kappa = greatestKappa(stretch, k, n, alpha, sign, kappa)
    if (kappa === 0) continue
    let ratio = 0
    for (let i = k; i <= n; i++)
      ratio += logRatio(stretch.counts[i] as number, stretch.means[i] as number, kappa, alpha)
    greatest = Math.max(greatest, ratio)
  }
  return greatest
}
