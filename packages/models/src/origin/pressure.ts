import { isPositive, requireDomain } from '#src/numerics/domain.ts'
import { type CaseReports, dailyCases, type Span } from './origin-data.ts'

/** How reported cases of an origin say how many of its travellers are infected. */
export type PressureSettings = {
  /** Days from infectiousness to publication of the case: reports of today tell of travellers so many days ago. */
  readonly reportingLagDays: number
  /** Days over which reports are averaged, an odd number. */
  readonly smoothingDays: number
  /** Fastest growth that an epidemic can have, per day; what reports rise faster is detection that catches up. */
  readonly fastestGrowthPerDay: number
  /** Growth expected before reports say otherwise, per day. */
  readonly priorGrowthPerDay: number
  /** Cases for which that expectation stands. */
  readonly priorCases: number
  /** Share of its growth that an epidemic keeps from one day to the next, where reports end. */
  readonly growthKept: number
}

/**
 * Detection lag 10 days and doubling in 7.31 days: Du et al. 2020, doi:10.3201/eid2605.200146. Fastest: doubling in 5 days,
 * the lower end of the 95 % interval of Li et al. 2020, doi:10.1056/NEJMoa2001316, is 4.2 to 14.2.
 */
export const coronavirusPressure: PressureSettings = {
  reportingLagDays: 10,
  smoothingDays: 5,
  fastestGrowthPerDay: Math.LN2 / 5,
  priorGrowthPerDay: Math.LN2 / 7.31,
  priorCases: 20,
  growthKept: 0.9,
}

const meanAround = (values: Float64Array, at: number, width: number): number => {
  const half = (width - 1) / 2
  let sum = 0
  let count = 0
  for (let day = Math.max(0, at - half); day <= Math.min(values.length - 1, at + half); day++) {
    sum += values[day] ?? 0
    count++
  }
  return sum / count
}

const sumOf = (values: Float64Array, from: number, to: number): number => {
  let sum = 0
  for (let day = Math.max(0, from); day < to; day++) sum += values[day] ?? 0
  return sum
}

/** Growth of the last two weeks per day, pulled towards the prior by its cases. */
const recentGrowth = (counts: Float64Array, end: number, settings: PressureSettings): number => {
  const { priorCases, priorGrowthPerDay, fastestGrowthPerDay } = settings
  const now = sumOf(counts, end - 7, end) + priorCases
  const before = sumOf(counts, end - 14, end - 7) + priorCases * Math.exp(-7 * priorGrowthPerDay)
  return Math.max(-fastestGrowthPerDay, Math.min(fastestGrowthPerDay, Math.log(now / before) / 7))
}

/**
 * Share of an origin's travellers who will be confirmed, by day of travel, but for a factor that all origins share.
 *   p(s) = ĉ(s + lag) / N,   ĉ the smoothed new cases a day; never less than p(s + 1) e^(−r_max);
 *   where reports end, p grows on with the rate of the last fortnight, which fades
 * @param reports  cumulated cases of the origin   @param population  > 0 people
 * @param span  days wanted   @param asOfDay  the last day known; later reports are not read
 * @returns cases a day and person, one value for each day of the span, ≥ 0
 * @throws RangeError where the population is not positive
 * Assumptions: travellers are as infected as those who stay; the lag does not change. Detection that is worse than elsewhere
 * is left to the factor of the origin, see `learnOrigins`.
 * Source: back-shifting by the detection lag as in Du et al. 2020, doi:10.3201/eid2605.200146
 */
export const originPressure = (
  reports: CaseReports,
  population: number,
  span: Span,
  asOfDay: number,
  settings: PressureSettings = coronavirusPressure,
): Float64Array => {
  requireDomain(isPositive(population), `a population of ${population}`)
  const { reportingLagDays: lag, smoothingDays, fastestGrowthPerDay, growthKept } = settings
  const known = asOfDay - span.firstDay + 1
  const { counts, lastIndex } = dailyCases(reports, { firstDay: span.firstDay, days: known })
  const end = Math.min(known, lastIndex + 1)
  const pressure = new Float64Array(span.days)
  if (end <= 0) return pressure
  const lastKnown = Math.max(0, end - 1 - lag)
  const reported = counts.subarray(0, end)
  let growth = recentGrowth(reported, end, settings)
  for (let day = 0; day < span.days; day++) {
    if (day <= lastKnown)
      pressure[day] = meanAround(reported, Math.min(day + lag, end - 1), smoothingDays) / population
    else {
      pressure[day] = (pressure[day - 1] ?? 0) * Math.exp(growth)
      growth *= growthKept
    }
  }
  const fall = Math.exp(-fastestGrowthPerDay)
  for (let day = lastKnown - 1; day >= 0; day--)
    pressure[day] = Math.max(pressure[day] ?? 0, (pressure[day + 1] ?? 0) * fall)
  return pressure
}

/** Reports and people of an origin, for what origins of one region share. */
export type OriginCases = {
  readonly reports: CaseReports | null
  readonly population: number
  readonly region: string
}

/** People whose cases the region stands for in each origin. */
export const regionPeople = 200_000

/**
 * `originPressure` of several origins, each pulled towards its region.
 *   p_o = (N_o p̂_o + A p̂_region) / (N_o + A),   A people; without reports of its own p_o = p̂_region
 * @param origins  reports, people and region   @param span  days wanted   @param asOfDay  the last day known
 * @returns pressure by origin and day
 * @throws RangeError as `originPressure`
 * Limits: a large origin is its own, a small one goes with its region.
 */
export const pressureOfOrigins = (
  origins: readonly OriginCases[],
  span: Span,
  asOfDay: number,
  settings: PressureSettings = coronavirusPressure,
): Float64Array[] => {
  const own = origins.map(({ reports, population }) =>
    reports === null ? null : originPressure(reports, population, span, asOfDay, settings),
  )
  const regions = new Map<string, { cases: Float64Array; people: number }>()
  for (const [at, { region, population }] of origins.entries()) {
    const pressure = own[at]
    if (!pressure) continue
    const sum = regions.get(region) ?? { cases: new Float64Array(span.days), people: 0 }
    for (let day = 0; day < span.days; day++)
      sum.cases[day] = (sum.cases[day] ?? 0) + population * (pressure[day] ?? 0)
    regions.set(region, { cases: sum.cases, people: sum.people + population })
  }
  return origins.map(({ region, population }, at) => {
    const around = regions.get(region)
    const pressure = own[at]
    if (around === undefined) return pressure ?? new Float64Array(span.days)
    return around.cases.map((cases, day) => {
      const shared = cases / around.people
      if (!pressure) return shared
      return (population * (pressure[day] ?? 0) + regionPeople * shared) / (population + regionPeople)
    })
  })
}
