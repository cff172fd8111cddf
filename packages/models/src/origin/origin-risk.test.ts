import { describe, expect, it } from 'vitest'
import { gammaQuantile } from '#src/numerics/gamma-beta-quantile.ts'
import { poissonQuantile } from '#src/numerics/poisson.ts'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { arrivalToConfirmation, chainKernel, confirmationToNext, delayProbabilities } from './delay.ts'
import type { CaseReports, FlowSeries } from './origin-data.ts'
import { originRisk, type RiskData } from './origin-risk.ts'
import { predictRisk, type RiskQuery } from './predict-risk.ts'
import { defaultRiskSettings, peoplePerIndexPoint } from './risk-settings.ts'

const days = 50
const asOfDay = 35
const horizon = 14

const range = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at))
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const cumulated = (place: string, daily: readonly number[]): CaseReports => {
  let reached = 0
  return { place, days: daily.map((_, day) => day), cumulative: daily.map((value) => (reached += value)) }
}

/** Shares of an origin's travellers who will be confirmed, doubling in a week until day 15. */
const prevalence = (level: number, day: number): number => level * 2 ** (Math.min(day, 15) / 7)

/** Detection at the origin: one in `hidden` of those who could travel infected is published, ten days later. */
const originReports = (place: string, level: number, hidden: number): CaseReports =>
  cumulated(
    place,
    range(days, (day) => Math.round((5e6 * prevalence(level, day - 10)) / hidden)),
  )

const sources = ['s1', 's2']
const others = range(8, (at) => `${'abcdefgh'[at]}1`)
const destinations = range(90, (at) => `${'klmnopqrs'[at % 9]}${10 + at}`)
/** The source region publishes a sixth of its cases. */
const hidden = 6

const kernel = chainKernel(
  delayProbabilities(arrivalToConfirmation),
  delayProbabilities(confirmationToNext),
  0.3,
)

/** Draws what a country would publish whose cases come about as the model says, place factors and all. */
const drawCountry = (seed: number): RiskData & { readonly truth: ReadonlyMap<string, readonly number[]> } => {
  const uniform = seededUniform(seed)
  const origins = [...sources, ...others]
  const level = (origin: string): number => (sources.includes(origin) ? 4e-6 : 4e-8)
  const flows = destinations.flatMap((destination) => {
    const size = 0.003 * Math.exp(3 * uniform())
    return origins.map(
      (origin): FlowSeries => ({
        origin,
        destination,
        firstDay: 0,
        values: range(days, () => size * (0.7 + 0.6 * uniform())),
      }),
    )
  })
  const truth = new Map(
    destinations.map((destination) => {
      const factor = gammaQuantile(uniform(), 3, 3)
      const arrivals = range(days, (day) =>
        sum(
          flows
            .filter((flow) => flow.destination === destination)
            .map(
              ({ origin, values }) =>
                (values[day] ?? 0) * peoplePerIndexPoint * prevalence(level(origin), day),
            ),
        ),
      )
      const daily = range(days, (day) => {
        const mean =
          factor *
          sum(
            range(Math.min(day + 1, kernel.length), (lag) => (arrivals[day - lag] ?? 0) * (kernel[lag] ?? 0)),
          )
        return mean > 1e-9 ? poissonQuantile(uniform(), mean) : 0
      })
      return [destination, daily] as const
    }),
  )
  return {
    truth,
    flows,
    cases: [
      ...sources.map((place) => originReports(place, 4e-6, hidden)),
      ...others.map((place) => originReports(place, 4e-8, 1)),
      ...[...truth].map(([place, daily]) => cumulated(place, daily)),
    ],
    populationOf: () => 5e6,
    regionOf: (place) => place.slice(0, 1),
  }
}

const forecast = (data: RiskData, query: Partial<RiskQuery> = {}) =>
  predictRisk(originRisk(data, asOfDay, horizon), {
    by: 'destination',
    firstDay: asOfDay + 1,
    lastDay: asOfDay + horizon,
    cumulated: true,
    destinations: null,
    ...query,
  })

