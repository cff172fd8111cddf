import { describe, expect, it } from 'vitest'
import { negativeBinomialQuantile } from '#src/numerics/negative-binomial.ts'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import type { CalendarDay } from './day-calendar.ts'
import { continueForecast, type FlowSeries, fitForecast, forecastWindows } from './forecast-posts.ts'
import type { PolicyEvent } from './policy-event.ts'

const firstDay = 18_001 // a Monday
const first = firstDay * 24

/** Expected people at an hour: two peaks, quieter weekends. */
const usual = (window: number): number => {
  const [slot, day] = [window % 24, Math.floor(window / 24)]
  const peaks = Math.exp(-((slot - 9) ** 2) / 8) + Math.exp(-((slot - 18) ** 2) / 8)
  return 400 * (0.05 + peaks) * ((day - firstDay) % 7 > 4 ? 0.6 : 1)
}

/** Negative binomial counts about the expected ones. */
const drawn = (name: string, days: number, seed: number, times: (window: number) => number): FlowSeries => {
  const uniform = seededUniform(seed)
  const values = Array.from({ length: days * 24 }, (_, at) => {
    const mean = usual(first + at) * times(first + at)
    const share = uniform()
    return mean < 1e-9 ? 0 : negativeBinomialQuantile(share, { mean, size: 40 })
  })
  return { name, unit: 'counts', firstWindow: first, values }
}

const upTo = (series: FlowSeries, asOf: number): FlowSeries => ({
  ...series,
  values: series.values.slice(0, asOf - series.firstWindow),
})

const fitAt = (
  series: readonly FlowSeries[],
  asOf: number,
  known: { readonly events?: readonly PolicyEvent[]; readonly calendar?: readonly CalendarDay[] } = {},
) => fitForecast({ windowMinutes: 60, series, asOf, ...known })

/** Sum of medians over the sum of what was expected, for a day from the state's window on. */
const ratioOfDay = (
  state: ReturnType<typeof fitForecast>,
  expected: (window: number) => number,
  windows = 24,
): number => {
  let [forecast, truth] = [0, 0]
  for (const { window, q50 } of forecastWindows(state, windows)) {
    forecast += q50
    truth += expected(window)
  }
  return forecast / truth
}

const day = (number: number): number => first + number * 24

describe('a post with a steady week', () => {
  const series = drawn('a', 42, 1, () => 1)

  it('is forecast within a tenth for a week, weekends and all', () => {
    const state = fitAt([series], day(35))
    expect(Math.abs(ratioOfDay(state, usual, 7 * 24) - 1)).toBeLessThan(0.1)
    const nine = forecastWindows(state, 6 * 24).filter(({ window }) => window % 24 === 9)
    expect(nine).toHaveLength(6)
    for (const { window, mean } of nine) expect(Math.abs(mean / usual(window) - 1)).toBeLessThan(0.2)
  })

  it('has bands that hold about nine in ten', () => {
    let [inside, all] = [0, 0]
    for (let at = 21; at < 42; at++)
      for (const { window, q05, q95 } of forecastWindows(fitAt([upTo(series, day(at))], day(at)), 24)) {
        const value = series.values[window - first] ?? 0
        all++
        if (value !== null && value >= q05 && value <= q95) inside++
      }
    expect(inside / all).toBeGreaterThan(0.85)
    expect(inside / all).toBeLessThan(0.96)
  })
})

describe('a closure that nobody announced', () => {
  const closedFrom = day(28)
  const series = drawn('a', 42, 2, (window) => (window >= closedFrom ? 0.2 : 1))
  const truth = (window: number): number => 0.2 * usual(window)

  it('is followed within two days', () => {
    expect(ratioOfDay(fitAt([series], day(28)), truth)).toBeGreaterThan(3)
    expect(Math.abs(ratioOfDay(fitAt([series], day(30)), truth) - 1)).toBeLessThan(0.2)
    expect(Math.abs(ratioOfDay(fitAt([series], day(33)), truth) - 1)).toBeLessThan(0.15)
  })
})

describe('events', () => {
  const series = drawn('a', 42, 3, () => 1)
  const at = (event: Partial<PolicyEvent>): PolicyEvent => ({
    series: null,
    kind: 'restriction',
    from: day(30),
    until: null,
    effect: null,
    ...event,
  })

  it('close a post from the window they begin in to the one they end with', () => {
    const events = [at({ kind: 'closure', from: day(28) + 6, until: day(28) + 8 })]
    const rows = forecastWindows(fitAt([series], day(28), { events }), 12)
    const plain = forecastWindows(fitAt([series], day(28)), 12)
    expect(rows.filter(({ q95 }) => q95 === 0).map(({ window }) => window - day(28))).toEqual([6, 7])
    expect(rows[5]).toEqual(plain[5])
  })

  it('shift a forecast by the effect that is expected, and only where they hold', () => {
    const events = [at({ effect: 0.5, from: day(29), until: day(30) })]
    const plain = forecastWindows(fitAt([series], day(28)), 72)
    const rows = forecastWindows(fitAt([series], day(28), { events }), 72)
    const sum = (list: typeof rows, from: number) =>
      list.slice(from, from + 24).reduce((total, { q50 }) => total + q50, 0)
    expect(sum(rows, 0)).toBe(sum(plain, 0))
    expect(sum(rows, 24) / sum(plain, 24)).toBeCloseTo(0.5, 1)
    expect(Math.abs(sum(rows, 48) / sum(plain, 48) - 1)).toBeLessThan(0.05)
  })

  it('leave more doubt where their effect is not known', () => {
    const width = (effect: number | null): number => {
      const events = [at({ effect, from: day(28) })]
      const row = forecastWindows(fitAt([series], day(28), { events }), 12)[9]
      return (row?.q95 ?? 0) / Math.max(1, row?.q05 ?? 0)
    }
    expect(width(null)).toBeGreaterThan(1.3 * width(1))
  })

  it('of a time that is over leave the usual flow as it was', () => {
    const shut = drawn('a', 42, 4, (window) => (window >= day(28) && window < day(31) ? 0 : 1))
    const events = [at({ kind: 'closure', from: day(28), until: day(31) })]
    const ratio = ratioOfDay(fitAt([shut], day(31), { events }), usual)
    expect(Math.abs(ratio - 1)).toBeLessThan(0.1)
    expect(ratioOfDay(fitAt([shut], day(31)), usual)).toBeLessThan(0.5)
  })

  it('of another series do nothing', () => {
    const events = [at({ series: 'b', kind: 'closure', from: day(28) })]
    const rows = forecastWindows(fitAt([series], day(28), { events }), 24)
    expect(rows).toEqual(forecastWindows(fitAt([series], day(28)), 24))
  })
})

