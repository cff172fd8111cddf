import { type FlowPanel, unlistedShare } from './flow-panel.ts'

/** Arrivals with their infection pressure: how many who come on a day will be confirmed, but for the factors. */
export type ExposedArrivals = {
  readonly panel: FlowPanel
  /** Cases a day and unit of flow, by origin and day. */
  readonly pressure: readonly Float64Array[]
}

const noDays = new Float64Array(0)

/**
 * Least arrivals, the same for every destination: a ranking leaves out the small, so that none is taken to be without any.
 * @param weights  one for each day of the panel
 * @returns Σ_s ε O_o(s) p_o(s) w(s) by origin, O all who leave its region
 */
export const weighUnlisted = ({ panel, pressure }: ExposedArrivals, weights: Float64Array): Float64Array =>
  Float64Array.from(panel.origins, (_, origin) => {
    const outflow = panel.outflows[origin] ?? noDays
    const p = pressure[origin] ?? noDays
    let sum = 0
    for (let day = 0; day < weights.length; day++)
      sum += (weights[day] ?? 0) * (p[day] ?? 0) * (outflow[day] ?? 0)
    return unlistedShare * sum
  })

/**
 * Σ over days of exposed arrivals times weights, by origin.
 * @param arrivals  panel and pressure   @param destination  its index   @param weights  one for each day of the panel
 * @param unlisted  `weighUnlisted` of the same weights
 * @returns Σ_s (F_oj(s) + ε O_o(s)) p_o(s) w(s) by origin
 */
export const weighArrivals = (
  { panel, pressure }: ExposedArrivals,
  destination: number,
  weights: Float64Array,
  unlisted: Float64Array,
): Float64Array => {
  const sums = unlisted.slice()
  for (const [origin, flow] of (panel.flows[destination] ?? []).entries()) {
    const p = pressure[origin]
    if (flow === null || !p) continue
    let sum = 0
    for (let day = 0; day < weights.length; day++)
      sum += (weights[day] ?? 0) * (p[day] ?? 0) * (flow[day] ?? 0)
    sums[origin] = (sums[origin] ?? 0) + sum
  }
  return sums
}

/**
 * Least arrivals by day, all origins together; see `weighUnlisted`.
 * @param factors  by origin
 * @returns Σ_o v_o ε O_o(s) p_o(s) by day
 */
export const unlistedByDay = (
  { panel, pressure }: ExposedArrivals,
  factors: ArrayLike<number>,
): Float64Array => {
  const sums = new Float64Array(panel.span.days)
  for (const [origin, outflow] of panel.outflows.entries()) {
    const p = pressure[origin] ?? noDays
    const factor = unlistedShare * (factors[origin] ?? 1)
    for (let day = 0; day < sums.length; day++)
      sums[day] = (sums[day] ?? 0) + factor * (p[day] ?? 0) * (outflow[day] ?? 0)
  }
  return sums
}

/**
 * Exposed arrivals of a destination by day, all origins together.
 * @param factors  by origin   @param unlisted  `unlistedByDay` of the same factors
 * @returns Σ_o v_o (F_oj(s) + ε O_o(s)) p_o(s) by day
 */
export const arrivalsByDay = (
  { panel, pressure }: ExposedArrivals,
  destination: number,
  factors: ArrayLike<number>,
  unlisted: Float64Array,
): Float64Array => {
  const sums = unlisted.slice()
  for (const [origin, flow] of (panel.flows[destination] ?? []).entries()) {
    const p = pressure[origin]
    if (flow === null || !p) continue
    const factor = factors[origin] ?? 1
    for (let day = 0; day < sums.length; day++)
      sums[day] = (sums[day] ?? 0) + factor * (p[day] ?? 0) * (flow[day] ?? 0)
  }
  return sums
}

/** Σ_l x(t − l) g(l): what arrivals give by day of confirmation. */
export const confirmedByDay = (arrivals: Float64Array, kernel: Float64Array): Float64Array =>
  arrivals.map((_, day) => {
    let sum = 0
    const longest = Math.min(day, kernel.length - 1)
    for (let lag = 0; lag <= longest; lag++) sum += (arrivals[day - lag] ?? 0) * (kernel[lag] ?? 0)
    return sum
  })

/** Σ_t w(t) g(t − s): what an arrival on day s weighs, where its confirmation on day t weighs w(t). */
export const weightsOfArrival = (weights: Float64Array, kernel: Float64Array): Float64Array =>
  weights.map((_, day) => {
    let sum = 0
    const longest = Math.min(weights.length - 1 - day, kernel.length - 1)
    for (let lag = 0; lag <= longest; lag++) sum += (weights[day + lag] ?? 0) * (kernel[lag] ?? 0)
    return sum
  })
