import { requireDomain } from './domain.ts'
import { type Columns, type LeastSquares, leastSquares } from './least-squares.ts'
import { digamma, logGamma, trigamma } from './log-gamma.ts'

/** Counts with a logarithmic link; size of a negative binomial variance m + m² / size, infinite for Poisson. */
export type CountModel = {
  /** X by columns, with its own column of ones where a constant is wanted. */
  readonly columns: Columns
  /** Counts ≥ 0. */
  readonly response: Float64Array
  /** Added to the linear predictor, such as ln of an exposure; 0 where absent. */
  readonly offset?: Float64Array
  /** Prior weights > 0; 1 where absent. */
  readonly weights?: Float64Array
  /** Size of the negative binomial distribution; Poisson where absent. */
  readonly size?: number
}

export type CountFit = {
  readonly coefficients: Float64Array
  /** Fitted means, in counts. */
  readonly means: Float64Array
  readonly deviance: number
  /** Σ w r² / df with working weights and residuals: the dispersion of a quasi-likelihood; 1 expected for Poisson. */
  readonly dispersion: number
  readonly degreesOfFreedom: number
  /** The last weighted fit, for standard errors and leverages. */
  readonly last: LeastSquares
  readonly steps: number
}

const mostSteps = 60

/** Twice the log-likelihood ratio to the saturated model, of one count. */
const unitDeviance = (y: number, mean: number, size: number): number => {
  const own = y === 0 ? 0 : y * Math.log(y / mean)
  if (size === Number.POSITIVE_INFINITY) return 2 * (own - (y - mean))
  return 2 * (own - (y + size) * Math.log((y + size) / (mean + size)))
}

const largestPredictor = 700

/** The smallest mean that keeps working weights finite. */
const leastPredictor = -30

type Step = { readonly last: LeastSquares; readonly predictor: Float64Array; readonly weights: Float64Array }

const scoringStep = (model: CountModel, predictor: Float64Array): Step => {
  const { columns, response, offset, weights, size = Number.POSITIVE_INFINITY } = model
  const n = response.length
  const roots = new Float64Array(n)
  const working = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const mean = Math.exp(predictor[i] ?? 0)
    const root = Math.sqrt(((weights?.[i] ?? 1) * mean) / (1 + mean / size))
    roots[i] = root
    working[i] = root * ((predictor[i] ?? 0) - (offset?.[i] ?? 0) + ((response[i] ?? 0) - mean) / mean)
  }
  const scaled = columns.map((column) => column.map((value, i) => value * (roots[i] ?? 0)))
  const last = leastSquares(scaled, working)
  const next = Float64Array.from(offset ?? new Float64Array(n))
  for (const [j, column] of columns.entries()) {
    const coefficient = last.coefficients[j] ?? 0
    for (let i = 0; i < n; i++) next[i] = (next[i] ?? 0) + coefficient * (column[i] ?? 0)
  }
  return { last, weights: roots.map((root) => root * root), predictor: next.map(clampPredictor) }
}

const clampPredictor = (value: number): number => Math.min(largestPredictor, Math.max(leastPredictor, value))

const devianceAt = (model: CountModel, predictor: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < predictor.length; i++)
    sum +=
      (model.weights?.[i] ?? 1) *
      unitDeviance(
        model.response[i] ?? 0,
        Math.exp(predictor[i] ?? 0),
        model.size ?? Number.POSITIVE_INFINITY,
      )
  return sum
}

/**
 * Fits a generalised linear model of counts with a logarithmic link.
 *   ln m = offset + X b,   var = φ m  or  m + m² / size
 * @param model  counts, columns, offset, weights and size   @param tolerance  relative change of the deviance that ends it
 * @returns coefficients, means, deviance, dispersion and the last weighted fit
 * @throws RangeError where a value is out of its domain, or where the steps do not settle
 * Assumptions: independent counts. A combination of columns with no case at all has no finite estimate; its mean goes to
 * e^−30 and no lower.
 * Method: Fisher scoring (iteratively reweighted least squares by orthogonalisation) from y + 0.1; O(n p²) a step.
 * Source: McCullagh and Nelder, Generalized Linear Models (1989), section 2.5
 * @example fitCounts({ columns: [new Float64Array([1, 1])], response: new Float64Array([2, 4]) }).means[0] // 3
 */
