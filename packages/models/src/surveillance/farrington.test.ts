import { describe, expect, it } from 'vitest'
import { fitCounts } from '#src/numerics/glm.ts'
import { predictionVariance } from '#src/numerics/least-squares.ts'
import { detectFarrington } from './farrington.ts'
import { countBound, transformedBound } from './farrington-bounds.ts'
import { detectFarringtonFlexible } from './farrington-flexible.ts'
import { fitGroupedPoisson, predictGrouped } from './grouped-poisson.ts'
import { calendarOfDates, dayNumber, pointYearsBefore, seasonBlocks } from './reference-points.ts'

const weeks = { kind: 'numbered', pointsPerYear: 52 } as const

/** Counts about 10 with a season, without chance. */
const seasonal = Array.from({ length: 52 * 6 }, (_, t) =>
  Math.round(10 + 4 * Math.sin((2 * Math.PI * t) / 52) + ((t * 7) % 5) - 2),
)

const mondays = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, week) =>
    new Date((dayNumber(first) + 7 * week) * 86_400_000).toISOString().slice(0, 10),
  )

describe('grouped counts', () => {
  const n = 60
  const times = Float64Array.from({ length: n }, (_, i) => 400 + i)
  const groups = Uint8Array.from({ length: n }, (_, i) => i % 4)
  const counts = Float64Array.from({ length: n }, (_, i) => (i * i) % 13)
  const weights = Float64Array.from({ length: n }, (_, i) => 0.5 + (i % 3) / 3)
  const offset = Float64Array.from({ length: n }, (_, i) => Math.log(20 + i))

  it('are fitted as the general model fits them', () => {
    const grouped = fitGroupedPoisson({
      counts,
      times,
      groups,
      groupCount: 4,
      weights,
      offset,
      withTrend: true,
    })
    if (grouped === undefined) expect.unreachable('it settles')
    const indicator = (group: number) => Float64Array.from(groups, (one) => (one === group ? 1 : 0))
    const columns = [0, 1, 2, 3].map(indicator)
    const general = fitCounts({ columns: [...columns, times], response: counts, weights, offset })
    for (let i = 0; i < n; i++) {
      expect(grouped.means[i]).toBeCloseTo(general.means[i] ?? 0, 6)
      expect(grouped.leverages[i]).toBeCloseTo(general.last.leverages[i] ?? 0, 6)
    }
    expect(grouped.slope).toBeCloseTo(general.coefficients[4] ?? 0, 8)
    expect(grouped.degreesOfFreedom).toBe(general.degreesOfFreedom)
    expect(grouped.dispersion).toBeCloseTo(general.dispersion, 5)
    const { predictor, unitVariance } = predictGrouped(grouped, 2, 470, 0)
    const x = [0, 0, 1, 0, 470]
    const eta = x.reduce((sum, value, at) => sum + value * (general.coefficients[at] ?? 0), 0)
    expect(predictor).toBeCloseTo(eta, 6)
    expect(unitVariance).toBeCloseTo(predictionVariance(general.last, x), 6)
  })
})

