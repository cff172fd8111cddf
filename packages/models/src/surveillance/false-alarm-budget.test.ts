import { describe, expect, it } from 'vitest'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { countAt } from './draw-count.ts'
import { calibrateThreshold, measureFalseAlarms, type WatchedSeries } from './false-alarm-budget.ts'
import { detectCusum } from './glr-cusum.ts'

/** Hours of a day at a post: quiet at night, busy by day. */
const dayOf = (scale: number): number[] =>
  Array.from({ length: 24 }, (_, hour) => scale * (1.1 + Math.sin((2 * Math.PI * (hour - 9)) / 24)))

/** Six posts with two signals each: fevers, rare, and refusals. */
const series: WatchedSeries[] = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6].flatMap((scale) => [
  { means: dayOf(scale), alpha: 0.3 },
  { means: dayOf(3 * scale), alpha: 0 },
])

const size = { window: 24, length: 1_500, replicates: 6 }

describe('false-alarm budget', () => {
  const budget = 1 / 24
  const calibrated = calibrateThreshold(series, budget, { ...size, seed: 1 })

  it('is held over all posts, hours and signals together', () => {
    expect(calibrated.perPoint).toBeLessThanOrEqual(budget)
    const held = measureFalseAlarms(series, calibrated.cArl, { ...size, seed: 2 })
    expect(held.alarms).toBeGreaterThan(200)
    expect(held.perPoint / budget).toBeGreaterThan(0.8)
    expect(held.perPoint / budget).toBeLessThan(1.2)
    expect(held.low95).toBeLessThan(budget)
    expect(held.high95).toBeGreaterThan(budget * 0.95)
  })

  it('is used up by other thresholds otherwise', () => {
    const loose = measureFalseAlarms(series, calibrated.cArl - 1, { ...size, seed: 2 })
    const strict = measureFalseAlarms(series, calibrated.cArl + 1, { ...size, seed: 2 })
    expect(loose.perPoint).toBeGreaterThan(1.5 * budget)
    expect(strict.perPoint).toBeLessThan(budget / 1.5)
  })

  it('tells each series its run length, which together make the rate', () => {
    expect(calibrated.runLengths).toHaveLength(series.length)
    const total = calibrated.runLengths.reduce((sum, length) => sum + 1 / length, 0)
    expect(total).toBeCloseTo(calibrated.perPoint, 12)
  })

  it('gives the same threshold for the same seed', () => {
    const few = { ...size, length: 200, replicates: 10, seed: 5 }
    expect(calibrateThreshold(series, 0.5, few)).toEqual(calibrateThreshold(series, 0.5, few))
    expect(calibrateThreshold(series, 0.5, { ...few, seed: 6 }).cArl).not.toBe(
      calibrateThreshold(series, 0.5, few).cArl,
    )
  })

  it('still sees a post at which fevers treble', () => {
    const uniform = seededUniform(9)
    const means = Array.from({ length: 240 }, (_, t) => dayOf(0.4)[t % 24] ?? 1)
    const counts = means.map((mean, t) => countAt(uniform(), t < 120 ? mean : 3 * mean, 0.3))
    const points = detectCusum(counts, means, { cArl: calibrated.cArl, alpha: 0.3, window: 24 })
    expect(points.findIndex((point, t) => t >= 120 && point.alarm)).toBeGreaterThan(0)
  })

  it('refuses a simulation too small for it', () => {
    expect(() => calibrateThreshold(series, 1e-6, { ...size, replicates: 1, seed: 1 })).toThrow(
      /simulate longer/,
    )
    expect(() => calibrateThreshold([], 1, { ...size, seed: 1 })).toThrow(RangeError)
    expect(() => calibrateThreshold(series, 0, { ...size, seed: 1 })).toThrow(RangeError)
  })
})

describe('drawn counts', () => {
  it.each([
    [0.3, 0],
    [4, 0.5],
    [80, 0.1],
  ])('have mean %d and dispersion %d', (mean, alpha) => {
    const uniform = seededUniform(3)
    const draws = Array.from({ length: 4_000 }, () => countAt(uniform(), mean, alpha))
    const average = draws.reduce((sum, one) => sum + one, 0) / draws.length
    const variance = draws.reduce((sum, one) => sum + (one - average) ** 2, 0) / draws.length
    const wanted = mean + alpha * mean * mean
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(wanted / draws.length))
    expect(variance / wanted).toBeGreaterThan(0.85)
    expect(variance / wanted).toBeLessThan(1.15)
  })
})
