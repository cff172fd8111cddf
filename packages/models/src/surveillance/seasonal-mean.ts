import { requireDomain } from '#src/numerics/domain.ts'
import { type CountFit, fitCounts, fitOverdispersed } from '#src/numerics/glm.ts'

/** A mean in control that goes with the season: ln μ = a [+ b t] + Σ c cos + d sin [+ ln exposure]. */
export type SeasonalOptions = {
  /** Harmonics of the year, 0 or more. */
  readonly harmonics: number
  readonly trend: boolean
  readonly pointsPerYear: number
}

export type SeasonalMean = {
  /** Expected counts at the time points asked for. */
  readonly means: Float64Array
  /** Dispersion α of var = m + α m²; 0 for Poisson. */
  readonly alpha: number
}

const columnsAt = (points: readonly number[], options: SeasonalOptions): Float64Array[] => {
  const columns = [new Float64Array(points.length).fill(1)]
  if (options.trend) columns.push(Float64Array.from(points))
  for (let s = 1; s <= options.harmonics; s++) {
    const angular = (2 * Math.PI * s) / options.pointsPerYear
    columns.push(Float64Array.from(points, (t) => Math.cos(angular * t)))
    columns.push(Float64Array.from(points, (t) => Math.sin(angular * t)))
  }
  return columns
}

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)

/**
 * Estimates the mean in control from a training period and continues it.
 * @param counts  cases per time point   @param exposure  persons at risk or screened, > 0; a model of counts where absent
 * @param training  last time point of the training period, from 0; it starts at 0
 * @param target  first and last time point at which the mean is wanted
 * @param law  Poisson, or negative binomial with its dispersion by maximum likelihood
 * @returns expected counts and dispersion
 * @throws RangeError where the training period is too short or holds no case
 * Source: Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015, section 2.2
 */
export const estimateSeasonalMean = (
  counts: readonly number[],
  exposure: readonly number[] | undefined,
  training: number,
  target: { readonly first: number; readonly last: number },
  law: 'poisson' | 'negative-binomial',
  options: SeasonalOptions,
): SeasonalMean => {
  const trained = upTo(0, training)
  const parameters = 1 + (options.trend ? 1 : 0) + 2 * options.harmonics
  requireDomain(trained.length > parameters, `a mean in control from ${trained.length} time points`)
  const response = Float64Array.from(trained, (t) => counts[t] ?? 0)
  requireDomain(
    response.some((count) => count > 0),
    'a mean in control from a training period without a case',
  )
  const logExposure = (points: readonly number[]): Float64Array | undefined =>
    exposure === undefined ? undefined : Float64Array.from(points, (t) => Math.log(exposure[t] ?? 1))
  const offset = logExposure(trained)
  // Time is counted from 1, as in R.
  const columns = columnsAt(
    trained.map((t) => t + 1),
    options,
  )
  const model = { columns, response, ...(offset === undefined ? {} : { offset }) }
  let fit: CountFit
  let alpha = 0
  if (law === 'poisson') fit = fitCounts(model)
  else {
    const overdispersed = fitOverdispersed(model)
    fit = overdispersed.fit
    alpha = 1 / overdispersed.size
  }
  const points = upTo(target.first, target.last)
  const predictor = logExposure(points) ?? new Float64Array(points.length)
  for (const [j, column] of columnsAt(
    points.map((t) => t + 1),
    options,
  ).entries())
    for (let i = 0; i < predictor.length; i++)
      predictor[i] = (predictor[i] ?? 0) + (fit.coefficients[j] ?? 0) * (column[i] ?? 0)
  return { means: predictor.map(Math.exp), alpha }
}
