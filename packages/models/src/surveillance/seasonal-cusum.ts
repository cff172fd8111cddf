import { requireDomain } from '#src/numerics/domain.ts'
import { type CusumOptions, detectCusum } from './glr-cusum.ts'
import type { DetectedPoint, MonitoredRange } from './point.ts'
import { estimateSeasonalMean, type SeasonalOptions } from './seasonal-mean.ts'

export type SeasonalCusumOptions = Omit<CusumOptions, 'alpha'> &
  SeasonalOptions & {
    readonly law: 'poisson' | 'negative-binomial'
    /** Dispersion of var = m + α m²; estimated by maximum likelihood where absent, 0 for Poisson. */
    readonly alpha?: number | undefined
    /** Estimate the mean again after each alarm, with all counts up to it. */
    readonly refit: boolean
  }

/**
 * Cumulated likelihood ratio about a seasonal mean that is estimated from the counts before the range.
 * @param counts  cases per time point   @param exposure  persons screened or at risk, > 0; then means are exposure × rate
 * @param range  time points to judge, from 0; all before are the training period
 * @returns one point for each time point of the range
 * @throws RangeError where the training period is too short or without a case, or a parameter is out of its domain
 * Method and limits: as `detectCusum` and `estimateSeasonalMean`.
 * Source: Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015
 * @example detectSeasonalCusum([3, 2, 4, 3, 3, 9], undefined, { first: 5, last: 5 }, { law: 'poisson', harmonics: 0, trend: false, pointsPerYear: 52, refit: false })[0]?.expected // 3
 */
export const detectSeasonalCusum = (
  counts: readonly number[],
  exposure: readonly number[] | undefined,
  range: MonitoredRange,
  options: SeasonalCusumOptions,
): DetectedPoint[] => {
  requireDomain(
    exposure === undefined || exposure.every((size) => size > 0),
    'an exposure that is not above 0',
  )
  const { law } = options
  const meansFrom = (first: number) =>
    estimateSeasonalMean(counts, exposure, first - 1, { first, last: range.last }, law, options)
  const initial = meansFrom(range.first)
  const alpha = law === 'poisson' ? 0 : (options.alpha ?? initial.alpha)
  const points: DetectedPoint[] = []
  let means = initial.means
  let first = range.first
  for (;;) {
    const stretch = detectCusum(counts.slice(first, range.last + 1), means, { ...options, alpha })
    const alarm = options.refit ? stretch.findIndex((point) => point.alarm) : -1
    if (alarm < 0 || first + alarm >= range.last) return [...points, ...stretch]
    points.push(...stretch.slice(0, alarm + 1))
    first += alarm + 1
    means = meansFrom(first).means
  }
}