describe('origin risk on data drawn from it', () => {
  const seeds = [1, 2, 3]
  const judged = seeds.map((seed) => {
    const data = drawCountry(seed)
    const rows = forecast(data)
    const seen = rows.map(({ destination }) =>
      sum((data.truth.get(destination ?? '') ?? []).slice(asOfDay + 1, asOfDay + horizon + 1)),
    )
    return { data, rows, seen }
  })

  it('holds its 90 % band, and finds how many come in all', () => {
    const hits = judged.flatMap(({ rows, seen }) =>
      rows.map(({ low90, high90 }, at) => Number(low90 <= (seen[at] ?? 0) && (seen[at] ?? 0) <= high90)),
    )
    expect(sum(hits) / hits.length).toBeGreaterThan(0.85)
    expect(sum(hits) / hits.length).toBeLessThanOrEqual(0.99)
    for (const { rows, seen } of judged)
      expect(sum(rows.map(({ expected }) => expected)) / sum(seen)).toBeCloseTo(1, 0)
  })

  it('finds that the source region publishes a part of its cases, and the others all', () => {
    for (const { data } of judged) {
      const { arrivals, fit } = originRisk(data, asOfDay, horizon)
      const factorOf = (place: string): number =>
        (fit.origins[arrivals.panel.origins.indexOf(place)]?.mean ?? 0) * (fit.level[asOfDay] ?? 1)
      // Factors of places average about one, so that the product of the rest is what is told.
      for (const source of sources) expect(factorOf(source)).toBeGreaterThan(hidden / 2)
      for (const source of sources) expect(factorOf(source)).toBeLessThan(hidden * 2)
      expect(sum(others.map(factorOf)) / others.length).toBeLessThan(hidden / 2)
    }
  })

  it('pulls a place with few cases towards its region, and leaves one with many where it is', () => {
    const [{ data } = { data: drawCountry(1) }] = judged
    const few = originRisk(data, 20, horizon)
    const many = originRisk(data, asOfDay, horizon)
    const spread = ({ fit, arrivals }: typeof few): number => {
      const own = destinations.map((place) =>
        Math.log(fit.places[arrivals.panel.destinations.indexOf(place)]?.mean ?? 1),
      )
      const mean = sum(own) / own.length
      return Math.sqrt(sum(own.map((each) => (each - mean) ** 2)) / own.length)
    }
    expect(spread(few)).toBeLessThan(spread(many))
  })
})

describe('a destination that is reached by way of a hub', () => {
  /** As Zhuhai in January 2020: next to nobody came straight from the source, many by way of a large neighbour. */
  const flow = (origin: string, destination: string, perDay: number): FlowSeries => ({
    origin,
    destination,
    firstDay: 0,
    values: range(asOfDay + 1, () => perDay),
  })
  const data: RiskData = {
    flows: [
      flow('s1', 'hub', 2),
      flow('a1', 'hub', 18),
      flow('s1', 'town', 0.01),
      flow('hub', 'town', 1),
      flow('a1', 'town', 1),
      ...destinations.slice(0, 30).map((place) => flow('s1', place, 0.1)),
    ],
    inflows: [{ place: 'hub', firstDay: 0, values: range(asOfDay + 1, () => 20) }],
    cases: [originReports('s1', 4e-6, 1), originReports('a1', 1e-9, 1), originReports('hub', 1e-9, 1)],
    populationOf: () => 5e6,
    regionOf: (place) => place.slice(0, 1),
  }
  const ofTown = (given: RiskData, transitShare: number, origin?: string): number => {
    const settings = { ...defaultRiskSettings, transitShare }
    const rows = predictRisk(originRisk(given, asOfDay, horizon, settings), {
      by: 'origin',
      firstDay: asOfDay + 1,
      lastDay: asOfDay + horizon,
      cumulated: true,
      destinations: ['town'],
    })
    return sum(
      rows.filter((row) => origin === undefined || row.origin === origin).map(({ expected }) => expected),
    )
  }
  const declarations = (declared: readonly string[], count: number) =>
    range(14, (at) => ({
      day: asOfDay - at,
      destination: 'town',
      lastStop: 'hub',
      domicile: null,
      declared,
      count,
    }))

  it('is in the dark about it with the last leg alone, and sees it where transit is followed', () => {
    expect(ofTown(data, 0.3) / ofTown(data, 0)).toBeGreaterThan(2)
    expect(ofTown(data, 0.3, 's1') / ofTown(data, 0, 's1')).toBeGreaterThan(2)
  })

  it('learns it from what people declare, without any transit at all', () => {
    const said = { ...data, declared: [...declarations(['s1'], 20), ...declarations([], 80)] }
    expect(ofTown(said, 0) / ofTown(data, 0)).toBeGreaterThan(5)
  })

  it('unlearns it where everyone who was asked names no other place', () => {
    const said = { ...data, declared: declarations([], 500) }
    expect(ofTown(said, 0.3)).toBeLessThan(ofTown(data, 0.3))
  })

  it('takes declarations for nobody else, and none from after the day', () => {
    const elsewhere = declarations(['s1'], 20).map((group) => ({ ...group, destination: 'k10' }))
    expect(ofTown({ ...data, declared: elsewhere }, 0)).toBeCloseTo(ofTown(data, 0), 9)
    const later = declarations(['s1'], 20).map((group, at) => ({ ...group, day: asOfDay + 1 + at }))
    expect(ofTown({ ...data, declared: later }, 0)).toBeCloseTo(ofTown(data, 0), 9)
  })
})

describe('what cannot be computed', () => {
  const data = drawCountry(9)
  it('is refused with the argument that is wrong', () => {
    expect(() => originRisk(data, -1, horizon)).toThrow(RangeError)
    expect(() => originRisk(data, asOfDay, 0)).toThrow(/horizon of 0/)
    expect(() => originRisk({ ...data, populationOf: () => 0 }, asOfDay, horizon)).toThrow(/population of 0/)
    const negative: FlowSeries = { origin: 's1', destination: 'k10', firstDay: 0, values: [-1] }
    expect(() => originRisk({ ...data, flows: [negative] }, asOfDay, horizon)).toThrow(/flow of -1/)
    expect(() => forecast(data, { lastDay: asOfDay + horizon + 1 })).toThrow(/are not within/)
  })
})
