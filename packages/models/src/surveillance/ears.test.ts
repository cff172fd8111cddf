import { describe, expect, it } from 'vitest'
import { detectEars } from './ears.ts'

/** Mean 2, squares of distances 0 1 1 0 4 1 1: variance 8 / 6. */
const week = [2, 3, 1, 2, 4, 1, 1]
const deviation = Math.sqrt(8 / 6)
const z = 3.090232306167813

describe('EARS', () => {
  it('C1 compares with the seven days before', () => {
    const [point] = detectEars([...week, 9], { method: 'c1' }).slice(-1)
    expect(point?.expected).toBe(2)
    expect(point?.upperBound).toBeCloseTo(2 + z * deviation, 12)
    expect(point?.score).toBeCloseTo(7 / deviation, 12)
    expect(point?.alarm).toBe(true)
  })

  it('C2 leaves two days out between', () => {
    const [point] = detectEars([...week, 50, 60, 6], { method: 'c2' }).slice(-1)
    expect(point?.upperBound).toBeCloseTo(2 + z * deviation, 12)
    expect(point?.alarm).toBe(true)
  })

  it('says nothing before the baseline is full', () => {
    const counts = Array.from({ length: 14 }, (_, day) => day % 3)
    const firstOf = (method: 'c1' | 'c2' | 'c3' | 'c3-rpkg') =>
      detectEars(counts, { method }).findIndex((point) => point.upperBound !== null)
    expect([firstOf('c1'), firstOf('c2'), firstOf('c3'), firstOf('c3-rpkg')]).toEqual([7, 9, 11, 11])
  })

  it('C3 sums what exceeds one deviation over three days', () => {
    // The baselines of the last three days lie before the rise; each exceeds its own by about 1.
    const counts = [2, 3, 1, 2, 4, 1, 1, 2, 3, 5, 5, 5]
    const points = detectEars(counts, { method: 'c3' })
    const c2 = (t: number): number => {
      const base = counts.slice(t - 9, t - 2)
      const mean = base.reduce((sum, one) => sum + one, 0) / 7
      const variance = base.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 6
      return ((counts[t] ?? 0) - mean) / Math.sqrt(variance)
    }
    const expected = [9, 10, 11].reduce((sum, t) => sum + Math.max(0, c2(t) - 1), 0)
    expect(points[11]?.score).toBeCloseTo(expected, 12)
    expect(points[11]?.alarm).toBe(expected > 2)
    expect(points[11]?.alarm).toBe(true)
  })

  it('C3 and its upper bound say the same', () => {
    const counts = Array.from({ length: 300 }, (_, t) => (t * t * 7 + ((t * 13) % 11)) % 9)
    for (const [t, point] of detectEars(counts, { method: 'c3', minSigma: 0.5 }).entries())
      if (point.upperBound !== null) expect([t, point.alarm]).toEqual([t, point.observed > point.upperBound])
  })

  it('the C3 of the R package can alarm on a day that falls, that of CDC then does so by the days before', () => {
    const counts = [2, 3, 1, 2, 4, 1, 1, 2, 2, 2, 30, 30, 0]
    const [last] = detectEars(counts, { method: 'c3-rpkg' }).slice(-1)
    expect(last?.alarm).toBe(false)
    expect(last?.upperBound).toBe(0)
    const [cdc] = detectEars(counts, { method: 'c3' }).slice(-1)
    expect(cdc).toMatchObject({ alarm: true, upperBound: null })
  })

  it('takes a baseline without variation as it is, or with a least deviation', () => {
    const counts = [1, 1, 1, 1, 1, 1, 1, 2]
    expect(detectEars(counts, { method: 'c1' })[7]).toMatchObject({ alarm: true, upperBound: 1, score: null })
    expect(detectEars(counts, { method: 'c1', minSigma: 1 })[7]).toMatchObject({ alarm: false, score: 1 })
  })

  it('refuses parameters that mean nothing', () => {
    expect(() => detectEars([], { method: 'c1', baseline: 2 })).toThrow(RangeError)
    expect(() => detectEars([], { method: 'c1', minSigma: -1 })).toThrow(RangeError)
    expect(() => detectEars([], { method: 'c1', alpha: 2 })).toThrow(RangeError)
  })
})
