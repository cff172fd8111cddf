import type { FlowPanel } from './flow-panel.ts'

export type TransitSettings = {
  /** Share of those who reach a place and leave it again within the days after. */
  readonly transitShare: number
  readonly transitDays: number
}

/** Shares of exposure regions among those who leave a place, by day; what is left was exposed in the place itself. */
export type TransitShares = {
  /** By the place of the last leg: exposure regions, as index of origin, with their share by day. */
  readonly byLastStop: ReadonlyMap<string, ReadonlyMap<number, Float64Array>>
}

/** Regions whose travellers are followed beyond their next stop: those with the most exposed travellers. */
const mostSources = 30

/** A place with fewer listed origins has no total of its own. */
const leastListed = 20

const sourcesOf = (panel: FlowPanel, pressure: readonly Float64Array[]): number[] =>
  panel.origins
    .map((_, origin) => {
      let exposed = 0
      const outflow = panel.outflows[origin]
      for (let day = 0; day < panel.span.days; day++)
        exposed += (outflow?.[day] ?? 0) * (pressure[origin]?.[day] ?? 0)
      return { origin, exposed }
    })
    .filter(({ exposed }) => exposed > 0)
    .sort((a, b) => b.exposed - a.exposed)
    .slice(0, mostSources)
    .map(({ origin }) => origin)

const totalOf = (row: readonly (Float64Array | null)[], days: number): Float64Array | null => {
  const listed = row.filter((flow) => flow !== null)
  if (listed.length < leastListed) return null
  const total = new Float64Array(days)
  for (const flow of listed)
    for (let day = 0; day < days; day++) total[day] = (total[day] ?? 0) + (flow[day] ?? 0)
  return total
}

/** Σ of the days before each day. */
const sumBefore = (values: Float64Array, width: number): Float64Array =>
  values.map((_, day) => {
    let sum = 0
    for (let back = 1; back <= Math.min(width, day); back++) sum += values[day - back] ?? 0
    return sum
  })

/**
 * Where those who leave a place were before: the matrix that lets a traveller by way of Guangzhou South count for Wuhan.
 *   q(h | g, s) = τ Σ_{l=1…k} F_hg(s − l) / Σ_{l=1…k} I_g(s − l),   I_g everybody who came to g
 * @param panel  flows   @param pressure  by origin and day, to choose the regions that matter
 * @param inflows  I by place and day; where absent, the sum of the flows into a place that lists 20 origins or more
 * @param settings  τ and k
 * @returns shares by last stop; a place whose inflow nobody gives has none, its travellers count for itself
 * Assumptions: those who come and those who leave within k days are mixed; τ is the same everywhere.
 * Limits: one stop. Macao and Hong Kong publish no inflow by origin in the index, so nobody is followed through them.
 * Source: the rule is ours
 */
export const transitShares = (
  panel: FlowPanel,
  pressure: readonly Float64Array[],
  inflows: ReadonlyMap<string, Float64Array>,
  { transitShare, transitDays }: TransitSettings,
): TransitShares => {
  const sources = sourcesOf(panel, pressure)
  const lastStops = new Set(panel.origins)
  const byLastStop = new Map<string, Map<number, Float64Array>>()
  for (const [destination, place] of panel.destinations.entries()) {
    const row = panel.flows[destination]
    if (!row || !lastStops.has(place)) continue
    const total = inflows.get(place) ?? totalOf(row, panel.span.days)
    if (!total) continue
    const came = sumBefore(total, transitDays)
    const shares = new Map<number, Float64Array>()
    for (const source of sources) {
      const flow = row[source]
      if (!flow || panel.origins[source] === place) continue
      const from = sumBefore(flow, transitDays)
      shares.set(
        source,
        from.map((value, day) =>
          (came[day] ?? 0) > 0 ? transitShare * Math.min(1, value / (came[day] ?? 1)) : 0,
        ),
      )
    }
    if (shares.size > 0) byLastStop.set(place, shares)
  }
  return { byLastStop }
}
