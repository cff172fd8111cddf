import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaSpan, liesIn, nineDigits } from '#src/places/areas.ts'

const twoDigits = fc.integer({ min: 0, max: 99 })
const division = fc
  .tuple(fc.integer({ min: 11, max: 82 }), twoDigits, twoDigits)
  .map(([province, prefecture, county]) => province * 10_000 + prefecture * 100 + county)
/** A street or town of a county; 000 stands for all of the county. */
const street = fc
  .tuple(division, fc.integer({ min: 1, max: 999 }))
  .map(([county, number]) => county * 1_000 + number)
const country = fc.integer({ min: 900_001, max: 900_999 })
const code = fc.oneof(
  { weight: 4, arbitrary: division },
  { weight: 2, arbitrary: street },
  { weight: 1, arbitrary: country },
)

/** Codes that are likely to hold one another: a county with its own prefecture and province, and one of its streets. */
const family = fc
  .tuple(division, fc.integer({ min: 1, max: 999 }))
  .map(([county, number]) => [
    county,
    Math.floor(county / 100) * 100,
    Math.floor(county / 10_000) * 10_000,
    county * 1_000 + number,
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

  it('holds for a street in its county and in everything around it, and in no other street', () => {
    fc.assert(
      fc.property(
        family,
        fc.integer({ min: 1, max: 999 }),
        ([county = 0, prefecture = 0, province = 0, own = 0], other) => {
          expect([county, prefecture, province].map((area) => liesIn(own, area))).toEqual([true, true, true])
          expect(liesIn(county, own)).toBe(false)
          expect(liesIn(county * 1_000 + other, own)).toBe(county * 1_000 + other === own)
        },
      ),
    )
  })

  it('takes 000 of a county as all of it', () => {
    fc.assert(
      fc.property(family, ([county = 0, , , own = 0]) => {
        expect([liesIn(own, county * 1_000), liesIn(county, county * 1_000)]).toEqual([true, true])
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

describe('areaSpan', () => {
  it('holds exactly the codes that lie in the area', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          family.chain((members) => fc.tuple(fc.constantFrom(...members), fc.constantFrom(...members))),
          fc.tuple(likely, likely),
          fc.tuple(fc.constantFrom(900_000, 900_800, 900_826, 900_800_000, 900_800_123), likely),
          fc.tuple(likely, fc.constantFrom(900_000, 900_800, 900_826, 900_800_000, 900_800_123)),
        ),
        ([one, area]) => {
          const { first, last } = areaSpan(area)
          expect(first <= nineDigits(one) && nineDigits(one) <= last).toBe(liesIn(one, area))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
