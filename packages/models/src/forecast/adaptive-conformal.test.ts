import { describe, expect, it } from 'vitest'
import { normalQuantile } from '#src/numerics/normal.ts'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import {
  conformalBounds,
  createConformalTails,
  normalTail,
  sortErrors,
  takeError,
} from './adaptive-conformal.ts'

/** Share of misses at each side over the last errors, when errors are as drawn. */
const missesOf = (errorAt: (at: number, normal: number) => number, total: number, scored: number) => {
  const uniform = seededUniform(9)
  const tails = createConformalTails(300)
  let [low, high] = [0, 0]
  for (let at = 0; at < total; at++) {
    if (at % 24 === 0) sortErrors(tails)
    const bounds = conformalBounds(tails)
    const error = errorAt(at, normalQuantile(uniform()))
    if (at >= total - scored && error < -bounds.low) low++
    if (at >= total - scored && error > bounds.high) high++
    takeError(tails, error, 0.005)
  }
  return { low: low / scored, high: high / scored }
}

describe('adaptive conformal tails', () => {
  it('begin as a normal law has them', () => {
    expect(conformalBounds(createConformalTails(100))).toEqual({ low: normalTail, high: normalTail })
  })

  it.each([
    ['normal errors', (_: number, normal: number) => normal],
    ['errors three times as large', (_: number, normal: number) => 3 * normal],
    ['skewed errors', (_: number, normal: number) => Math.exp(normal) - 1],
    ['errors that double half way', (at: number, normal: number) => (at > 3_000 ? 2 : 1) * normal],
    ['errors that wander off by a constant', (_: number, normal: number) => normal + 1],
  ])('miss a twentieth at each side: %s', (_, errorAt) => {
    const { low, high } = missesOf(errorAt, 6_000, 3_000)
    expect(Math.abs(low - 0.045)).toBeLessThan(0.015)
    expect(Math.abs(high - 0.045)).toBeLessThan(0.015)
  })
})
