import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaPrintedIndex, gittinsIndex } from './gittins-index.ts'

const law = fc.record({
  alpha: fc.double({ min: 0.05, max: 80, noNaN: true }),
  beta: fc.double({ min: 0.5, max: 9_000, noNaN: true }),
})

describe('gittinsIndex', () => {
  it('is never below the posterior mean, and a patient planner pays more to learn', () => {
    fc.assert(
      fc.property(law, fc.double({ min: 0, max: 0.95, noNaN: true }), (beta, discount) => {
        const index = gittinsIndex(beta, discount)
        expect(index).toBeGreaterThanOrEqual(beta.alpha / (beta.alpha + beta.beta))
        expect(index).toBeLessThan(1)
        expect(gittinsIndex(beta, discount + 0.04)).toBeGreaterThanOrEqual(index * (1 - 1e-12))
      }),
    )
  })

  it('rises with every positive and falls with every negative', () => {
    fc.assert(
      fc.property(law, ({ alpha, beta }) => {
        const index = gittinsIndex({ alpha, beta })
        expect(gittinsIndex({ alpha: alpha + 1, beta })).toBeGreaterThan(index)
        expect(gittinsIndex({ alpha, beta: beta + 1 })).toBeLessThan(index)
      }),
    )
  })

  it('solves the equation it is defined by', () => {
    // α = β = 1 makes I_x(1, 1) = x and I_x(2, 1) = x²: x (1 − γ x) = ½ (1 − γ x²), so x = 1 / γ − √(1 / γ² − 1 / γ).
    for (const discount of [0.1, 0.5, 0.9]) {
      const root = 1 / discount - Math.sqrt(1 / discount ** 2 - 1 / discount)
      expect(gittinsIndex({ alpha: 1, beta: 1 }, discount)).toBeCloseTo(root, 12)
    }
  })

  it('refuses a discount that is none', () => {
    expect(() => gittinsIndex({ alpha: 1, beta: 1 }, 1)).toThrow(RangeError)
    expect(() => evaPrintedIndex({ alpha: 1, beta: 1 }, -0.1)).toThrow(RangeError)
  })
})

describe('evaPrintedIndex', () => {
  it('lies below the posterior mean', () => {
    fc.assert(
      fc.property(law, (beta) => {
        const index = evaPrintedIndex(beta)
        expect(index).toBeGreaterThan(0)
        expect(index).toBeLessThanOrEqual(beta.alpha / (beta.alpha + beta.beta))
      }),
    )
  })
})
