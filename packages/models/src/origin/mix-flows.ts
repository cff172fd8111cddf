import { type Evidence, exposureRegion, learnShares, type Shares } from './exposure-region.ts'
import type { FlowPanel } from './flow-panel.ts'
import type { TransitShares } from './transit.ts'

/** Arrivals who were asked where they have been: a count of those who answered alike. */
export type DeclaredArrivals = Evidence & {
  /** Days since 1970-01-01. */
  readonly day: number
  /** Where they arrived; null where it is not said. */
  readonly destination: string | null
  /** Where they came from last. */
  readonly lastStop: string
  readonly count: number
}

/** Declarations speak for arrivals of so many days from theirs on. */
const declaredDays = 14

/** Arrivals for which the flows stand beside declarations. */
const flowConcentration = 20

const shareOn = (panel: FlowPanel, transit: TransitShares, lastStop: string, day: number): Shares => {
  const shares = new Map<string, number>()
  let rest = 1
  for (const [origin, values] of transit.byLastStop.get(lastStop) ?? []) {
    const share = values[day] ?? 0
    if (share === 0) continue
    shares.set(panel.origins[origin] ?? '', share)
    rest -= share
  }
  shares.set(lastStop, Math.max(0, rest))
  return shares
}

type Declared = ReadonlyMap<string, readonly DeclaredArrivals[]>

const groupsFor = (declared: Declared, place: string, lastStop: string): readonly DeclaredArrivals[] =>
  [place, ''].flatMap((each) => declared.get(`${each} ${lastStop}`) ?? [])

/** Steps of expectation and maximisation: what many declare alike is believed, though flows did not expect it. */
const declaredRounds = 12

const countedRegions = (prior: Shares, groups: readonly DeclaredArrivals[]): Shares => {
  const counts = new Map<string, number>()
  for (const group of groups)
    for (const [region, share] of exposureRegion(group.lastStop, prior, group))
      counts.set(region, (counts.get(region) ?? 0) + share * group.count)
  return counts
}

/** Shares on a day, learned from the declarations of the fortnight before it. */
const learnedOn = (prior: Shares, groups: readonly DeclaredArrivals[], dayNumber: number): Shares => {
  const recent = groups.filter(({ day }) => day <= dayNumber && day > dayNumber - declaredDays)
  if (recent.length === 0) return prior
  let shares = prior
  for (let round = 0; round < declaredRounds; round++)
    shares = learnShares(prior, flowConcentration, countedRegions(shares, recent))
  return shares
}

/** Travellers of each origin who leave its region, by day: what neighbours exchange says nothing about those far away. */
const leavingRegion = (
  panel: FlowPanel,
  flows: FlowPanel['flows'],
  regionOf: (place: string) => string,
): Float64Array[] => {
  const outflows = panel.origins.map(() => new Float64Array(panel.span.days))
  const originRegions = panel.origins.map(regionOf)
  for (const [destination, row] of flows.entries()) {
    const region = regionOf(panel.destinations[destination] ?? '')
    for (const [origin, flow] of row.entries()) {
      const outflow = outflows[origin]
      if (!flow || !outflow || originRegions[origin] === region) continue
      for (let day = 0; day < flow.length; day++) outflow[day] = (outflow[day] ?? 0) + (flow[day] ?? 0)
    }
  }
  return outflows
}

/**
 * Arrivals by the region where they may have been exposed, in place of their last stop.
 *   X_hj(s) = Σ_g F_gj(s) q̂_j(h | g, s),   q̂ from q and the declarations by twelve steps of expectation and maximisation
 * @param panel  flows by last stop; its origins hold every place that is declared   @param transit  q, from flows
 * @param declared  counts of arrivals by declaration, by day; those of the last fortnight count, those after the last
 *   known day do not
 * @param asOfDay  the last day known   @param regionOf  places near each other
 * @returns the panel with flows by exposure region, and as outflow those who leave the region of their origin; arrivals add up to what they were
 */
export const mixFlows = (
  panel: FlowPanel,
  transit: TransitShares,
  declared: readonly DeclaredArrivals[],
  asOfDay: number,
  regionOf: (place: string) => string,
): FlowPanel => {
  const known = declared.filter(({ day }) => day <= asOfDay)
  const byPair = Map.groupBy(known, ({ destination, lastStop }) => `${destination ?? ''} ${lastStop}`)
  const indexOf = new Map(panel.origins.map((place, at) => [place, at]))
  const { days, firstDay } = panel.span
  const flows = panel.flows.map((row, destination) => {
    const mixed = row.map((flow) => (flow === null ? null : flow.slice()))
    const place = panel.destinations[destination] ?? ''
    const move = (from: number, to: number, day: number, amount: number): void => {
      if (from === to || !(amount > 0)) return
      const source = mixed[from]
      const target = mixed[to] ?? new Float64Array(days)
      mixed[to] = target
      target[day] = (target[day] ?? 0) + amount
      if (source) source[day] = Math.max(0, (source[day] ?? 0) - amount)
    }
    for (const [from, flow] of row.entries()) {
      const lastStop = panel.origins[from] ?? ''
      if (flow === null) continue
      const groups = groupsFor(byPair, place, lastStop)
      const transits = transit.byLastStop.get(lastStop)
      if (groups.length === 0) {
        for (const [to, shares] of transits ?? [])
          for (let day = 0; day < days; day++) move(from, to, day, (flow[day] ?? 0) * (shares[day] ?? 0))
        continue
      }
      for (let day = 0; day < days; day++) {
        if (flow[day] === 0) continue
        const prior = shareOn(panel, transit, lastStop, day)
        const shares = learnedOn(prior, groups, Math.min(asOfDay, firstDay + day))
        for (const [region, share] of shares)
          move(from, indexOf.get(region) ?? from, day, (flow[day] ?? 0) * share)
      }
    }
    return mixed
  })
  const outflows = leavingRegion(panel, flows, regionOf)
  return { ...panel, flows, outflows }
}

/** The panel with further origins from which nobody came directly, so that arrivals can be counted for them. */
export const withOrigins = (panel: FlowPanel, places: Iterable<string>): FlowPanel => {
  const known = new Set(panel.origins)
  const added = [...new Set(places)].filter((place) => !known.has(place)).sort()
  return {
    ...panel,
    origins: [...panel.origins, ...added],
    flows: panel.flows.map((row) => [...row, ...added.map(() => null)]),
    outflows: [...panel.outflows, ...added.map(() => new Float64Array(panel.span.days))],
  }
}
