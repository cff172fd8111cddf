import { inverseBeta } from '#src/numerics/incomplete-beta.ts'

/** A Beta distribution of a share, such as the prevalence among arrivals. */
export type BetaLaw = { readonly alpha: number; readonly beta: number }

/** Tests with a result, and how many of them were positive. */
export type TestCounts = { readonly tests: number; readonly positives: number }

/** First and second moment of the prevalence over types. */
export type PrevalenceMoments = { readonly first: number; readonly second: number }

/**
 * Moments that Eva fell back on where its own were not usable, for origins without restrictions, with a required test,
 * and barred ones. Source: vgupta1/EvaTargetedCovid19Testing (BSD-3-Clause), commit 78c4d29.
 */
export const publishedMoments = {
  open: { first: 0.00612, second: 5.93e-5 },
  testRequired: { first: 0.00487, second: 4.19e-5 },
  barred: { first: 0.00678, second: 1e-4 },
} as const

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Moments of the prevalence over types, unbiased for the sampling of each.
 *   m₁ = mean(X / N),   m₂ = mean(X (X − 1) / (N (N − 1)))
 * @param counts  one entry a type: N tests and X positives among them, 0 ≤ X ≤ N
 * @param fewestTests  types with fewer tests are left out; whole number ≥ 2
 * @returns the moments, or null where no type has enough tests
 * Source: Bastani et al., Nature 599:108 (2021), doi:10.1038/s41586-021-04014-z, Methods
 * @example momentsOf([{ tests: 100, positives: 2 }, { tests: 100, positives: 0 }], 50)?.first // 0.01
 */
export const momentsOf = (counts: readonly TestCounts[], fewestTests = 50): PrevalenceMoments | null => {
  const enough = counts.filter(({ tests }) => tests >= fewestTests)
  if (enough.length === 0) return null
  return {
    first: mean(enough.map(({ tests, positives }) => positives / tests)),
    second: mean(enough.map(({ tests, positives }) => (positives * (positives - 1)) / (tests * (tests - 1)))),
  }
}

/**
 * Beta distribution with given moments.
 *   v = m₂ − m₁²,   α = m₁² (1 − m₁) / v − m₁,   β = (m₁ (1 − m₁) / v − 1) (1 − m₁)
 * @param moments  m₁ and m₂, both in (0, 1)
 * @returns the distribution, or null where no Beta distribution has them (m₂ ≤ m₁² or m₁ ≤ m₂)
 * Source: doi:10.1038/s41586-021-04014-z, Methods
 * @example betaOfMoments({ first: 0.5, second: 1 / 3 })?.alpha // 1.0
 */
export const betaOfMoments = ({ first, second }: PrevalenceMoments): BetaLaw | null => {
  const variance = second - first * first
  if (!(variance > 0) || first <= second) return null
  return {
    alpha: (first * first * (1 - first)) / variance - first,
    beta: ((first * (1 - first)) / variance - 1) * (1 - first),
  }
}

/** Beta distribution of published moments, which are usable by definition. */
const ofPublished = (moments: PrevalenceMoments): BetaLaw => {
  const law = betaOfMoments(moments)
  if (law === null) throw new RangeError('not moments of a Beta distribution')
  return law
}

/**
 * Prior of the prevalence from the types themselves (empirical Bayes by moments).
 * @param counts  one entry a type; all of one colour, since each colour has its own prior
 * @param options  `fewestTests` as in `momentsOf`; `fallback` stands in where the moments are not usable
 * @returns the prior, and whether it was fitted or is the fallback
 * @throws RangeError where the fallback are no moments of a Beta distribution
 * Assumes types exchangeable within a colour; wrong where their number is small or neighbours are alike.
 * Source: doi:10.1038/s41586-021-04014-z, Methods
 * @example fitPrior([]).isFitted // false
 */
export const fitPrior = (
  counts: readonly TestCounts[],
  options: { readonly fewestTests?: number; readonly fallback?: PrevalenceMoments } = {},
): { readonly prior: BetaLaw; readonly isFitted: boolean } => {
  const moments = momentsOf(counts, options.fewestTests)
  const fitted = moments && betaOfMoments(moments)
  return fitted
    ? { prior: fitted, isFitted: true }
    : { prior: ofPublished(options.fallback ?? publishedMoments.open), isFitted: false }
}

/**
 * Prior and tests together: Beta(α + X, β + N − X).
 * @example posteriorOf({ alpha: 1, beta: 9 }, { tests: 10, positives: 1 }) // ({ alpha: 2, beta: 18 })
 */
export const posteriorOf = (prior: BetaLaw, { tests, positives }: TestCounts): BetaLaw => ({
  alpha: prior.alpha + positives,
  beta: prior.beta + tests - positives,
})

/**
 * Adds tests without a result as if they gave what is expected of them (certainty equivalent).
 *   α + T α / (α + β),   β + T β / (α + β)
 * @param pendingTests  T ≥ 0; need not be whole
 * @returns a distribution with the same mean, as sure as if the results were in
 * @example withPendingTests({ alpha: 1, beta: 9 }, 10) // ({ alpha: 2, beta: 18 })
 */
export const withPendingTests = ({ alpha, beta }: BetaLaw, pendingTests: number): BetaLaw => {
  const factor = 1 + pendingTests / (alpha + beta)
  return { alpha: alpha * factor, beta: beta * factor }
}

export const meanOf = ({ alpha, beta }: BetaLaw): number => alpha / (alpha + beta)

/**
 * Central interval of a Beta distribution.
 * @param level  in (0, 1), such as 0.9
 * @returns the quantiles at (1 − level) / 2 and (1 + level) / 2
 * @throws RangeError where an argument is out of its domain
 * @example betaInterval({ alpha: 1, beta: 1 }, 0.5).low // 0.25
 */
export const betaInterval = (
  { alpha, beta }: BetaLaw,
  level: number,
): { readonly low: number; readonly high: number } => {
  const tail = (1 - level) / 2
  return {
    low: inverseBeta(alpha, beta, { lower: tail, upper: 1 - tail }).x,
    high: inverseBeta(alpha, beta, { lower: 1 - tail, upper: tail }).x,
  }
}
