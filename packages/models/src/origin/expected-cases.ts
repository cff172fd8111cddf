import { arrivalsByDay, confirmedByDay, type ExposedArrivals, unlistedByDay } from './exposed-arrivals.ts'
import type { RiskFit } from './fit-risk.ts'
import { unlistedShare } from './flow-panel.ts'

/** Expected confirmed cases by destination and day of the panel, all origins together. */
export const expectedByDestination = (arrivals: ExposedArrivals, fit: RiskFit): Float64Array[] => {
  const factors = fit.origins.map(({ mean }) => mean)
  const unlisted = unlistedByDay(arrivals, factors)
  return arrivals.panel.destinations.map((_, destination) => {
    const place = fit.places[destination]?.mean ?? 1
    return confirmedByDay(arrivalsByDay(arrivals, destination, factors, unlisted), fit.kernel).map(
      (value, day) => value * place * (fit.level[day] ?? 1),
    )
  })
}

/** Days of the panel: the first, as index, and the one after the last. */
export type PanelDays = { readonly from: number; readonly to: number }

/** Confirmed cases of an origin on some days, before the factor of the destination. */
const confirmed = (
  { pressure }: ExposedArrivals,
  fit: RiskFit,
  origin: number,
  flow: Float64Array,
  { from, to }: PanelDays,
): Float64Array => {
  const p = pressure[origin]
  const factor = fit.origins[origin]?.mean ?? 1
  const first = Math.max(0, from - fit.kernel.length + 1)
  const exposed = Float64Array.from(
    { length: to - first },
    (_, at) => (p?.[first + at] ?? 0) * (flow[first + at] ?? 0),
  )
  return Float64Array.from({ length: to - from }, (_, at) => {
    let sum = 0
    const end = from - first + at
    const longest = Math.min(end, fit.kernel.length - 1)
    for (let lag = 0; lag <= longest; lag++) sum += (exposed[end - lag] ?? 0) * (fit.kernel[lag] ?? 0)
    return sum * factor * (fit.level[from + at] ?? 1)
  })
}

/**
 * Expected confirmed cases of each origin in each destination.
 * @param days  days of confirmation
 * @returns a function of the indices of origin and destination that gives cases by day; over all origins they add up to
 *   `expectedByDestination`
 */
export const pairExpectations = (
  arrivals: ExposedArrivals,
  fit: RiskFit,
  days: PanelDays,
): ((origin: number, destination: number) => Float64Array) => {
  const { flows, outflows } = arrivals.panel
  const unlisted = outflows.map((outflow, origin) =>
    confirmed(arrivals, fit, origin, outflow, days).map((value) => value * unlistedShare),
  )
  return (origin, destination) => {
    const flow = flows[destination]?.[origin]
    const place = fit.places[destination]?.mean ?? 1
    const least = unlisted[origin] ?? new Float64Array(days.to - days.from)
    if (!flow) return least.map((value) => value * place)
    return confirmed(arrivals, fit, origin, flow, days).map((value, at) => (value + (least[at] ?? 0)) * place)
  }
}
