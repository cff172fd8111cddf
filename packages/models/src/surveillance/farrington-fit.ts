import { studentTails } from '#src/numerics/student.ts'
import {
  createWorkspace,
  fitGroupedPoisson,
  type GroupedCounts,
  type GroupedFit,
  type Workspace,
} from './grouped-poisson.ts'

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
    const mean = fit.means[i] as number
    const root = Math.sqrt(mean)
    const raw = 1.5 * (Math.cbrt(counts[i] as number) ** 2 / Math.cbrt(root) - root)
    const residual = raw / Math.sqrt(dispersion * (1 - (fit.leverages[i] as number)))
    const weight = residual > threshold ? 1 / (residual * residual) : 1
    weights[i] = weight
    sum += weight
  }
  const scale = counts.length / sum
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) * scale
  return weights
}

/**
 * Fits the baseline, weighs past outbreaks down, and fits again.
 * @param data  reference counts   @param weightsThreshold  residual above which a count weighs less; undefined for never
 * @param workspace  room of the size of the reference
 * @returns the fit with its dispersion; undefined where it settles neither with a trend nor without
 */
export const fitReweighted = (
  data: GroupedCounts,
  weightsThreshold: number | undefined,
  workspace: Workspace = createWorkspace(data.counts.length, data.groupCount),
): ReweightedFit | undefined => {
  const first = fitGroupedPoisson(data, workspace)
  if (first === undefined || tooFewDegrees(first))
    return data.withTrend
      ? fitReweighted({ ...data, withTrend: false }, weightsThreshold, workspace)
      : undefined
  const dispersion = Math.max(1, first.dispersion)
  if (weightsThreshold === undefined) return { fit: first, dispersion, withTrend: data.withTrend }
  const weights = outbreakWeights(data.counts, first, dispersion, weightsThreshold)
  const second = fitGroupedPoisson({ ...data, weights }, workspace)
  if (second === undefined) return undefined
  return { fit: second, dispersion: Math.max(1, second.dispersion), withTrend: data.withTrend }
}

/**
 * Two-sided p-value of a slope against none.
 * @param dispersion  φ of the fit, ≥ 0   @returns a probability; 0 where the fit leaves nothing over and its slope beyond doubt
 */
export const slopePValue = (
  { slope, timeSpread, degreesOfFreedom }: GroupedFit,
  dispersion: number,
): number => {
  if (slope === 0) return 1
  const ratio = Math.abs(slope) / Math.sqrt(dispersion / timeSpread)
  return Number.isFinite(ratio) ? 2 * studentTails(ratio, degreesOfFreedom).upper : 0
}
