import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { liesIn } from '#src/places/areas.ts'

const twoDigits = fc.integer({ min: 0, max: 99 })
const division = fc
  .tuple(fc.integer({ min: 11, max: 82 }), twoDigits, twoDigits)
  .map(([province, prefecture, county]) => province * 10_000 + prefecture * 100 + county)
const country = fc.integer({ min: 900_001, max: 900_999 })
const code = fc.oneof({ weight: 4, arbitrary: division }, { weight: 1, arbitrary: country })

/** Codes that are likely to hold one another: a code with its own prefecture and province. */
const family = division.map((county) => [
  county,
  Math.floor(county / 100) * 100,
  Math.floor(county / 10_000) * 10_000,
])
const likely = fc.oneof(
  code,
  family.chain((members) => fc.constantFrom(...members)),
)

describe('liesIn', () => {
  it('holds for every code in itself', () => {
    fc.assert(fc.property(code, (a) => liesIn(a, a)))
  })

  it('holds for a county in its prefecture and its province, and not the other way round', () => {
    fc.assert(
      fc.property(family, ([county = 0, prefecture = 0, province = 0]) => {
        expect([liesIn(county, prefecture), liesIn(county, province)]).toEqual([true, true])
        expect(liesIn(prefecture, county)).toBe(prefecture === county)
        expect(liesIn(province, prefecture)).toBe(province === prefecture)
      }),
    )
  })

  it('is transitive', () => {
    const triple = fc.oneof(
      fc.tuple(likely, likely, likely),
      family.chain((members) => fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(...members)))),
    )
    fc.assert(
      fc.property(triple, ([a = 0, b = 0, c = 0]) => {
        if (liesIn(a, b) && liesIn(b, c)) expect(liesIn(a, c)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(likely, likely, (a, b) => {
        if (liesIn(a, b) && liesIn(b, a)) expect(a).toBe(b)
      }),
    )
  })

  it('keeps countries apart, though ISO numbers such as 800 end in zeros', () => {
    const [uganda, unitedKingdom] = [900_800, 900_826]
    expect(liesIn(unitedKingdom, uganda)).toBe(false)
    fc.assert(fc.property(country, country, (a, b) => liesIn(a, b) === (a === b)))
  })

  it('takes 900000 as everywhere abroad', () => {
    fc.assert(fc.property(country, (a) => liesIn(a, 900_000)))
    fc.assert(fc.property(division, (a) => !liesIn(a, 900_000)))
  })
})
