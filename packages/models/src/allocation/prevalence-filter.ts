import type { TestCounts } from './beta-prior.ts'
import { subtractSquare } from './cholesky.ts'
import { findMode } from './log-odds-mode.ts'
import { type OriginPosition, type PrevalenceModel, stationaryCovariance } from './prevalence-model.ts'

/**
 * What is believed about the prevalence of all origins: mean and covariance of (level, slopes, origins) in log odds.
 * It holds everything that later steps need, so that a day is added without the days before it.
 */
export type PrevalenceBelief = {
  readonly origins: number
  readonly mean: Float64Array
  readonly covariance: Float64Array
}

/** The part of the filter that does not change. */
export type PrevalencePrior = {
  readonly model: PrevalenceModel
  readonly origins: number
  readonly mean: Float64Array
  readonly covariance: Float64Array
}

/** Log odds of each origin: mean and variance. */
export type LogOdds = { readonly mean: Float64Array; readonly variance: Float64Array }

/** Values z of the covariates, one list an origin, in the order of the model. */
export type CovariateValues = readonly (readonly number[])[]

const sharedTerms = (model: PrevalenceModel): number => 1 + model.covariates.length

/** The prior of all origins. @param positions  one entry an origin */
export const priorOf = (model: PrevalenceModel, positions: readonly OriginPosition[]): PrevalencePrior => {
  const mean = new Float64Array(sharedTerms(model) + positions.length)
  model.covariates.forEach(({ slope }, at) => {
    mean[at + 1] = slope
  })
  return { model, origins: positions.length, mean, covariance: stationaryCovariance(model, positions) }
}

/** What is believed before any test. */
export const startBelief = ({ origins, mean, covariance }: PrevalencePrior): PrevalenceBelief => ({
  origins,
  mean: mean.slice(),
  covariance: covariance.slice(),
})

/**
 * Lets time pass: every part returns towards its mean and keeps its spread.
 *   x ← x̄ + Φ (x − x̄),   P ← Φ P Φ + S − Φ S Φ
 * @param days  > 0
 * @returns the belief some days later, before tests of these days
 */
export const passTime = (
  { model, mean: priorMean, covariance: stationary }: PrevalencePrior,
  belief: PrevalenceBelief,
  days: number,
): PrevalenceBelief => {
  const size = priorMean.length
  const shared = sharedTerms(model)
  const own = model.persistencePerDay ** days
  const level = model.levelPersistencePerDay ** days
  const mean = new Float64Array(size)
  const covariance = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const rowKept = row < shared ? level : own
    const centre = priorMean[row] ?? 0
    mean[row] = centre + rowKept * ((belief.mean[row] ?? 0) - centre)
    for (let column = 0; column < size; column++) {
      const kept = rowKept * (column < shared ? level : own)
      const at = row * size + column
      covariance[at] = kept * (belief.covariance[at] ?? 0) + (1 - kept) * (stationary[at] ?? 0)
    }
  }
  return { origins: belief.origins, mean, covariance }
}

/** H P, one row an origin: what each origin's log odds share with the state. */
const originRows = (
  belief: PrevalenceBelief,
  covariates: CovariateValues,
  origins: readonly number[],
): Float64Array => {
  const size = belief.mean.length
  const shared = size - belief.origins
  const rows = new Float64Array(origins.length * size)
  origins.forEach((origin, row) => {
    const values = covariates[origin] ?? []
    for (let term = -1; term < shared; term++) {
      const from = (term < 0 ? shared + origin : term) * size
      const weight = term <= 0 ? 1 : (values[term - 1] ?? 0)
      for (let k = 0; k < size; k++) {
        rows[row * size + k] = (rows[row * size + k] ?? 0) + weight * (belief.covariance[from + k] ?? 0)
      }
    }
  })
  return rows
}

const throughOrigin = (
  values: Float64Array,
  from: number,
  shared: number,
  origin: number,
  covariates: CovariateValues,
): number => {
  let sum = (values[from] ?? 0) + (values[from + shared + origin] ?? 0)
  for (let term = 1; term < shared; term++) {
    sum += (covariates[origin]?.[term - 1] ?? 0) * (values[from + term] ?? 0)
  }
  return sum
}

/**
 * Log odds of the prevalence of each origin.
 * @returns mean and variance, one entry an origin
 */
export const logOddsOf = (
  { model }: PrevalencePrior,
  belief: PrevalenceBelief,
  covariates: CovariateValues,
): LogOdds => {
  const size = belief.mean.length
  const shared = size - belief.origins
  const mean = new Float64Array(belief.origins)
  const variance = new Float64Array(belief.origins)
  const all = Array.from(mean, (_, origin) => origin)
  const rows = originRows(belief, covariates, all)
  for (const origin of all) {
    mean[origin] = model.meanLogOdds + throughOrigin(belief.mean, 0, shared, origin, covariates)
    variance[origin] = Math.max(0, throughOrigin(rows, origin * size, shared, origin, covariates))
  }
  return { mean, variance }
}

/**
 * Learns from tests with a result: Laplace's approximation at the mode of
 *   log N(x; x̂, P) + Σ_i (X_i θ_i − N_i ln(1 + e^θ_i))
 * @param counts  one entry an origin: N tests and X positives among them; none where N is 0
 * @param covariates  as they were when the people were tested
 * @returns the belief after the tests
 * @throws RangeError where counts are not possible or the mode is not found
 * Assumes that tests of one origin are independent given its prevalence; a tour group is one test's worth of news.
 * Cost: O(q n²) for q tested of n origins.
 * Source: Fahrmeir, Posterior mode estimation by extended Kalman filtering for multivariate dynamic generalized linear
 * models, J Am Stat Assoc 87:501 (1992), doi:10.1080/01621459.1992.10475232
 */
export const learnFromTests = (
  prior: PrevalencePrior,
  belief: PrevalenceBelief,
  counts: readonly TestCounts[],
  covariates: CovariateValues,
): PrevalenceBelief => {
  const tested = counts.flatMap(({ tests }, origin) => (tests > 0 ? [origin] : []))
  if (tested.length === 0) return belief
  const size = belief.mean.length
  const shared = size - belief.origins
  const rows = originRows(belief, covariates, tested)
  const spread = new Float64Array(tested.length ** 2)
  tested.forEach((_, row) => {
    tested.forEach((origin, column) => {
      spread[row * tested.length + column] = throughOrigin(rows, row * size, shared, origin, covariates)
    })
  })
  const { step, gain } = findMode({
    mean: Float64Array.from(
      tested,
      (origin) => prior.model.meanLogOdds + throughOrigin(belief.mean, 0, shared, origin, covariates),
    ),
    spread,
    counts: tested.map((origin) => counts[origin] ?? { tests: 0, positives: 0 }),
    rows,
  })
  const mean = belief.mean.slice()
  const covariance = belief.covariance.slice()
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < tested.length; i++) {
      mean[k] = (mean[k] ?? 0) + (rows[i * size + k] ?? 0) * (step[i] ?? 0)
    }
  }
  subtractSquare({ size, values: covariance }, gain)
  return { origins: belief.origins, mean, covariance }
}
