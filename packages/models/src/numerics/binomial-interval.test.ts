import { describe, expect, it } from 'vitest'
import { findingRate } from './binomial-interval.ts'

describe('findingRate', () => {
  it('agrees with closed forms where there are some', () => {
    expect(findingRate({ screened: 3_375, findings: 0 }, 0.95, 'exact').high).toBeCloseTo(
      1 - 0.025 ** (1 / 3_375),
      12,
    )
    expect(findingRate({ screened: 1, findings: 1 }, 0.9, 'exact')).toEqual({
      rate: 1,
      low: expect.closeTo(0.05, 12),
      high: 1,
    })
  })

  it('gives the published interval of the evacuation flights from Wuhan, 14 of 3,375', () => {
    const { low, high } = findingRate({ screened: 3_375, findings: 14 }, 0.95, 'exact')
    expect(low).toBeCloseTo(0.0023, 4)
    expect(high).toBeCloseTo(0.007, 4)
  })

  it('covers at least as often as it says with the exact method', () => {
    const [n, p] = [40, 0.07]
    let [term, covered] = [(1 - p) ** n, 0]
    for (let x = 0; x <= n; x++) {
      const { low, high } = findingRate({ screened: n, findings: x }, 0.95, 'exact')
      if (low <= p && p <= high) covered += term
      term *= ((n - x) * p) / ((x + 1) * (1 - p))
    }
    expect(covered).toBeGreaterThanOrEqual(0.95)
  })

  it('says nothing where nobody was screened, and refuses what cannot be', () => {
    expect(findingRate({ screened: 0, findings: 0 }, 0.95)).toEqual({ rate: 0, low: 0, high: 1 })
    expect(() => findingRate({ screened: 3, findings: 4 }, 0.95)).toThrow(RangeError)
    expect(() => findingRate({ screened: 3, findings: 1 }, 1)).toThrow(RangeError)
  })
})
