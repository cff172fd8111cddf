import { requireDomain } from '#src/numerics/domain.ts'
import { normalUpperQuantile } from '#src/numerics/normal.ts'
import { type PowerTransform, transformedBound } from './farrington-bounds.ts'
import { fitReweighted, slopePValue } from './farrington-fit.ts'
import { type FlexibleInput, hasEnoughCases } from './farrington-flexible.ts'
import { type GroupedCounts, predictGrouped } from './grouped-poisson.ts'
import { type DetectedPoint, type MonitoredRange, undecided } from './point.ts'
import { windowPoints } from './reference-points.ts'

/** Defaults are those of `algo.farrington` of the R package surveillance. */
export type FarringtonOptions = {
  /** Years of reference, 5. */
  readonly b?: number
  /** Half width of the window about the same time of the year, 3. */
  readonly w?: number
  readonly reweight?: boolean
  /** Two-sided level, 0.05: the bound is the quantile at 1 − α / 2. */
  readonly alpha?: number
  readonly trend?: boolean
  /** No alarm with fewer than [cases] within the last [time points], [5, 4]. */
  readonly limit54?: readonly [cases: number, points: number]
  readonly powerTransform?: PowerTransform
}

/** A trend is kept where its p-value is below. */
const trendLevel = 0.05

const outbreakResidual = 1

type Options = Required<FarringtonOptions>

const fitBaseline = (input: FlexibleInput, t: number, { b, w, trend, reweight }: Options) => {
  const points = windowPoints(input.calendar, t, b, w)
  if (points.length < 3) return undefined
  const { population } = input
  const reference: GroupedCounts = {
    counts: Float64Array.from(points, (point) => input.counts[point] ?? 0),
    times: Float64Array.from(points),
    groups: new Uint8Array(points.length),
    groupCount: 1,
    withTrend: trend,
    offset:
      population === undefined
        ? undefined
        : Float64Array.from(points, (point) => Math.log(population[point] ?? 1)),
  }
  const threshold = reweight ? outbreakResidual : undefined
  const offset = Math.log(population?.[t] ?? 1)
  const fitted = fitReweighted(reference, threshold)
  if (fitted === undefined || !fitted.withTrend) return fitted && { fitted, offset }
  const { fit } = fitted
  const pValue = slopePValue(fit, fit.dispersion)
  const mean = Math.exp(predictGrouped(fit, 0, t, offset).predictor)
  const keeps =
    b >= 3 && pValue < trendLevel && mean <= reference.counts.reduce((most, y) => Math.max(most, y), 0)
  if (keeps) return { fitted, offset }
  const flat = fitReweighted({ ...reference, withTrend: false }, threshold)
  return flat && { fitted: flat, offset }
}

/**
 * Farrington's method of 1996: is a count above what the same weeks of earlier years let expect?
 *   ln μ = a + b t [+ ln population],   var = φ μ;   U = (μ^p + z √v)^(1/p);   alarm where y > U and there were enough cases
 * @param input  counts, calendar, population   @param options  parameters by their names in R
 * @param range  time points to judge; all where absent
 * @returns one point for each time point of the range; undecided before time point b years − w. The score is
 * (y − μ) / (U − μ), above 1 at an alarm
 * @throws RangeError where a parameter is out of its domain
 * Assumptions and limits: as the flexible version, with fewer reference counts and hence a wider bound. α is two-sided here
 * and one-sided there.
 * Method: as the flexible version, with one level.
 * Source: Farrington et al. 1996, doi:10.2307/2983331
 * @example detectFarrington({ counts: Array(300).fill(7), calendar: { kind: 'numbered', pointsPerYear: 52 } }).at(-1)?.expected?.toFixed(9) // '7.000000000'
 */
export const detectFarrington = (
  input: FlexibleInput,
  options: FarringtonOptions = {},
  range: MonitoredRange = { first: 0, last: input.counts.length - 1 },
): DetectedPoint[] => {
  const all: Options = {
    b: 5,
    w: 3,
    reweight: true,
    alpha: 0.05,
    trend: true,
    limit54: [5, 4],
    powerTransform: '2/3',
    ...options,
  }
  requireDomain(Number.isInteger(all.b) && all.b >= 1, `${all.b} years of reference`)
  requireDomain(Number.isInteger(all.w) && all.w >= 0, `a half window of ${all.w}`)
  requireDomain(all.alpha > 0 && all.alpha < 1, `a level of ${all.alpha}`)
  const z = normalUpperQuantile(all.alpha / 2)
  const pointsPerYear =
    input.calendar.kind === 'dates' ? 365.25 / input.calendar.spacingDays : input.calendar.pointsPerYear
  const result: DetectedPoint[] = []
  for (let t = range.first; t <= range.last; t++) {
    const observed = input.counts[t] ?? 0
    const baseline =
      t + 1 < all.b * Math.floor(pointsPerYear) - all.w ? undefined : fitBaseline(input, t, all)
    result.push(baseline === undefined ? undecided(observed) : judge(input, t, { ...all, z }, baseline))
  }
  return result
}

const judge = (
  input: FlexibleInput,
  t: number,
  options: Options & { readonly z: number },
  { fitted, offset }: NonNullable<ReturnType<typeof fitBaseline>>,
): DetectedPoint => {
  const observed = input.counts[t] ?? 0
  if (!hasEnoughCases(input.counts, t, options.limit54)) return undecided(observed)
  const { predictor, unitVariance } = predictGrouped(fitted.fit, 0, t, offset)
  const mean = Math.exp(predictor)
  const logError = Math.sqrt(unitVariance * fitted.dispersion)
  const { upper } = transformedBound({ mean, logError, dispersion: fitted.dispersion }, observed, options)
  const score = (observed - mean) / (upper - mean)
  if (!Number.isFinite(score)) return undecided(observed)
  return { observed, expected: mean, upperBound: upper, score, alarm: score > 1 }
}
