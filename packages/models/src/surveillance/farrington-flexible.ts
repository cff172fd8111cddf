import { requireDomain } from '#src/numerics/domain.ts'
import { normalUpperQuantile } from '#src/numerics/normal.ts'
import {
  type Bound,
  countBound,
  type PowerTransform,
  type PredictedMean,
  type ThresholdMethod,
  transformedBound,
  upperMean,
} from './farrington-bounds.ts'
import { fitReweighted, type ReweightedFit, slopePValue } from './farrington-fit.ts'
import { createWorkspace, type GroupedCounts, predictGrouped, type Workspace } from './grouped-poisson.ts'
import { type DetectedPoint, type MonitoredRange, undecided } from './point.ts'
import { type Calendar, seasonBlocks } from './reference-points.ts'

/** Defaults are those of `farringtonFlexible` of the R package surveillance. */
export type FlexibleOptions = {
  /** Years of reference, 5. */
  readonly b?: number
  /** Half width of the window about the same time of the year, 3. */
  readonly w?: number
  /** Residual above which a reference count weighs less, 2.58; undefined with `reweight: false`. */
  readonly weightsThreshold?: number
  readonly reweight?: boolean
  /** One-sided level, 0.05. */
  readonly alpha?: number
  readonly trend?: boolean
  /** The trend is kept where its p-value is below, 0.05; 1 keeps it always. */
  readonly pThresholdTrend?: number
  /** No alarm with fewer than [cases] within the last [time points], [5, 4]. */
  readonly limit54?: readonly [cases: number, points: number]
  readonly powerTransform?: PowerTransform
  /** Levels of the season, 1 (windows alone). */
  readonly noPeriods?: number
  /** Time points before the one judged that are left out; w where absent. */
  readonly pastWeeksNotIncluded?: number
  readonly thresholdMethod?: ThresholdMethod
}

/** What `farringtonFlexible` finds at a time point beside the bound; null where nothing could be fitted. */
export type FlexiblePoint = DetectedPoint & {
  /** Predicted mean also where there are too few cases for an alarm. */
  readonly mean: number | null
  readonly dispersion: number | null
  /** Change of ln mean per time point; null where there is no trend. */
  readonly trend: number | null
  readonly pValue: number | null
}

export type FlexibleInput = {
  /** Cases per time point. */
  readonly counts: readonly number[]
  readonly calendar: Calendar
  /** Persons at risk or screened, > 0; the model is then one of rates. */
  readonly population?: readonly number[] | undefined
}

const silent = (observed: number): FlexiblePoint => ({
  ...undecided(observed),
  mean: null,
  dispersion: null,
  trend: null,
  pValue: null,
})

const withDefaults = (options: FlexibleOptions) => {
  const w = options.w ?? 3
  const all = {
    b: 5,
    reweight: true,
    weightsThreshold: 2.58,
    alpha: 0.05,
    trend: true,
    pThresholdTrend: 0.05,
    limit54: [5, 4] as readonly [number, number],
    powerTransform: '2/3' as PowerTransform,
    noPeriods: 1,
    pastWeeksNotIncluded: w,
    thresholdMethod: 'delta' as ThresholdMethod,
    ...options,
    w,
  }
  requireDomain(Number.isInteger(all.b) && all.b >= 1, `${all.b} years of reference`)
  requireDomain(Number.isInteger(w) && w >= 0, `a half window of ${w}`)
  requireDomain(all.alpha > 0 && all.alpha < 1, `a level of ${all.alpha}`)
  requireDomain(
    Number.isInteger(all.noPeriods) && all.noPeriods >= 1,
    `${all.noPeriods} levels of the season`,
  )
  requireDomain(all.limit54[0] >= 0 && all.limit54[1] > 0, `fewer than ${all.limit54.join(' cases in ')}`)
  requireDomain(
    Number.isInteger(all.pastWeeksNotIncluded) && all.pastWeeksNotIncluded >= 0,
    `${all.pastWeeksNotIncluded} time points left out`,
  )
  return all
}

type Options = ReturnType<typeof withDefaults>

const referenceOf = (input: FlexibleInput, t: number, options: Options): GroupedCounts | undefined => {
  const blocks = seasonBlocks(input.calendar, t, {
    years: options.b,
    halfWindow: options.w,
    levels: options.noPeriods,
    recentPointsLeftOut: options.pastWeeksNotIncluded,
  })
  if (blocks === undefined) return undefined
  const { points, levels } = blocks
  const n = points.length
  const { population } = input
  const counts = new Float64Array(n)
  for (let i = 0; i < n; i++) counts[i] = input.counts[points[i] as number] as number
  const offset = population && Float64Array.from(points, (point) => Math.log(population[point] ?? 1))
  return {
    counts,
    times: points,
    groups: levels,
    groupCount: options.noPeriods,
    withTrend: options.trend,
    offset,
  }
}

const greatestOf = (counts: Float64Array): number => {
  let greatest = 0
  for (let i = 0; i < counts.length; i++) greatest = Math.max(greatest, counts[i] as number)
  return greatest
}

/** The trend stays where it is significant, rests on three years, and does not lead beyond what was ever seen. */
const keepsTrend = (
  { fit }: ReweightedFit,
  reference: GroupedCounts,
  predicted: number,
  { b, pThresholdTrend }: Options,
): boolean => {
  if (b < 3 || !(predicted <= greatestOf(reference.counts))) return false
  return slopePValue(fit, fit.priorDispersion) < pThresholdTrend
}