describe('a holiday that moves from year to year', () => {
  const names = [30, 65]
  const calendar: CalendarDay[] = names.flatMap((start) =>
    [0, 1, 2].map((at) => ({
      day: firstDay + start + at,
      kind: 'holiday',
      name: 'Spring Festival',
      ordinal: at + 1,
    })),
  )
  const effects = [0.5, 0.2, 0.4]
  const effectAt = (window: number): number => {
    const at = Math.floor((window - first) / 24)
    const start = names.find((each) => at >= each && at < each + 3)
    return start === undefined ? 1 : (effects[at - start] ?? 1)
  }
  const series = drawn('a', 75, 5, effectAt)

  it('is learned by name and day, whatever its date', () => {
    const sunday = usual(day(6) + 9)
    const rows = forecastWindows(fitAt([series], day(65), { calendar }), 72)
    const known = [0, 1, 2].map((at) => (rows[at * 24 + 9]?.q50 ?? 0) / sunday)
    const plain = forecastWindows(fitAt([series], day(65)), 72)
    const unknown = [0, 1, 2].map((at) => (plain[at * 24 + 9]?.q50 ?? 0) / usual(day(65 + at) + 9))
    expect(known[1]).toBeLessThan(0.8 * (known[0] ?? 0))
    expect(Math.min(...unknown)).toBeGreaterThan(0.8)
  })

  it('leaves the days after it nearly as before', () => {
    const after = fitAt([series], day(68), { calendar })
    expect(ratioOfDay(after, usual)).toBeGreaterThan(0.5)
    expect(Math.abs(ratioOfDay(fitAt([series], day(70), { calendar }), usual) - 1)).toBeLessThan(0.15)
  })
})

describe('a new post', () => {
  it('borrows the week of the others', () => {
    const others = [11, 12, 13].map((seed) => drawn(`post ${seed}`, 28, seed, () => 1))
    const whole = drawn('new', 28, 14, () => 0.3)
    const fresh = { ...whole, firstWindow: day(22), values: whole.values.slice(22 * 24) }
    const truth = (window: number): number => 0.3 * usual(window)
    const errorOf = (state: ReturnType<typeof fitForecast>): number =>
      forecastWindows(state, 48)
        .filter(({ series }) => series === 'new')
        .reduce((sum, { window, q50 }) => sum + Math.abs(q50 - truth(window)), 0)
    const pooled = errorOf(fitAt([...others, fresh], day(22) + 15))
    const alone = errorOf(fitAt([fresh], day(22) + 15))
    expect(pooled).toBeLessThan(0.6 * alone)
  })

  it('without a single value has no forecast', () => {
    const empty: FlowSeries = { name: 'a', unit: 'counts', firstWindow: first, values: [null, null] }
    expect(forecastWindows(fitAt([empty], first + 2), 3)).toEqual([])
  })
})

describe('arguments out of their domain', () => {
  const series = (values: readonly (number | null)[], unit: FlowSeries['unit'] = 'counts'): FlowSeries => ({
    name: 'a',
    unit,
    firstWindow: first,
    values,
  })

  it.each([
    ['a negative value', [-1]],
    ['a value that is not finite', [Number.NaN]],
    ['half a person', [0.5]],
  ])('refuses %s', (_, values) => {
    expect(() => fitAt([series(values)], first + 1)).toThrow(RangeError)
  })

  it('refuses windows that do not fill a day, series twice, and late rows', () => {
    expect(() => fitForecast({ windowMinutes: 7, series: [], asOf: 1 })).toThrow(RangeError)
    expect(() => fitAt([series([1]), series([2])], first + 1)).toThrow(RangeError)
    const state = fitAt([series([1, 2])], first + 2)
    expect(() => continueForecast(state, { series: [series([3])], asOf: first + 3 })).toThrow(RangeError)
    expect(() => continueForecast(state, { series: [], asOf: first })).toThrow(RangeError)
    expect(() => forecastWindows(state, 0)).toThrow(RangeError)
  })

  it('refuses events that end before they begin, or have a negative effect', () => {
    const event = { series: null, kind: 'restriction' as const, from: 5, until: 5, effect: null }
    expect(() => fitAt([series([1])], first + 1, { events: [event] })).toThrow(RangeError)
    expect(() => fitAt([series([1])], first + 1, { events: [{ ...event, until: 6, effect: -1 }] })).toThrow(
      RangeError,
    )
  })
})
