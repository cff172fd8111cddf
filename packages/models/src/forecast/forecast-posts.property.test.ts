import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { continueForecast, type FlowSeries, fitForecast, forecastWindows } from './forecast-posts.ts'
import { restoreForecast, storeForecast } from './stored-forecast.ts'

const windowMinutes = 120
const perDay = 12
const firstWindow = 18_000 * perDay

type Shape = {
  readonly seed: number
  readonly days: number
  readonly size: number
  readonly missing: number
  readonly kind: 'noisy' | 'zero' | 'broken'
}

const shapes = fc.record({
  seed: fc.nat(1_000_000),
  days: fc.integer({ min: 1, max: 24 }),
  size: fc.constantFrom(0.5, 5, 100, 20_000),
  missing: fc.constantFrom(0, 0.1, 0.6),
  kind: fc.constantFrom<Shape['kind'][]>('noisy', 'zero', 'broken'),
})

const draw = (name: string, { seed, days, size, missing, kind }: Shape): FlowSeries => {
  const uniform = seededUniform(seed, name.length)
  const values = Array.from({ length: days * perDay }, (_, at) => {
    const wave = 1 + 0.8 * Math.sin((2 * Math.PI * (at % perDay)) / perDay)
    const level = kind === 'zero' ? 0 : kind === 'broken' && at > (days * perDay) / 2 ? 0.02 : 1
    const value = Math.round(size * wave * level * (0.5 + uniform()))
    return uniform() < missing ? null : value
  })
  return { name, unit: 'counts', firstWindow, values }
}

const upTo = (series: FlowSeries, end: number): FlowSeries => ({
  ...series,
  values: series.values.slice(0, Math.max(0, end - series.firstWindow)),
})

const from = (series: FlowSeries, start: number): FlowSeries => ({
  ...series,
  firstWindow: start,
  values: series.values.slice(start - series.firstWindow),
})

const input = (series: readonly FlowSeries[], asOf: number) => ({ windowMinutes, series, asOf })

describe('forecasts of whatever series', () => {
  it('are finite, whole, not negative, and in order', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 11 }), (shape, cut) => {
        const series = draw('a', shape)
        const asOf = firstWindow + series.values.length - cut
        const rows = forecastWindows(fitForecast(input([series], asOf)), 30)
        for (const { mean, q05, q50, q95 } of rows) {
          expect([mean, q05, q50, q95].every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
          expect([q05, q50, q95].every(Number.isInteger)).toBe(true)
          expect(q05 <= q50 && q50 <= q95).toBe(true)
        }
        const isSeen = series.values.slice(0, series.values.length - cut).some((value) => value !== null)
        expect(rows).toHaveLength(isSeen ? 30 : 0)
      }),
      { numRuns: 60 },
    )
  })

  it('do not change when later rows are added, and are the same every time', () => {
    fc.assert(
      fc.property(shapes, shapes, fc.integer({ min: 1, max: 200 }), (one, other, cut) => {
        const series = [draw('a', one), draw('bb', other)]
        const asOf = firstWindow + Math.max(1, one.days * perDay - cut)
        const all = forecastWindows(fitForecast(input(series, asOf)), 14)
        const known = series.map((each) => upTo(each, asOf))
        expect(all).toEqual(forecastWindows(fitForecast(input(known, asOf)), 14))
      }),
      { numRuns: 30 },
    )
  })

  it('are those of one fit, however often the state is stored and continued', () => {
    fc.assert(
      fc.property(
        shapes,
        shapes,
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }),
        (one, other, steps) => {
          const series = [draw('a', one), draw('bb', other)]
          let asOf = firstWindow + 5
          let state = fitForecast(
            input(
              series.map((each) => upTo(each, asOf)),
              asOf,
            ),
          )
          for (const step of steps) {
            const next = asOf + step
            const more = series
              .filter((each) => each.firstWindow + each.values.length > asOf)
              .map((each) => upTo(from(each, asOf), next))
            state = continueForecast(restoreForecast(JSON.parse(JSON.stringify(storeForecast(state)))), {
              series: more,
              asOf: next,
            })
            asOf = next
          }
          const whole = fitForecast(input(series, asOf))
          expect(forecastWindows(state, 13)).toEqual(forecastWindows(whole, 13))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('of amounts are as many times larger as the series is', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(0.001, 0.37, 1_000), (shape, factor) => {
        const counts = draw('a', { ...shape, size: 20_000 })
        const plain: FlowSeries = { ...counts, unit: 'amounts' }
        const scaled = {
          ...plain,
          values: plain.values.map((value) => (value === null ? null : value * factor)),
        }
        const asOf = firstWindow + counts.values.length
        const rows = forecastWindows(fitForecast(input([plain], asOf)), 13)
        const large = forecastWindows(fitForecast(input([scaled], asOf)), 13)
        expect(large).toHaveLength(rows.length)
        for (const [at, row] of rows.entries())
          for (const key of ['mean', 'q05', 'q50', 'q95'] as const) {
            const wanted = row[key] * factor
            expect(Math.abs((large[at]?.[key] ?? Number.NaN) - wanted)).toBeLessThanOrEqual(
              1e-5 * wanted + 1e-9 * factor,
            )
          }
      }),
      { numRuns: 30 },
    )
  })

  it('of large counts scale nearly as well', () => {
    const small = draw('a', { seed: 3, days: 21, size: 20_000, missing: 0.1, kind: 'noisy' })
    const large = { ...small, values: small.values.map((value) => (value === null ? null : 10 * value)) }
    const asOf = firstWindow + small.values.length
    const rows = forecastWindows(fitForecast(input([small], asOf)), 12)
    for (const [at, row] of forecastWindows(fitForecast(input([large], asOf)), 12).entries())
      expect(row.q50 / (10 * (rows[at]?.q50 ?? 0))).toBeCloseTo(1, 2)
  })

  it('of a series of zeros are near zero', () => {
    const zeros = draw('a', { seed: 1, days: 14, size: 100, missing: 0, kind: 'zero' })
    const rows = forecastWindows(fitForecast(input([zeros], firstWindow + zeros.values.length)), 12)
    expect(rows).toHaveLength(12)
    for (const { mean, q50, q95 } of rows) {
      expect(mean).toBeLessThan(0.2)
      expect(q50).toBe(0)
      expect(q95).toBeLessThanOrEqual(1)
    }
  })
})
