import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareUpperTail, logGamma, upperRegularisedGamma } from '#src/replay/regularised-gamma.ts'

const relativeError = (value: number, truth: number): number => Math.abs(value - truth) / Math.abs(truth)

/** Q(n, x) for whole n, the tail of a Poisson sum: e^−x Σ_{k<n} x^k / k!, added up in logarithms. */
const closedForm = (n: number, x: number): number => {
  let term = Math.exp(-x)
  let sum = term
  for (let k = 1; k < n; k++) {
    term *= x / k
    sum += term
  }
  return sum
}

describe('logGamma', () => {
  it.each([
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [1.5, Math.log(Math.sqrt(Math.PI) / 2)],
    [5, Math.log(24)],
    [11, Math.log(3_628_800)],
    [0.001, 6.907178885383854],
    [100.5, 361.43554046777757],
  ])('of %d is %d', (x, truth) => {
    expect(logGamma(x)).toBeCloseTo(truth, 11)
  })

  it('keeps the recurrence Γ(x+1) = x Γ(x)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(1e-13 * (1 + x * 20))
      }),
    )
  })

  it.each([0, -1, Number.NaN, Infinity])('refuses %d', (x) => {
    expect(() => logGamma(x)).toThrow(RangeError)
  })
})

describe('upperRegularisedGamma', () => {
  it('meets the closed form for whole a', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 150, noNaN: true }),
        (n, x) => {
          const truth = closedForm(n, x)
          expect(Math.abs(upperRegularisedGamma(n, x) - truth)).toBeLessThan(1e-12 + 1e-10 * truth)
        },
      ),
    )
  })

  it('meets the complementary error function at a = 1/2', () => {
    expect(relativeError(upperRegularisedGamma(0.5, 1), 0.15729920705028513)).toBeLessThan(1e-13)
    expect(relativeError(upperRegularisedGamma(0.5, 9), 2.209049699858544e-5)).toBeLessThan(1e-12)
  })

  it('falls from 1 to 0', () => {
    expect(upperRegularisedGamma(3, 0)).toBe(1)
    expect(upperRegularisedGamma(3, Infinity)).toBe(0)
    const x = fc.double({ min: 0, max: 500, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 300, noNaN: true }), x, x, (a, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(upperRegularisedGamma(a, high)).toBeLessThanOrEqual(upperRegularisedGamma(a, low) + 1e-12)
      }),
    )
  })

  it.each([
    [0, 1],
    [-1, 1],
    [1, -1],
    [1, Number.NaN],
    [Infinity, 1],
  ])('refuses Q(%d, %d)', (a, x) => {
    expect(() => upperRegularisedGamma(a, x)).toThrow(RangeError)
  })
})

describe('chiSquareUpperTail', () => {
  it.each([
    [1, 1, 0.31731],
    [10, 10, 0.44049],
    [20, 10, 0.02925],
    [4, 2, 0.13534],
  ])('of %d with %d degrees is as in Abramowitz and Stegun, table 26.7', (statistic, degrees, truth) => {
    expect(chiSquareUpperTail(statistic, degrees)).toBeCloseTo(truth, 5)
  })

  it.each([
    [3.841, 1, 0.05],
    [18.307, 10, 0.05],
    [135.807, 100, 0.01],
    [10.828, 1, 0.001],
    [124.342, 100, 0.05],
  ])('of the critical value %d with %d degrees is %d', (statistic, degrees, truth) => {
    expect(relativeError(chiSquareUpperTail(statistic, degrees), truth)).toBeLessThan(2e-3)
  })
})
