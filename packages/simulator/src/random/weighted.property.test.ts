import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { below, exponential, normal, streamOf, uniform } from '#src/random/stream.ts'
import { weightedChoice } from '#src/random/weighted.ts'
import { chiSquareUpperTail } from '#src/replay/regularised-gamma.ts'

const draws = 40_000

const meanAndVariance = (values: readonly number[]): [number, number] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length]
}

describe('streamOf', () => {
  it('gives the same numbers for the same keys, and others for others', () => {
    const keys = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const take = (list: readonly number[]) => {
          const stream = streamOf(...list)
          return [stream.next(), stream.next(), stream.next(), stream.next()]
        }
        expect(take(a)).toEqual(take(a))
        if (a.join() !== b.join()) expect(take(a)).not.toEqual(take(b))
      }),
    )
  })

  it('has neighbouring keys that are not alike', () => {
    const firsts = Array.from({ length: draws }, (_, key) => uniform(streamOf(7, key)))
    const [mean, variance] = meanAndVariance(firsts)
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / draws))
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002)
  })

  it.each([1.5, Number.NaN, 2 ** 60])('refuses the key %d', (key) => {
    expect(() => streamOf(key)).toThrow(RangeError)
  })
})

describe('the distributions', () => {
  it('have the mean and variance they should', () => {
    const random = streamOf(20200123)
    const [normalMean, normalVariance] = meanAndVariance(Array.from({ length: draws }, () => normal(random)))
    expect(Math.abs(normalMean)).toBeLessThan(4 / Math.sqrt(draws))
    expect(Math.abs(normalVariance - 1)).toBeLessThan(4 * Math.sqrt(2 / draws))
    const [gapMean, gapVariance] = meanAndVariance(Array.from({ length: draws }, () => exponential(random)))
    expect(Math.abs(gapMean - 1)).toBeLessThan(4 / Math.sqrt(draws))
    expect(Math.abs(gapVariance - 1)).toBeLessThan(4 * Math.sqrt(8 / draws))
  })

  it('keep whole numbers in their range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }), (seed, count) => {
        const value = below(streamOf(seed), count)
        expect(Number.isInteger(value) && value >= 0 && value < count).toBe(true)
      }),
    )
  })
})

describe('weightedChoice', () => {
  it('draws in proportion to the weights and never what has none', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(
        weights.filter((list) => list.some((weight) => weight > 0)),
        (list) => {
          const total = list.reduce((sum, weight) => sum + weight, 0)
          const choose = weightedChoice([...list.keys()], list)
          const random = streamOf(1, ...list)
          const counts = list.map(() => 0)
          for (let n = 0; n < draws; n++) {
            const drawn = choose(random)
            counts[drawn] = (counts[drawn] ?? 0) + 1
          }
          const positive = list.filter((weight) => weight > 0).length
          const chiSquare = list.reduce((sum, weight, index) => {
            const mean = (draws * weight) / total
            if (weight === 0) expect(counts[index]).toBe(0)
            return weight === 0 ? sum : sum + ((counts[index] ?? 0) - mean) ** 2 / mean
          }, 0)
          if (positive > 1) expect(chiSquareUpperTail(chiSquare, positive - 1)).toBeGreaterThan(1e-6)
        },
      ),
      { numRuns: 40, seed: 42 },
    )
  })

  it.each([[[]], [[0, 0]], [[1, -1]], [[1, Number.NaN]], [[1, Infinity]]])(
    'refuses the weights %j',
    (weights) => {
      expect(() => weightedChoice([...weights.keys()], weights)).toThrow(RangeError)
    },
  )
})
