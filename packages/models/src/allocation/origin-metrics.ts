import type { CovariateValues } from './prevalence-filter.ts'

/** What is published of an epidemic in an origin. */
export type OriginMetrics = { readonly positivesPerThousandTests: number; readonly casesPerMillion: number }

/** Published figures of a day are taken as known from the second day after it. */
export const metricLagDays = 2

/**
 * Covariates of `originMetricCovariates`: ln(1 + value), less the mean over origins that have one.
 * @param metrics  one entry an origin; null where nothing is published
 * @returns two values an origin; zeros, which say “as the average origin”, where there is none
 * @throws RangeError for a value below 0
 * @example metricCovariates([null, { positivesPerThousandTests: 5, casesPerMillion: 9 }]) // [[0, 0], [0, 0]]
 */
export const metricCovariates = (metrics: readonly (OriginMetrics | null)[]): CovariateValues => {
  const logs = metrics.map((each) => {
    if (each === null) return null
    const values = [each.positivesPerThousandTests, each.casesPerMillion]
    if (values.some((value) => !(value >= 0 && Number.isFinite(value))))
      throw new RangeError(`not a published figure: ${values.join(', ')}`)
    return values.map((value) => Math.log1p(value))
  })
  const known = logs.filter((each) => each !== null)
  const means = [0, 1].map((at) => known.reduce((sum, each) => sum + (each[at] ?? 0), 0) / known.length)
  return logs.map((each) => each?.map((value, at) => value - (means[at] ?? 0)) ?? [0, 0])
}
