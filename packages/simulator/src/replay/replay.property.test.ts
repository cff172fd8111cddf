import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawScreenings } from '#src/arrivals/draw-screenings.ts'
import type { OriginShare } from '#src/arrivals/scenario.ts'
import { zhuhaiScenario } from '#src/cities/zhuhai-2020/scenario.ts'
import { buildZhuhaiCity } from '#src/cities/zhuhai-2020/zhuhai.ts'
import { happens, streamOf } from '#src/random/stream.ts'
import { weightedChoice } from '#src/random/weighted.ts'
import { compareShares, designEffectOf } from '#src/replay/compare-shares.ts'
import { describeComparison } from '#src/replay/replay-report.ts'
import { dayWindow, replayScenario } from '#src/replay/replay-scenario.ts'

const codes = [442000, 440100, 820000, 440300, 440700, 440600, 420100, 330300, 110000, 310000]
const shares: readonly OriginShare[] = codes.map((originCode, index) => ({
  originCode,
  share: 0.5 / 1.6 ** index,
}))

/** Parties of one to five and now and then a coach, each from one origin. */
const sample = (from: readonly OriginShare[], parties: number, seed: number) => {
  const random = streamOf(seed)
  const origin = weightedChoice(
    from.map((one) => one.originCode),
    from.map((one) => one.share),
  )
  const size = weightedChoice([1, 2, 3, 4, 5], [32, 32, 17, 12, 7])
  const counts = new Map<number, number>()
  const sizes: number[] = []
  for (let party = 0; party < parties; party++) {
    const code = origin(random)
    const aboard = happens(random, 0.01) ? 25 : size(random)
    sizes.push(aboard)
    counts.set(code, (counts.get(code) ?? 0) + aboard)
  }
  const observed = [...counts].map(([originCode, travellers]) => ({ originCode, travellers }))
  return { observed, designEffect: designEffectOf(sizes) }
}

