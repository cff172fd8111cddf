import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import type { CaseReports, FlowSeries } from './origin-data.ts'
import { originRisk, type RiskData } from './origin-risk.ts'
import { predictRisk, type RiskQuery, type RiskRow } from './predict-risk.ts'

const origins = ['a1', 'a2', 'b1', 'c1']
const destinations = ['x1', 'x2', 'y1']

type Shape = {
  readonly seed: number
  readonly days: number
  readonly asOf: number
  readonly isQuiet: boolean
}

const shapes = fc
  .record({
    seed: fc.nat(1_000_000),
    days: fc.integer({ min: 6, max: 30 }),
    asOf: fc.integer({ min: 3, max: 30 }),
    isQuiet: fc.boolean(),
  })
  .map((shape) => ({ ...shape, asOf: Math.min(shape.asOf, shape.days - 1) }))

const draw = ({ seed, days, isQuiet }: Shape): RiskData => {
  const uniform = seededUniform(seed)
  const flows = destinations.flatMap((destination): FlowSeries[] =>
    origins
      .filter(() => uniform() > 0.2)
      .map((origin) => ({
        origin,
        destination,
        firstDay: 0,
        values: Array.from({ length: days }, () => (uniform() < 0.1 ? 0 : uniform() * 2)),
      })),
  )
  const cases = [...origins, ...destinations].map((place): CaseReports => {
    let sum = 0
    const growth = isQuiet ? 0 : 1 + 3 * uniform()
    const reports = Array.from({ length: days }, (_, day) => {
      sum += Math.round(uniform() * growth * day)
      return sum
    })
    return { place, days: reports.map((_, day) => day), cumulative: reports }
  })
  return {
    flows: flows.length > 0 ? flows : [{ origin: 'a1', destination: 'x1', firstDay: 0, values: [1, 1, 1] }],
    cases,
    populationOf: () => 5e6,
    regionOf: (place) => place.slice(0, 1),
  }
}

const horizon = 9

const rows = (data: RiskData, asOf: number, query: Partial<RiskQuery>): RiskRow[] =>
  predictRisk(originRisk(data, asOf, horizon), {
    by: 'pair',
    firstDay: asOf + 1,
    lastDay: asOf + horizon,
    cumulated: false,
    destinations: null,
    ...query,
  })

const total = (of: readonly RiskRow[]): number => of.reduce((sum, { expected }) => sum + expected, 0)

describe('imported cases from whatever flows and reports', () => {
  it('rest on nothing that was published after the day', () => {
    fc.assert(
      fc.property(shapes, fc.nat(1_000_000), (shape, other) => {
        const data = draw(shape)
        const later = draw({ ...shape, seed: other, days: shape.days + 5 })
        const tail = (known: ArrayLike<number>, from: ArrayLike<number>) =>
          Array.from(from, (value, at) => (at <= shape.asOf ? (known[at] ?? 0) : value))
        const changed: RiskData = {
          ...data,
          flows: data.flows.map((flow, at) => ({
            ...flow,
            values: tail(flow.values, later.flows[at % later.flows.length]?.values ?? []),
          })),
          cases: data.cases.map((reports, at) => {
            const cumulative = tail(reports.cumulative, later.cases[at]?.cumulative ?? [])
            return { ...reports, days: cumulative.map((_, day) => day), cumulative }
          }),
        }
        expect(rows(changed, shape.asOf, {})).toEqual(rows(data, shape.asOf, {}))
      }),
      { numRuns: 60 },
    )
  })

  it('add up the same by origin, by destination and by pair, by day and in all', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const data = draw(shape)
        const whole = total(rows(data, shape.asOf, { by: 'pair' }))
        for (const by of ['origin', 'destination', 'pair'] as const)
          for (const cumulated of [false, true])
            expect(total(rows(data, shape.asOf, { by, cumulated }))).toBeCloseTo(
              whole,
              6 - Math.log10(1 + whole),
            )
      }),
      { numRuns: 40 },
    )
  })

  it('have intervals in order, about the expected, and a probability', () => {
    fc.assert(
      fc.property(shapes, fc.boolean(), (shape, cumulated) => {
        for (const row of rows(draw(shape), shape.asOf, { cumulated })) {
          const { low90, low50, high50, high90, expected, atLeastOne } = row
          expect(low90 <= low50 && low50 <= high50 && high50 <= high90).toBe(true)
          expect([low90, low50, high50, high90].every((each) => Number.isInteger(each) && each >= 0)).toBe(
            true,
          )
          expect(Number.isFinite(expected) && expected >= 0).toBe(true)
          // At least one case in expectation is never less probable than the expectation allows (Markov).
          expect(atLeastOne >= 0 && atLeastOne <= Math.min(1, expected) + 1e-12).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('grow with the arrivals of an origin that has cases, and with nothing else changed', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 2, max: 5 }), (shape, times) => {
        // Destinations that report nothing leave the factors at their priors, so that only arrivals tell.
        const data = draw({ ...shape, isQuiet: false })
        const blind = { ...data, cases: data.cases.filter(({ place }) => origins.includes(place)) }
        const of = (flows: readonly FlowSeries[]) =>
          total(
            rows({ ...blind, flows }, shape.asOf, { by: 'origin' }).filter(({ origin }) => origin === 'b1'),
          )
        const more = data.flows.map((flow) =>
          flow.origin === 'b1'
            ? { ...flow, values: Array.from(flow.values, (value) => value * times) }
            : flow,
        )
        expect(of(more)).toBeGreaterThanOrEqual(of(data.flows))
      }),
      { numRuns: 40 },
    )
  })
})
