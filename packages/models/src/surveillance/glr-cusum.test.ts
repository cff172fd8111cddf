import { describe, expect, it } from 'vitest'
import { detectCusum } from './glr-cusum.ts'
import { generalisedRatio, logRatio } from './likelihood-ratio.ts'
import { detectSeasonalCusum } from './seasonal-cusum.ts'

const counts = [2, 1, 4, 0, 3, 5, 6, 2, 7, 8, 1, 0, 9, 3]
const means = counts.map((_, t) => 2 + Math.sin(t))
const stretch = { counts: Float64Array.from(counts), means: Float64Array.from(means) }

/** By trying every beginning and a fine grid of changes. */
const bruteForce = (n: number, alpha: number): number => {
  let greatest = 0
  for (let k = 0; k <= n; k++)
    for (let step = 1; step <= 4_000; step++) {
      const kappa = step / 1_000
      let sum = 0
      for (let t = k; t <= n; t++) sum += logRatio(counts[t] ?? 0, means[t] ?? 1, kappa, alpha)
      greatest = Math.max(greatest, sum)
    }
  return greatest
}

describe('likelihood ratio', () => {
  it.each([0, 0.3])('is the greatest over beginnings and factors, dispersion %d', (alpha) => {
    const options = { alpha, direction: 'inc', window: -1, leastLength: 1 } as const
    for (const n of [2, 6, 9, 13]) {
      const exact = generalisedRatio(stretch, n, options)
      expect(exact).toBeGreaterThanOrEqual(bruteForce(n, alpha) - 1e-9)
      expect(exact).toBeCloseTo(bruteForce(n, alpha), 5)
    }
  })

  it('of the negative binomial becomes that of Poisson', () => {
    expect(logRatio(7, 3, 0.4, 1e-9)).toBeCloseTo(logRatio(7, 3, 0.4, 0), 7)
  })

  it('looks no further back than its window, and for changes that lasted', () => {
    const late = { alpha: 0, direction: 'inc', window: 0, leastLength: 1 } as const
    expect(generalisedRatio(stretch, 12, late)).toBeCloseTo(
      9 * Math.log(9 / (means[12] ?? 1)) + (means[12] ?? 1) - 9,
      12,
    )
    const long = { alpha: 0, direction: 'inc', window: -1, leastLength: 14 } as const
    expect(generalisedRatio(stretch, 12, long)).toBe(0)
  })

  it('sees a decrease down to no case at all', () => {
    const none = { counts: new Float64Array(3), means: new Float64Array(3).fill(2) }
    const down = { direction: 'dec', window: -1, leastLength: 1 } as const
    expect(generalisedRatio(none, 2, { ...down, alpha: 0 })).toBeCloseTo(6, 12)
    expect(generalisedRatio(none, 2, { ...down, alpha: 0.5 })).toBeCloseTo((3 / 0.5) * Math.log(2), 6)
  })
})

describe('chart', () => {
  it.each([{ alpha: 0 }, { alpha: 0.4 }, { alpha: 0, theta: 0.7 }, { alpha: 0.4, theta: 0.7 }])(
    'tells the least count that is an alarm: %j',
    (options) => {
      const cases = detectCusum(counts, means, { ...options, cArl: 2, bound: 'cases' })
      const values = detectCusum(counts, means, { ...options, cArl: 2 })
      expect(cases.map((point) => point.alarm)).toEqual(values.map((point) => point.alarm))
      expect(cases.some((point) => point.alarm)).toBe(true)
      for (const point of cases) expect(point.alarm).toBe(point.observed >= (point.upperBound ?? Infinity))
    },
  )

  it('starts again after an alarm', () => {
    const points = detectCusum([2, 30, 2, 2], [2, 2, 2, 2])
    expect(points.map((point) => point.alarm)).toEqual([false, true, false, false])
    expect(points[2]?.score).toBe(0)
  })

  it('with a given factor is the recursion of Page', () => {
    const points = detectCusum([4, 1, 6], [2, 2, 2], { theta: Math.log(2), cArl: 100 })
    const first = 4 * Math.log(2) - 2
    const second = Math.max(0, first + Math.log(2) - 2)
    expect(points.map((point) => point.score)).toEqual([
      expect.closeTo(first, 12),
      expect.closeTo(second, 12),
      expect.closeTo(second + 6 * Math.log(2) - 2, 12),
    ])
  })

  it('refuses means that are not above 0, and as many as counts', () => {
    expect(() => detectCusum([1], [0])).toThrow(RangeError)
    expect(() => detectCusum([1, 2], [1])).toThrow(RangeError)
    expect(() => detectCusum([1], [1], { cArl: 0 })).toThrow(RangeError)
  })
})

describe('seasonal mean', () => {
  const season = Array.from({ length: 260 }, (_, t) =>
    Math.round(20 + 10 * Math.cos((2 * Math.PI * (t + 1)) / 52)),
  )
  const options = { law: 'poisson', harmonics: 1, trend: false, pointsPerYear: 52, refit: false } as const

  it('goes with the year', () => {
    const points = detectSeasonalCusum(season, undefined, { first: 208, last: 259 }, options)
    for (const point of points) expect(Math.abs((point.expected ?? 0) - point.observed)).toBeLessThan(3)
    expect(points.some((point) => point.alarm)).toBe(false)
  })

  it('is exposure times rate where an exposure is given', () => {
    const exposure = season.map((_, t) => (t >= 208 ? 3_000 : 1_000))
    const flat = season.map((_, t) => (t >= 208 ? 33 : 10 + (t % 3)))
    const points = detectSeasonalCusum(
      flat,
      exposure,
      { first: 208, last: 259 },
      { ...options, harmonics: 0 },
    )
    for (const point of points) expect(point.expected).toBeCloseTo(33, 0)
    expect(points.some((point) => point.alarm)).toBe(false)
    const blind = detectSeasonalCusum(
      flat,
      undefined,
      { first: 208, last: 259 },
      { ...options, harmonics: 0 },
    )
    expect(blind[0]?.alarm).toBe(true)
  })

  it('is estimated again after an alarm where that is asked for', () => {
    const stepped = season.map((count, t) => (t >= 220 ? count * 3 : count))
    const range = { first: 208, last: 259 }
    const fixed = detectSeasonalCusum(stepped, undefined, range, options)
    const again = detectSeasonalCusum(stepped, undefined, range, { ...options, refit: true })
    expect(again).toHaveLength(fixed.length)
    expect(again.at(-1)?.expected).toBeGreaterThan(fixed.at(-1)?.expected ?? 0)
  })

  it('needs a training period with cases', () => {
    expect(() => detectSeasonalCusum([0, 0, 0, 0, 5], undefined, { first: 4, last: 4 }, options)).toThrow(
      RangeError,
    )
    expect(() => detectSeasonalCusum([3, 5], undefined, { first: 1, last: 1 }, options)).toThrow(RangeError)
  })
})