describe('compareShares', () => {
  it('calls a fair sample inconsistent as often as its p-value says', () => {
    const trials = 400
    const pValues = Array.from(
      { length: trials },
      (_, seed) => compareShares({ expected: shares, ...sample(shares, 3_000, seed) }).pValue,
    )
    const below = (level: number) => pValues.filter((p) => p < level).length / trials
    for (const level of [0.05, 0.25, 0.5, 0.75])
      expect(Math.abs(below(level) - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / trials))
  })

  it('would call fair samples inconsistent far too often without the design effect', () => {
    const wrong = Array.from({ length: 60 }, (_, seed) =>
      compareShares({ expected: shares, ...sample(shares, 3_000, seed), designEffect: 1 }),
    ).filter((comparison) => !comparison.isConsistent).length
    expect(wrong).toBeGreaterThan(30)
  })

  it('finds a sample from other shares inconsistent', () => {
    const other = shares.map((one) => (one.originCode === 442000 ? { ...one, share: one.share * 0.8 } : one))
    const comparison = compareShares({ expected: shares, ...sample(other, 5_000, 1) })
    expect(comparison.isConsistent).toBe(false)
    expect(comparison.largestDeviationOrigin).toBe(442000)
    expect(describeComparison(comparison)[0]?.en).toMatch(/do not equal/)
  })

  it('finds an origin that the file does not have', () => {
    const { observed, designEffect } = sample(shares, 3_000, 2)
    const withStranger = [...observed, { originCode: 900826, travellers: 1 }]
    const comparison = compareShares({ expected: shares, observed: withStranger, designEffect })
    expect(comparison.unexpectedOrigins).toEqual([900826])
    expect(comparison.isConsistent).toBe(false)
    expect(describeComparison(comparison).some((line) => line.en.includes('United Kingdom'))).toBe(true)
  })

  it('agrees with a test worked by hand', () => {
    const expected = [1, 2, 3, 4, 5, 6].map((face) => ({ originCode: 440000 + face * 100, share: 1 }))
    const counts = [22, 21, 22, 27, 22, 36]
    const observed = expected.map(({ originCode }, index) => ({ originCode, travellers: counts[index] ?? 0 }))
    const { chiSquare, degreesOfFreedom, pValue } = compareShares({ expected, observed, designEffect: 1 })
    expect(chiSquare).toBeCloseTo(6.72, 10)
    expect(degreesOfFreedom).toBe(5)
    expect(pValue).toBeCloseTo(0.2423, 3)
  })

  it('has finite figures and ordered intervals for any counts', () => {
    const count = fc.record({ originCode: fc.constantFrom(...codes, 900826), travellers: fc.nat(5_000) })
    const observed = fc.uniqueArray(count, { selector: (one) => one.originCode, minLength: 1 })
    fc.assert(
      fc.property(
        observed.filter((list) => list.some((one) => one.travellers > 0)),
        fc.double({ min: 1, max: 50, noNaN: true }),
        (counts, designEffect) => {
          const comparison = compareShares({ expected: shares, observed: counts, designEffect })
          for (const figure of [comparison.chiSquare, comparison.pValue, comparison.largestDeviation])
            expect(Number.isFinite(figure) && figure >= 0).toBe(true)
          expect(comparison.pValue).toBeLessThanOrEqual(1)
          for (const one of comparison.origins) {
            expect(one.lowShare).toBeLessThanOrEqual(one.observedShare + 1e-12)
            expect(one.highShare).toBeGreaterThanOrEqual(one.observedShare - 1e-12)
          }
          expect(comparison.origins.length + comparison.pooledOrigins).toBe(codes.length)
        },
      ),
    )
  })

  it('refuses to compare nothing', () => {
    const observed = [{ originCode: 442000, travellers: 3 }]
    expect(() => compareShares({ expected: shares, observed: [], designEffect: 1 })).toThrow(RangeError)
    expect(() => compareShares({ expected: [], observed, designEffect: 1 })).toThrow(RangeError)
    expect(() => compareShares({ expected: shares, observed, designEffect: 0.5 })).toThrow(RangeError)
    expect(() => designEffectOf([])).toThrow(RangeError)
  })
})

describe('replayScenario', () => {
  const { city, response } = buildZhuhaiCity()
  const base = zhuhaiScenario(city.posts)
  const slotShares = Array.from({ length: 72 }, (_, slot) => (slot < 36 ? 1 : 3))

  it('draws the given origins, shape and volume at every post', () => {
    const scenario = replayScenario({ base, posts: city.posts, shares, slotShares, dailyVehicles: 12_000 })
    const window = dayWindow('Asia/Shanghai', '2020-01-18')
    const commands = [
      ...drawScreenings({
        city,
        response: response('2020-06-30'),
        rulesVersion: 1,
        scenario,
        seed: 3,
        ...window,
      }),
    ]
    expect(Math.abs(commands.length - 12_000)).toBeLessThan(5 * Math.sqrt(12_000))
    const noon = window.fromMs + 12 * 3_600_000
    const late = commands.filter((command) => Date.parse(command.startedAt) >= noon).length / commands.length
    expect(late).toBeCloseTo(0.75, 1)
    const counts = new Map<number, number>()
    for (const { travellers } of commands)
      for (const { origin } of travellers) counts.set(origin.code, (counts.get(origin.code) ?? 0) + 1)
    const comparison = compareShares({
      expected: shares,
      observed: [...counts].map(([originCode, travellers]) => ({ originCode, travellers })),
      designEffect: designEffectOf(commands.map((command) => command.travellers.length)),
    })
    expect(comparison.isConsistent).toBe(true)
    expect(describeComparison(comparison)[0]?.en).toMatch(/equal those of the file/)
  })

  it.each([0, -1, Number.NaN, Infinity])('refuses %d vehicles a day', (dailyVehicles) => {
    expect(() => replayScenario({ base, posts: city.posts, shares, slotShares, dailyVehicles })).toThrow(
      RangeError,
    )
  })
})
