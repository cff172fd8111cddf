import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaTailsAt, inverseBeta } from './incomplete-beta.ts'
import { gammaTails, inverseGamma } from './incomplete-gamma.ts'

const shape = fc.double({ min: -2.5, max: 4, noNaN: true }).map((log) => 10 ** log)
const tail = fc.double({ min: -100, max: -0.31, noNaN: true }).map((log) => 10 ** log)

describe('inverse functions', () => {
  it('lead back to the tail they were asked for', () => {
    fc.assert(
      fc.property(shape, shape, tail, fc.boolean(), (a, b, p, isLower) => {
        const wanted = isLower ? { lower: p, upper: 1 - p } : { lower: 1 - p, upper: p }
        const point = inverseBeta(a, b, wanted)
        const x = inverseGamma(a, wanted)
        // Below, numbers have fewer digits, and a point cannot stand for a tail.
        const least = 1e-300
        if (Math.min(point.x, point.y) > least) {
          const tails = betaTailsAt(a, b, point)
          expect(Math.abs(Math.log((isLower ? tails.lower : tails.upper) / p))).toBeLessThan(1e-9)
        }
        if (x > least) {
          const tails = gammaTails(a, x)
          expect(Math.abs(Math.log((isLower ? tails.lower : tails.upper) / p))).toBeLessThan(1e-9)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('increase with the probability', () => {
    fc.assert(
      fc.property(shape, shape, tail, (a, b, p) => {
        const low = inverseBeta(a, b, { lower: p * 0.9, upper: 1 - p * 0.9 })
        const high = inverseBeta(a, b, { lower: p, upper: 1 - p })
        // Two points nearer than their digits are one: below 1e-300 those are fewer.
        const digits = Math.max(high.x * 1e-12, 1e-300)
        expect(low.x).toBeLessThanOrEqual(high.x + digits)
      }),
      { numRuns: 200 },
    )
  })
})
