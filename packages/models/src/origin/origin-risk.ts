import { addUp } from './add-up.ts'
import { expectedByDestination } from './expected-cases.ts'
import type { ExposedArrivals } from './exposed-arrivals.ts'
import type { FitInput } from './fit-input.ts'
import { fitRisk, type RiskFit } from './fit-risk.ts'
import { flowPanel, inflowPanel } from './flow-panel.ts'
import { type DeclaredArrivals, mixFlows, withOrigins } from './mix-flows.ts'
import {
  type CaseReports,
  type DailyCases,
  dailyCases,
  type FlowSeries,
  type InflowSeries,
} from './origin-data.ts'
import { estimateErrorSize, type PastForecast } from './past-forecasts.ts'
import { pressureOfOrigins } from './pressure.ts'
import { defaultRiskSettings, type RiskSettings } from './risk-settings.ts'
import { sourceRegions } from './source-regions.ts'
import { transitShares } from './transit.ts'

/** What a risk is computed from. Nothing dated after the day as of which it is computed is read. */
export type RiskData = {
  readonly flows: readonly FlowSeries[]
  readonly cases: readonly CaseReports[]
  /** Everybody who came to a place, for those who pass through it; where it is not known the flows are added up. */
  readonly inflows?: readonly InflowSeries[]
  readonly declared?: readonly DeclaredArrivals[]
  /** People who live in a place, > 0. */
  readonly populationOf: (place: string) => number
  /** Places that are alike before their own cases are known, such as those of a province. */
  readonly regionOf: (place: string) => string
}

/** Everything known by a day, fitted, and carried on over the days to come. */
export type OriginRisk = {
  readonly asOfDay: number
  /** Arrivals by exposure region, on the days from the first flow to the horizon. */
  readonly arrivals: ExposedArrivals
  readonly fit: RiskFit
  /** Size of the errors that forecasts have beside those of the factors; see `estimateErrorSize`. */
  readonly errorSize: number
  /** Past forecasts from which it comes. */
  readonly pastForecasts: number
}

type AsOf = { readonly arrivals: ExposedArrivals; readonly input: FitInput; readonly fit: RiskFit }

const exposedAsOf = (
  data: RiskData,
  asOfDay: number,
  horizonDays: number,
  settings: RiskSettings,
): ExposedArrivals => {
  const declared = (data.declared ?? []).filter(({ day }) => day <= asOfDay)
  const named = declared.flatMap((group) => [
    ...(group.declared ?? []),
    ...(group.domicile === null ? [] : [group.domicile]),
  ])
  const direct = withOrigins(flowPanel(data.flows, asOfDay, horizonDays), named)
  const reports = new Map(data.cases.map((each) => [each.place, each]))
  const pressure = pressureOfOrigins(
    direct.origins.map((place) => ({
      reports: reports.get(place) ?? null,
      population: data.populationOf(place),
      region: data.regionOf(place),
    })),
    direct.span,
    asOfDay,
    settings.pressure,
  ).map((values) => values.map((value) => value * settings.peoplePerUnit))
  const inflows = inflowPanel(data.inflows ?? [], direct.span, asOfDay)
  const transit = transitShares(direct, pressure, inflows, settings)
  return { panel: mixFlows(direct, transit, declared, asOfDay, data.regionOf), pressure }
}

const fitAsOf = (data: RiskData, asOfDay: number, horizonDays: number, settings: RiskSettings): AsOf => {
  const arrivals = exposedAsOf(data, asOfDay, horizonDays, settings)
  const { span, destinations } = arrivals.panel
  const known = { firstDay: span.firstDay, days: asOfDay - span.firstDay + 1 }
  const reports = new Map(data.cases.map((each) => [each.place, each]))
  const cases = destinations.map((place): DailyCases | null => {
    const own = reports.get(place)
    const first = own?.days[0]
    return own && first !== undefined && first <= asOfDay ? dailyCases(own, known) : null
  })
  const regionsApart = sourceRegions(
    data.cases.map(({ place, days, cumulative }) => ({
      region: data.regionOf(place),
      cases: cumulative[days.findLastIndex((day) => day <= asOfDay)] ?? 0,
      population: data.populationOf(place),
    })),
  )
  const isSource = (place: string): boolean => regionsApart.has(data.regionOf(place))
  const input = {
    arrivals,
    cases,
    sourceOrigins: arrivals.panel.origins.map(isSource),
    sources: destinations.map(isSource),
    knownDays: known.days,
    regions: destinations.map(data.regionOf),
  }
  return { arrivals, input, fit: fitRisk(input, settings) }
}

