import { isPositive, requireDomain } from '#src/numerics/domain.ts'
import { normalCdf, normalQuantile } from '#src/numerics/normal.ts'
import { addUp } from './add-up.ts'

/** A line through logarithms, with the spread of what was seen about it. */
export type FlowRegression = {
  readonly level: number
  readonly slope: number
  /** Standard deviation of the residuals, natural logarithms. */
  readonly residualSd: number
  /** Share of the variance of ln(1 + cases) that the line explains, 0 to 1. */
  readonly r2: number
}

/**
 * The simplest model of cases by flow, kept to be compared with.
 *   ln(1 + cases) = a + b ln(flow) + e,   e ~ N(0, σ²)
 * @param flows  > 0, one a place   @param cases  ≥ 0, one a place
 * @returns level a, slope b, σ and r²
 * @throws RangeError with fewer than three places, a flow that is not positive, or flows that are all the same
 * Source: least squares; as in Jia et al. 2020, doi:10.1038/s41586-020-2284-y, without their covariates
 * @example fitFlowRegression([1, 2, 4], [0, 1, 3]).slope.toFixed(6) // '1.000000'
 */
export const fitFlowRegression = (flows: readonly number[], cases: readonly number[]): FlowRegression => {
  const n = flows.length
  requireDomain(n >= 3 && cases.length === n && flows.every(isPositive), `a line through ${n} places`)
  const x = flows.map(Math.log)
  const y = cases.map((count) => Math.log1p(count))
  const [meanX, meanY] = [addUp(x) / n, addUp(y) / n]
  const xx = addUp(x.map((value) => (value - meanX) ** 2))
  const yy = addUp(y.map((value) => (value - meanY) ** 2))
  const xy = addUp(x.map((value, at) => (value - meanX) * ((y[at] ?? 0) - meanY)))
  requireDomain(xx > 0, 'a line through flows that are all the same')
  const slope = xy / xx
  const rest = Math.max(0, yy - slope * xy)
  return {
    level: meanY - slope * meanX,
    slope,
    residualSd: Math.sqrt(rest / (n - 2)),
    r2: yy > 0 ? 1 - rest / yy : 0,
  }
}

/** What the line says of a place. */
export type FlowForecast = { readonly median: number; readonly low90: number; readonly high90: number }

const countAt = (logarithm: number): number => Math.max(0, Math.round(Math.expm1(logarithm)))

/**
 * Cases that the line forecasts for a flow: the median, and the whole numbers within which 90 % of the residuals lie.
 * @example forecastByFlow({ level: 0, slope: 1, residualSd: 0, r2: 1 }, 4).median // 3.0000000000000004
 */
export const forecastByFlow = (line: FlowRegression, flow: number): FlowForecast => {
  requireDomain(isPositive(flow), `a forecast for a flow of ${flow}`)
  const centre = line.level + line.slope * Math.log(flow)
  const reach = normalQuantile(0.95) * line.residualSd
  return {
    median: Math.max(0, Math.expm1(centre)),
    low90: countAt(centre - reach),
    high90: countAt(centre + reach),
  }
}

/**
 * Logarithm of the probability that the line gave to a count: the normal distribution between its halves.
 * @returns natural logarithm, of no less than 1e-12
 */
export const flowLogScore = (line: FlowRegression, flow: number, count: number): number => {
  const centre = line.level + line.slope * Math.log(flow)
  const below = (value: number): number => normalCdf((Math.log1p(value) - centre) / line.residualSd)
  return Math.log(Math.max(1e-12, below(count + 0.5) - (count > 0 ? below(count - 0.5) : 0)))
}
