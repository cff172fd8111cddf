import type { DailyRisk, RegionMix, RiskFigures, TotalRisk } from '@guankou/db/queries/origin/results.ts'
import { allOrigins } from '@guankou/geodata/divisions/origins.ts'
import { roughPopulation } from '@guankou/geodata/divisions/populations.ts'
import { betaQuantile, gammaQuantile } from '@guankou/models/numerics/gamma-beta-quantile.ts'
import { learnShares, type Shares } from '@guankou/models/origin/exposure-region.ts'
import { type OriginCases, pressureOfOrigins } from '@guankou/models/origin/pressure.ts'
import { defaultRiskSettings } from '@guankou/models/origin/risk-settings.ts'
import type { Arrivals, OriginFigures, OriginFiguresInput } from '#src/jobs/origin/origin-figures.ts'

const msPerDay = 86_400_000
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / msPerDay
const dayText = (number: number): string => new Date(number * msPerDay).toISOString().slice(0, 10)

/** Stands for all origins together. */
const allOriginsCode = 0
/** People that the last leg itself stands for among those who were asked: where few were, it weighs more. */
const priorPeople = 5
/** Risks below this are not kept: fewer than one case in a hundred thousand windows. */
const leastExpected = 1e-5

const provinceOf = (code: number): number => Math.floor(code / 10_000) * 10_000

let byProvince: ReadonlyMap<number, readonly number[]> | undefined
const originsOfProvince = (province: number): readonly number[] => {
  byProvince ??= new Map(
    [...Map.groupBy(allOrigins(), ({ provinceCode }) => provinceCode ?? 0)].map(([code, origins]) => [
      code,
      origins.map((origin) => origin.code),
    ]),
  )
  return byProvince.get(province) ?? []
}

/** For each origin of a last leg the regions where people from it were, as shares that add up to 1. */
const regionShares = (input: OriginFiguresInput): ReadonlyMap<number, Shares> => {
  const counts = new Map(
    input.destination.arrivals.map(({ originCode }) => [originCode, new Map<string, number>()] as const),
  )
  for (const { originCode, regionCode, travellers } of input.destination.declarations) {
    // Who names no stay is taken to have been where the last leg began.
    const region = String(regionCode ?? originCode)
    const row = counts.get(originCode)
    row?.set(region, (row.get(region) ?? 0) + travellers)
  }
  return new Map(
    [...counts].map(([origin, row]) => [
      origin,
      learnShares(new Map([[String(origin), 1]]), priorPeople, row),
    ]),
  )
}

/** People by region of exposure and day. */
const exposedByRegion = (
  arrivals: readonly Arrivals[],
  shares: ReadonlyMap<number, Shares>,
): ReadonlyMap<number, ReadonlyMap<string, number>> => {
  const exposed = new Map<number, Map<string, number>>()
  for (const { day, originCode, travellers } of arrivals)
    for (const [place, share] of shares.get(originCode) ?? []) {
      const region = Number(place)
      const row = exposed.get(region) ?? new Map<string, number>()
      exposed.set(region, row.set(day, (row.get(day) ?? 0) + travellers * share))
    }
  return exposed
}

/** Reports of an origin in the order of publication; of several of one day the highest, for totals only grow. */
const reportsOf = (input: OriginFiguresInput, code: number): OriginCases['reports'] => {
  const byDay = new Map<number, number>()
  for (const { originCode, publishedOn, confirmedTotal } of input.reports) {
    if (originCode !== code) continue
    const day = dayNumber(publishedOn)
    byDay.set(day, Math.max(byDay.get(day) ?? 0, confirmedTotal))
  }
  const days = [...byDay.keys()].sort((a, b) => a - b)
  if (days.length === 0) return null
  return { place: String(code), days, cumulative: days.map((day) => byDay.get(day) ?? 0) }
}

/** Share of travellers who will be confirmed, by region and day of arrival; regions without people to compare are left out. */
const pressures = (
  input: OriginFiguresInput,
  regions: readonly number[],
  firstDay: number,
): ReadonlyMap<number, Float64Array> => {
  const reported = new Set(input.reports.map(({ originCode }) => originCode))
  const codes = [...new Set([...regions, ...reported])].sort((a, b) => a - b)
  const known = codes.flatMap((code) => {
    const population = roughPopulation(code, originsOfProvince)
    return population === undefined
      ? []
      : [{ code, population, reports: reportsOf(input, code), region: String(provinceOf(code)) }]
  })
  const asOfDay = dayNumber(input.asOf)
  const span = { firstDay, days: asOfDay - firstDay + 1 }
  const values = pressureOfOrigins(known, span, asOfDay, defaultRiskSettings.pressure)
  return new Map(known.map(({ code }, at) => [code, values[at] ?? new Float64Array(span.days)]))
}