/** Cases known before past forecasts are taken as a guide to later ones. */
const leastCases = 200

/** What the model would have said one horizon earlier, beside what has been seen since. */
const pastForecasts = (then: AsOf, now: AsOf, horizonDays: number): PastForecast[] => {
  const from = then.input.knownDays
  const known = then.input.cases.map((each, at) => (then.input.sources[at] ? 0 : addUp(each?.counts ?? [])))
  if (addUp(known) < leastCases) return []
  const at = new Map(now.arrivals.panel.destinations.map((place, index) => [place, index]))
  const shift = then.arrivals.panel.span.firstDay - now.arrivals.panel.span.firstDay
  const expected = expectedByDestination(then.arrivals, then.fit)
  return then.arrivals.panel.destinations.flatMap((place, index) => {
    const cases = now.input.cases[at.get(place) ?? -1]
    const last = shift + from + horizonDays
    if (!cases || now.input.sources[at.get(place) ?? -1] || cases.lastIndex < last - 1) return []
    const mean = addUp(expected[index]?.subarray(from, from + horizonDays) ?? [])
    const count = Math.round(addUp(cases.counts.subarray(shift + from, last)))
    return mean > 1e-9 ? [{ count, mean, shape: then.fit.places[index]?.shape ?? 1 }] : []
  })
}

/**
 * Confirmed cases that arrivals bring, by the region where they were exposed, with the errors that such forecasts have.
 *   E_oj(t) = λ(t) u_j v_o Σ_s X_oj(s) p_o(s) g(t − s)
 * X arrivals (people), p infection pressure of the origin, g confirmed cases by days after arrival, v, u, λ factors of origin,
 * destination and day, each pulled towards those above it where there is little to learn from
 * @param data  flows (people or index points a day), cumulated cases, declarations   @param asOfDay  days since 1970-01-01;
 *   nothing later is read   @param horizonDays  days to look ahead, ≥ 1   @param settings  delays and priors
 * @returns the fitted state; rows come from `predictRisk`
 * @throws RangeError where no flow is known by the day, or a value is out of its domain
 * Assumptions: cases of a destination come from arrivals and from those they infect there; public counts do not tell the two
 * apart, so both are “imported” here. Travellers are as infected as those who stay. Arrivals go on as in the last week.
 * Method: factors by three rounds of expectation and maximisation; O(pairs × days). The spread of errors is that of the
 * forecast one horizon earlier, so that everything is fitted twice.
 * Source: importation after Du et al. 2020, doi:10.3201/eid2605.200146; shrinkage after Clayton and Kaldor 1987,
 * doi:10.2307/2532003; the mixing of regions is ours
 */
export const originRisk = (
  data: RiskData,
  asOfDay: number,
  horizonDays: number,
  settings: RiskSettings = defaultRiskSettings,
): OriginRisk => {
  if (!(Number.isInteger(horizonDays) && horizonDays >= 1))
    throw new RangeError(`a horizon of ${horizonDays} days`)
  const now = fitAsOf(data, asOfDay, horizonDays, settings)
  const before = asOfDay - horizonDays
  const past = data.flows.some(({ firstDay, values }) => firstDay <= before && values.length > 0)
    ? pastForecasts(fitAsOf(data, before, horizonDays, settings), now, horizonDays)
    : []
  const { arrivals, fit } = now
  return { asOfDay, arrivals, fit, errorSize: estimateErrorSize(past), pastForecasts: past.length }
}