export const fitCounts = (model: CountModel, tolerance = 1e-12): CountFit => {
  requireDomain(
    model.response.every((y) => y >= 0 && Number.isFinite(y)),
    'a model of counts with counts below 0',
  )
  let predictor: Float64Array = model.response.map((y) => Math.log(y + 0.1))
  let deviance = devianceAt(model, predictor)
  for (let steps = 1; steps <= mostSteps; steps++) {
    const step = scoringStep(model, predictor)
    const next = devianceAt(model, step.predictor)
    const settled = Math.abs(next - deviance) <= tolerance * (Math.abs(next) + 0.1)
    predictor = step.predictor
    deviance = next
    if (settled) return summarise(model, step, deviance, steps)
  }
  throw new RangeError('a model of counts does not settle')
}

const summarise = (model: CountModel, step: Step, deviance: number, steps: number): CountFit => {
  const { last, predictor, weights } = step
  const means = predictor.map(Math.exp)
  const degreesOfFreedom = means.length - last.used.length
  let sum = 0
  for (let i = 0; i < means.length; i++) {
    const mean = means[i] ?? 1
    sum += (weights[i] ?? 0) * (((model.response[i] ?? 0) - mean) / mean) ** 2
  }
  const dispersion = degreesOfFreedom > 0 ? sum / degreesOfFreedom : Number.POSITIVE_INFINITY
  return { coefficients: last.coefficients, means, deviance, dispersion, degreesOfFreedom, last, steps }
}

/** Slope and curvature of the log-likelihood in the size. */
const sizeSlopes = (response: Float64Array, means: Float64Array, size: number) => {
  let slope = 0
  let curvature = 0
  for (let i = 0; i < response.length; i++) {
    const y = response[i] ?? 0
    const m = means[i] ?? 0
    slope += digamma(y + size) - digamma(size) + Math.log(size / (size + m)) + 1 - (y + size) / (m + size)
    curvature +=
      trigamma(y + size) - trigamma(size) + 1 / size - 2 / (m + size) + (y + size) / (m + size) ** 2
  }
  return { slope, curvature }
}

const largestSize = 1e7

/** Size of greatest likelihood for given means; the largest where the counts vary no more than Poisson. */
const estimateSize = (response: Float64Array, means: Float64Array, start: number): number => {
  let log = Math.log(start)
  for (let n = 0; n < 200; n++) {
    const size = Math.exp(log)
    const { slope, curvature } = sizeSlopes(response, means, size)
    const first = slope * size
    const second = curvature * size * size + first
    const step = second < 0 ? -first / second : Math.sign(first)
    const bounded = Math.max(-2, Math.min(2, step))
    log += bounded
    if (log > Math.log(largestSize)) return largestSize
    if (Math.abs(bounded) < 1e-12) break
  }
  return Math.exp(log)
}

export type OverdispersedFit = {
  readonly fit: CountFit
  /** Estimated size; variance m + m² / size. */
  readonly size: number
  readonly logLikelihood: number
}

/**
 * Fits a negative binomial model of counts with its size by maximum likelihood.
 * @param model  as for `fitCounts`, without a size
 * @returns the fit, the size and the log-likelihood
 * @throws RangeError as `fitCounts`, or where size and means do not settle together
 * Limits: where counts vary no more than Poisson, the size ends at 1e7.
 * Method: means given the size, size given the means by Newton's method on its logarithm, in turn, to 1e-10 in ln size.
 * Source: Lawless 1987, doi:10.2307/3314912
 * @example fitOverdispersed({ columns: [new Float64Array(4).fill(1)], response: new Float64Array([0, 9, 1, 2]) }).fit.means[0] // 3
 */
export const fitOverdispersed = (model: Omit<CountModel, 'size'>): OverdispersedFit => {
  let fit = fitCounts(model)
  let size = startSize(model.response, fit)
  for (let n = 0; n < 200; n++) {
    const next = estimateSize(model.response, fit.means, size)
    const settled = Math.abs(Math.log(next / size)) < 1e-10
    size = next
    fit = fitCounts({ ...model, size })
    if (settled) return { fit, size, logLikelihood: logLikelihood(model.response, fit.means, size) }
  }
  throw new RangeError('a negative binomial model does not settle')
}

const startSize = (response: Float64Array, fit: CountFit): number => {
  let sum = 0
  for (let i = 0; i < response.length; i++) sum += ((response[i] ?? 0) / (fit.means[i] ?? 1) - 1) ** 2
  return Math.min(1e4, Math.max(1e-3, response.length / sum))
}

const logLikelihood = (response: Float64Array, means: Float64Array, size: number): number => {
  let sum = 0
  for (let i = 0; i < response.length; i++) {
    const y = response[i] ?? 0
    const m = means[i] ?? 0
    sum += logGamma(y + size) - logGamma(size) - logGamma(y + 1)
    sum += size * Math.log(size / (size + m)) + (y === 0 ? 0 : y * Math.log(m / (size + m)))
  }
  return sum
}
