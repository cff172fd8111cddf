import { fitGroupedPoisson, type GroupedCounts, type GroupedFit } from './grouped-poisson.ts'

export type ReweightedFit = {
  readonly fit: GroupedFit
  /** φ ≥ 1. */
  readonly dispersion: number
  readonly withTrend: boolean
}

const tooFewDegrees = (fit: GroupedFit): boolean => !(fit.degreesOfFreedom > 0)

/**
 * Weights that take past outbreaks down: γ / s² where the standardised Anscombe residual s is above a threshold, else γ.
 * Source: Farrington et al. 1996, doi:10.2307/2983331, section 3.6
 */
const outbreakWeights = (
  counts: Float64Array,
  fit: GroupedFit,
  dispersion: number,
  threshold: number,
): Float64Array => {
  const weights = new Float64Array(counts.length)
  let sum = 0
  for (let i = 0; i < counts.length; i++) {
    const mean = fit.means[i] ?? 1
    const raw = 1.5 * (Math.cbrt(counts[i] ?? 0) ** 2 * mean ** (-1 / 6) - Math.sqrt(mean))
    const residual = raw / Math.sqrt(dispersion * (1 - (fit.leverages[i] ?? 0)))
    const weight = residual > threshold ? 1 / (residual * residual) : 1
    weights[i] = weight
    sum += weight
  }
  const scale = counts.length / sum
  return weights.map((weight) => weight * scale)
}

/**
 * Fits the baseline, weighs past outbreaks down, and fits again.
 * @param data  reference counts   @param weightsThreshold  residual above which a count weighs less; undefined for never
 * @returns the fit with its dispersion; undefined where it settles neither with a trend nor without
 */
export const fitReweighted = (
  data: GroupedCounts,
  weightsThreshold: number | undefined,
): ReweightedFit | undefined => {
  const first = fitGroupedPoisson(data)
  if (first === undefined || tooFewDegrees(first))
    return data.withTrend ? fitReweighted({ ...data, withTrend: false }, weightsThreshold) : undefined
  const dispersion = Math.max(1, first.dispersion)
  if (weightsThreshold === undefined) return { fit: first, dispersion, withTrend: data.withTrend }
  const weights = outbreakWeights(data.counts, first, dispersion, weightsThreshold)
  const second = fitGroupedPoisson({ ...data, weights })
  if (second === undefined) return undefined
  return { fit: second, dispersion: Math.max(1, second.dispersion), withTrend: data.withTrend }
}