describe('reference weeks', () => {
  it('are the same weekday nearest to the same date', () => {
    const calendar = calendarOfDates(mondays('2004-01-05', 400))
    if (calendar?.kind !== 'dates') expect.unreachable('mondays follow each other')
    // 3 January 2011 is a Monday; a year before is a Sunday, the Monday after it nearest.
    const t = calendar.days.indexOf(dayNumber('2011-01-03'))
    expect(calendar.days[pointYearsBefore(calendar, t, 1)]).toBe(dayNumber('2010-01-04'))
    expect(calendar.days[pointYearsBefore(calendar, t, 4)]).toBe(dayNumber('2007-01-01'))
  })

  it('come in levels that fill the year, without the last weeks', () => {
    const t = 300
    const blocks = seasonBlocks(weeks, t, { years: 4, halfWindow: 3, levels: 10, recentPointsLeftOut: 26 })
    expect(blocks?.points[0]).toBe(t - 4 * 52 - 3)
    expect(blocks?.points.at(-1)).toBe(t - 27)
    expect(blocks?.points).toHaveLength(4 * 52 + 3 - 26)
    expect(new Set(blocks?.levels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
    const windows = blocks?.levels.filter((level) => level === 0)
    expect(windows).toHaveLength(4 * 7)
  })

  it('are only windows where there is one level', () => {
    const blocks = seasonBlocks(weeks, 300, { years: 4, halfWindow: 3, levels: 1, recentPointsLeftOut: 3 })
    expect(blocks?.points).toHaveLength(28)
  })

  it('end with the series', () => {
    expect(
      seasonBlocks(weeks, 210, { years: 4, halfWindow: 3, levels: 1, recentPointsLeftOut: 3 }),
    ).toBeUndefined()
    expect(() =>
      seasonBlocks(weeks, 300, { years: 4, halfWindow: 3, levels: 60, recentPointsLeftOut: 3 }),
    ).toThrow(RangeError)
  })

  it('need dates at one distance', () => {
    expect(calendarOfDates(['2020-01-06', '2020-01-13', '2020-01-21'])).toBeUndefined()
  })
})

describe('bounds', () => {
  it('are those of the formulas', () => {
    const predicted = { mean: 8, logError: 0.1, dispersion: 1.5 }
    const tau = 1.5 + 0.8 ** 2 / 8
    const upper = (4 + 2 * Math.sqrt((4 / 9) * 2 * tau)) ** 1.5
    expect(transformedBound(predicted, 8, { powerTransform: '2/3', z: 2 }).upper).toBeCloseTo(upper, 12)
    expect(transformedBound(predicted, 8, { powerTransform: 'none', z: 2 }).upper).toBeCloseTo(
      8 + 2 * Math.sqrt(8 * tau),
      12,
    )
    expect(transformedBound(predicted, 8, { powerTransform: '2/3', z: 2 }).pValue).toBeCloseTo(0.5, 12)
  })

  it('of counts are quantiles, Poisson where counts do not vary more', () => {
    expect(countBound(3, 1, 8, 0.05)).toMatchObject({ upper: 6 })
    expect(countBound(3, 2, 0, 0.05)).toMatchObject({ upper: 8, pValue: 1 })
  })
})

describe('Farrington', () => {
  it.each(['delta', 'nbPlugin', 'muan'] as const)('flexible finds an outbreak by %s', (thresholdMethod) => {
    const counts = [...seasonal.slice(0, -1), 60]
    const points = detectFarringtonFlexible({ counts, calendar: weeks }, { noPeriods: 10, thresholdMethod })
    const last = points.at(-1)
    expect(last?.alarm).toBe(true)
    expect(last?.upperBound).toBeGreaterThan(last?.mean ?? 100)
    expect(points.slice(0, 263).every((point) => point.upperBound === null)).toBe(true)
    expect(points[263]?.upperBound).not.toBeNull()
  })

  it('weighs an outbreak of the past down', () => {
    const counts = seasonal.map((count, t) => (t > 150 && t < 154 ? 90 : count))
    const at = { first: 306, last: 306 }
    const upper = (reweight: boolean) =>
      detectFarringtonFlexible({ counts, calendar: weeks }, { reweight, noPeriods: 10 }, at)[0]?.upperBound ??
      0
    expect(upper(true)).toBeLessThan(upper(false))
  })

  it('has no alarm while there are few cases', () => {
    const counts = seasonal.map((_, t) => (t === seasonal.length - 1 ? 4 : 0))
    const [last] = detectFarringtonFlexible({ counts, calendar: weeks }, { b: 4 }).slice(-1)
    expect(last).toMatchObject({ alarm: false, upperBound: null, expected: null })
  })

  it('watches rates where a population is given', () => {
    const population = seasonal.map((_, t) => (t === seasonal.length - 1 ? 2_000 : 1_000))
    const at = { first: seasonal.length - 1, last: seasonal.length - 1 }
    const [rate] = detectFarringtonFlexible({ counts: seasonal, calendar: weeks, population }, {}, at)
    const [count] = detectFarringtonFlexible({ counts: seasonal, calendar: weeks }, {}, at)
    expect((rate?.mean ?? 0) / (count?.mean ?? 1)).toBeCloseTo(2, 6)
    const [old] = detectFarrington({ counts: seasonal, calendar: weeks, population }, {}, at)
    const [oldCount] = detectFarrington({ counts: seasonal, calendar: weeks }, {}, at)
    expect((old?.expected ?? 0) / (oldCount?.expected ?? 1)).toBeCloseTo(2, 6)
  })

  it('of 1996 has the wider bound at the same level, for it is two-sided', () => {
    const at = { first: 300, last: 300 }
    const [old] = detectFarrington({ counts: seasonal, calendar: weeks }, { b: 5 }, at)
    const [one] = detectFarringtonFlexible(
      { counts: seasonal, calendar: weeks },
      { b: 5, weightsThreshold: 1 },
      at,
    )
    expect(old?.expected).toBeCloseTo(one?.expected ?? 0, 8)
    expect(old?.upperBound).toBeGreaterThan(one?.upperBound ?? 1e9)
  })

  it('refuses parameters that mean nothing', () => {
    expect(() => detectFarringtonFlexible({ counts: [], calendar: weeks }, { b: 0 })).toThrow(RangeError)
    expect(() => detectFarringtonFlexible({ counts: [], calendar: weeks }, { alpha: 0 })).toThrow(RangeError)
    expect(() => detectFarrington({ counts: [], calendar: weeks }, { w: -1 })).toThrow(RangeError)
  })
})