type Baseline = { readonly predicted: PredictedMean; readonly trend: number | null }

const baselineAt = (
  reference: GroupedCounts,
  t: number,
  offset: number,
  options: Options,
  workspace: Workspace,
): Baseline | undefined => {
  const threshold = options.reweight ? options.weightsThreshold : undefined
  let fitted = fitReweighted(reference, threshold, workspace)
  if (fitted === undefined) return undefined
  const meanNow = (one: ReweightedFit): number => Math.exp(predictGrouped(one.fit, 0, t, offset).predictor)
  if (fitted.withTrend && !keepsTrend(fitted, reference, meanNow(fitted), options)) {
    fitted = fitReweighted({ ...reference, withTrend: false }, threshold, workspace)
    if (fitted === undefined) return undefined
  }
  const { predictor, unitVariance } = predictGrouped(fitted.fit, 0, t, offset)
  const predicted = {
    mean: Math.exp(predictor),
    logError: Math.sqrt(unitVariance * fitted.fit.priorDispersion),
    dispersion: fitted.dispersion,
  }
  if (!(predicted.mean > 0) || !Number.isFinite(predicted.mean) || !Number.isFinite(predicted.logError))
    return undefined
  return { predicted, trend: fitted.withTrend ? fitted.fit.slope : null }
}

const boundOf = (predicted: PredictedMean, observed: number, options: Options): Bound => {
  const { thresholdMethod, powerTransform, alpha } = options
  if (thresholdMethod === 'delta')
    return transformedBound(predicted, observed, { powerTransform, z: normalUpperQuantile(alpha) })
  const mean = thresholdMethod === 'muan' ? upperMean(predicted, alpha) : predicted.mean
  return countBound(mean, predicted.dispersion, observed, alpha)
}

/**
 * Farrington's method, flexible version: is a count above what the same season of earlier years lets expect?
 *   ln μ = a(season level) + b t [+ ln population],   var = φ μ;   alarm where y > U and there were enough cases
 * @param input  counts, calendar, population   @param options  parameters by their names in R
 * @param range  time points to judge; all where absent
 * @returns one point for each time point of the range; undecided where the series does not reach back b years, or where the
 * model does not settle. The score is (y − m) / (U − m), above 1 at an alarm; m is μ for `delta` and ln μ for the other two
 * bounds, as the R package has it
 * @throws RangeError where a parameter is out of its domain
 * Assumptions: three to five years of weekly history; outbreaks in them are rare enough to be weighed down. Reporting delays
 * are not corrected.
 * Method: quasi-Poisson fit in closed form by season level, weights from Anscombe residuals, second fit; about 10 steps of
 * O(n) a time point; no randomness.
 * Source: Farrington et al. 1996, doi:10.2307/2983331; Noufaily et al. 2013, doi:10.1002/sim.5595; Salmon et al. 2016,
 * doi:10.18637/jss.v070.i10
 * @example detectFarringtonFlexible({ counts: Array(300).fill(7), calendar: { kind: 'numbered', pointsPerYear: 52 } }, { thresholdMethod: 'nbPlugin' }).at(-1)?.upperBound // 12
 */
export const detectFarringtonFlexible = (
  input: FlexibleInput,
  options: FlexibleOptions = {},
  range: MonitoredRange = { first: 0, last: input.counts.length - 1 },
): FlexiblePoint[] => {
  const all = withDefaults(options)
  const result: FlexiblePoint[] = []
  let workspace = createWorkspace(0, 0)
  for (let t = range.first; t <= range.last; t++) {
    const reference = referenceOf(input, t, all)
    const size = reference?.counts.length ?? 0
    if (size > 0 && size !== workspace.size) workspace = createWorkspace(size, all.noPeriods)
    const offset = Math.log(input.population?.[t] ?? 1)
    const baseline = reference && size > 0 ? baselineAt(reference, t, offset, all, workspace) : undefined
    result.push(judge(input, t, all, baseline))
  }
  return result
}

const judge = (
  input: FlexibleInput,
  t: number,
  options: Options,
  baseline: Baseline | undefined,
): FlexiblePoint => {
  const observed = input.counts[t] ?? 0
  if (baseline === undefined) return silent(observed)
  const { predicted, trend } = baseline
  const { upper, pValue } = boundOf(predicted, observed, options)
  const centre = options.thresholdMethod === 'delta' ? predicted.mean : Math.log(predicted.mean)
  const score = (observed - centre) / (upper - centre)
  const enough = hasEnoughCases(input.counts, t, options.limit54)
  return {
    observed,
    expected: enough ? predicted.mean : null,
    upperBound: enough ? upper : null,
    score: Number.isFinite(score) ? score : null,
    alarm: enough && score > 1 && observed > 0,
    mean: predicted.mean,
    dispersion: predicted.dispersion,
    trend,
    pValue,
  }
}

/** Whether the last time points, the one judged included, hold enough cases for an alarm to mean something. */
export const hasEnoughCases = (
  counts: readonly number[],
  t: number,
  [cases, points]: readonly [number, number],
): boolean => {
  let sum = 0
  for (let i = Math.max(0, t - points + 1); i <= t; i++) sum += counts[i] ?? 0
  return sum >= cases
}
