import type { FlowPanel } from './flow-panel.ts'
import { unlistedShare } from './flow-panel.ts'

/** Arrivals with their infection pressure: how many who come on a day will be confirmed, but for the factors. */
export type ExposedArrivals = {
  readonly panel: FlowPanel
  /** Cases a day and unit of flow, by origin and day. */
  readonly pressure: readonly Float64Array[]
}

/**
 * Σ over days of exposed arrivals times weights, by origin.
 * @param arrivals  panel and pressure   @param destination  its index   @param weights  one for each day of the panel
 * @returns Σ_s (F_oj(s) + ε O_o(s)) p_o(s) w(s) by origin; ε O is the least flow, that of pairs a ranking leaves out
 */
export const weighArrivals = (
  { panel, pressure }: ExposedArrivals,
  destination: number,
  weights: Float64Array,
): Float64Array => {
  const row = panel.flows[destination]
  return Float64Array.from(panel.origins, (_, origin) => {
    const flow = row?.[origin]
    const p = pressure[origin]
    const outflow = panel.outflows[origin]
    if (!p || !outflow) return 0
    let sum = 0
    for (let day = 0; day < weights.length; day++) {
      const weight = (weights[day] ?? 0) * (p[day] ?? 0)
      if (weight !== 0) sum += weight * ((flow?.[day] ?? 0) + unlistedShare * (outflow[day] ?? 0))
    }
    return sum
  })
}

/**
 * Exposed arrivals of a destination by day, all origins together.
 * @param factors  by origin
 * @returns Σ_o v_o (F_oj(s) + ε O_o(s)) p_o(s) by day
 */
export const arrivalsByDay = (
  { panel, pressure }: ExposedArrivals,
  destination: number,
  factors: ArrayLike<number>,
): Float64Array => {
  const sums = new Float64Array(panel.span.days)
  for (let origin = 0; origin < panel.origins.length; origin++) {
    const flow = panel.flows[destination]?.[origin]
    const p = pressure[origin]
    const outflow = panel.outflows[origin]
    const factor = factors[origin] ?? 1
    if (!p || !outflow) continue
    for (let day = 0; day < sums.length; day++)
      sums[day] =
        (sums[day] ?? 0) + factor * (p[day] ?? 0) * ((flow?.[day] ?? 0) + unlistedShare * (outflow[day] ?? 0))
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