/**
 * An expectation with intervals, as a gamma distribution about it.
 * @param spread  relative variance: 1 / shape
 */
const riskOf = (expected: number, spread: number): RiskFigures => {
  if (expected <= 0) return { expected: 0, low50: 0, high50: 0, low90: 0, high90: 0, pAtLeastOne: 0 }
  const shape = 1 / spread
  const at = (p: number): number => gammaQuantile(p, shape, shape / expected)
  return {
    expected,
    low50: at(0.25),
    high50: at(0.75),
    low90: at(0.05),
    high90: at(0.95),
    pAtLeastOne: -Math.expm1(-shape * Math.log1p(expected / shape)),
  }
}

/** Relative variance of an origin: of its own factor and of the level that all share. */
const originSpread = 1 / defaultRiskSettings.originShape
const levelSpread = 1 / defaultRiskSettings.levelPriorCases
const ownSpread = (1 + originSpread) * (1 + levelSpread) - 1

/** Sums of independent origins under a common level. */
const totalOf = (totals: readonly TotalRisk[]): TotalRisk => {
  const sum = totals.reduce((total, { expected }) => total + expected, 0)
  const squares = totals.reduce((total, { expected }) => total + expected ** 2, 0)
  const own = sum > 0 ? (originSpread * squares) / sum ** 2 : originSpread
  return { originCode: allOriginsCode, ...riskOf(sum, (1 + own) * (1 + levelSpread) - 1) }
}

const mixesOf = (
  arrivals: readonly Arrivals[],
  exposed: ReadonlyMap<number, ReadonlyMap<string, number>>,
  declared: number,
): RegionMix[] => {
  const everybody = arrivals.reduce((sum, { travellers }) => sum + travellers, 0)
  if (everybody === 0) return []
  const legs = new Map<number, number>()
  for (const { originCode, travellers } of arrivals)
    legs.set(originCode, (legs.get(originCode) ?? 0) + travellers)
  const asked = declared + priorPeople
  return [...exposed].map(([regionCode, days]) => {
    const people = [...days.values()].reduce((sum, count) => sum + count, 0)
    const estimated = Math.min(1, people / everybody)
    const at = (p: number): number =>
      estimated >= 1 ? 1 : betaQuantile(p, estimated * asked, (1 - estimated) * asked)
    return {
      regionCode,
      lastLeg: (legs.get(regionCode) ?? 0) / everybody,
      estimated,
      low90: at(0.05),
      high90: at(0.95),
    }
  })
}

/**
 * Imported cases to expect in one area as of a day: people by region of exposure times the share of them who will be
 * confirmed.
 *   E_r(t) = Σ_o n_o(t) P(r | o) p_r(t),   P(r | o) = (d_or + κ [r = o]) / (d_o + κ)
 * with d people from o who named r, those who named none with o itself, and p from cases reported in r (`pressureOfOrigins`).
 * @returns by region of exposure: days of the window, the window as a whole and all regions together, and the mixing
 * Limits: the factor of each region and the common level are not learned from cases found here; their spread is that of the
 * prior, gamma of shape 4 and 3. Regions without a rough population, which are countries, have no risk. Arrivals that named
 * nothing are taken to have been where their last leg began.
 */
export const originFigures = (input: OriginFiguresInput): OriginFigures => {
  const told = input.destination.arrivals.filter(({ day }) => day >= input.windowFrom)
  const shares = regionShares(input)
  const exposed = exposedByRegion(told, shares)
  const firstDay = dayNumber(input.windowFrom)
  const pressure = pressures(input, [...exposed.keys()], firstDay)
  const daily: DailyRisk[] = []
  const totals: TotalRisk[] = []
  for (const [originCode, days] of exposed) {
    const p = pressure.get(originCode)
    if (p === undefined || input.reports.length === 0) continue
    let sum = 0
    for (const [at, share] of p.entries()) {
      const day = dayText(firstDay + at)
      const expected = (days.get(day) ?? 0) * share
      sum += expected
      if (expected >= leastExpected) daily.push({ originCode, day, ...riskOf(expected, ownSpread) })
    }
    if (sum >= leastExpected) totals.push({ originCode, ...riskOf(sum, ownSpread) })
  }
  const declared = input.destination.declarations.reduce((sum, { travellers }) => sum + travellers, 0)
  return {
    daily,
    totals: input.reports.length === 0 ? [] : [...totals, totalOf(totals)],
    mixes: mixesOf(told, exposed, declared),
  }
}
