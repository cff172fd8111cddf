import { arrivalsByDay, confirmedByDay, type ExposedArrivals } from './exposed-arrivals.ts'
import type { RiskFit } from './fit-risk.ts'
import { unlistedShare } from './flow-panel.ts'

/** Expected confirmed cases by destination and day of the panel, all origins together. */
export const expectedByDestination = (arrivals: ExposedArrivals, fit: RiskFit): Float64Array[] => {
  const factors = fit.origins.map(({ mean }) => mean)
  return arrivals.panel.destinations.map((_, destination) => {
    const place = fit.places[destination]?.mean ?? 1
    return confirmedByDay(arrivalsByDay(arrivals, destination, factors), fit.kernel).map(
      (value, day) => value * place * (fit.level[day] ?? 1),
    )
  })
}

/**
 * Expected confirmed cases of one origin in one destination on some days of the panel.
 * @param from  first day, as index   @param to  the day after the last
 * @returns cases by day, from `from` on; over all origins they add up to `expectedByDestination`
 */
export const expectedOfPair = (
  { panel, pressure }: ExposedArrivals,
  fit: RiskFit,
  pair: { readonly origin: number; readonly destination: number },
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array => {
  const flow = panel.flows[pair.destination]?.[pair.origin]
  const p = pressure[pair.origin]
  const outflow = panel.outflows[pair.origin]
  const factor = (fit.origins[pair.origin]?.mean ?? 1) * (fit.places[pair.destination]?.mean ?? 1)
  const first = Math.max(0, from - fit.kernel.length + 1)
  const exposed = new Float64Array(to - first)
  for (let day = first; day < to; day++)
    exposed[day - first] = (p?.[day] ?? 0) * ((flow?.[day] ?? 0) + unlistedShare * (outflow?.[day] ?? 0))
  return Float64Array.from({ length: to - from }, (_, at) => {
    let sum = 0
    const end = from - first + at
    const longest = Math.min(end, fit.kernel.length - 1)
    for (let lag = 0; lag <= longest; lag++) sum += (exposed[end - lag] ?? 0) * (fit.kernel[lag] ?? 0)
    return sum * factor * (fit.level[from + at] ?? 1)
  })
}
