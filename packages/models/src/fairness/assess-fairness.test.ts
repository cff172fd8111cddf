import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessFairness, type OriginScreening } from './assess-fairness.ts'
import { exceedsByChance } from './exact-comparison.ts'

const origin = (
  name: string,
  screened: number,
  findings: number,
  isSingledOut: boolean,
): OriginScreening => ({
  origin: name,
  screened,
  findings,
  arrivals: null,
  isSingledOut,
})

const verdictsOf = (...origins: OriginScreening[]): string[] =>
  assessFairness(origins).map(({ verdict, isWarned }) => `${verdict}${isWarned ? ' warned' : ''}`)

describe('assessFairness', () => {
  it('keeps a rule that the findings support and warns of those that they do not', () => {
    expect(
      verdictsOf(
        origin('rest', 40_000, 40, false),
        origin('high', 3_000, 24, true),
        origin('alike', 9_000, 9, true),
        origin('low', 20_000, 2, true),
        origin('small', 200, 0, true),
      ),
    ).toEqual(['not-singled-out', 'supported', 'no-evidence warned', 'contradicted warned', 'too-few warned'])
  })

  it('warns where there is nobody to compare with', () => {
    expect(verdictsOf(origin('only', 5_000, 3, true))).toEqual(['too-few warned'])
  })

  it('says how many of those who arrive are screened', () => {
    const [first] = assessFairness([{ ...origin('a', 50, 0, false), arrivals: 200 }])
    expect(first?.screenedPerArrival).toBe(0.25)
    expect(first?.rateRatio).toBeNull()
  })

  it('asks for more evidence the more origins are singled out', () => {
    const rest = origin('rest', 10_000, 10, false)
    const one = origin('one', 1_000, 4, true)
    expect(verdictsOf(rest, one)[1]).toBe('supported')
    const others = Array.from({ length: 20 }, (_, at) => origin(`other-${at}`, 1_000, 1, true))
    expect(verdictsOf(rest, one, ...others)[1]).not.toBe('supported')
  })

  it('never warns where no rule singles anybody out, nor withdraws support for one more finding', () => {
    const counts = fc.record({
      screened: fc.integer({ min: 1, max: 5_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(counts, counts, (group, others) => {
        const [x, y] = [group, others].map(({ screened, share }) => Math.floor(share * (screened - 1)))
        const rest = origin('rest', others.screened, y ?? 0, false)
        const before = assessFairness([rest, origin('one', group.screened, x ?? 0, true)])
        const after = assessFairness([rest, origin('one', group.screened, (x ?? 0) + 1, true)])
        expect(before[0]?.isWarned).toBe(false)
        if (before[1]?.verdict === 'supported') expect(after[1]?.verdict).toBe('supported')
      }),
    )
  })
})

describe('exceedsByChance', () => {
  it('agrees with the sum over all tables for small numbers', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (n * choose(n - 1, k - 1)) / k)
    for (let x = 0; x <= 6; x++) {
      for (let y = 0; y <= 8; y++) {
        let sum = 0
        for (let k = x; k <= Math.min(6, x + y); k++)
          if (x + y - k <= 8) sum += choose(6, k) * choose(8, x + y - k)
        const chance = exceedsByChance({ screened: 6, findings: x }, { screened: 8, findings: y })
        expect(chance).toBeCloseTo(sum / choose(14, x + y), 12)
      }
    }
  })
})
