import { exposureLevels, feverLevels } from '@guankou/contract/responses/response.ts'
import { dispositions } from '@guankou/contract/screening/dispositions.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decision } from '#src/screening/disposition.ts'
import { addTallies, emptyTally, tallyOf } from '#src/screening/tally.ts'

const decision: fc.Arbitrary<Decision> = fc.record({
  fever: fc.constantFrom(...feverLevels),
  exposure: fc.constantFrom(...exposureLevels),
  symptomCount: fc.nat(20),
  disposition: fc.constantFrom(...dispositions),
  ruleIds: fc.constant([]),
})
const screenings = fc.array(fc.array(decision, { minLength: 1, maxLength: 6 }), { maxLength: 40 })
const total = (of: readonly (readonly Decision[])[]) => of.map(tallyOf).reduce(addTallies, emptyTally)

describe('tallies', () => {
  it('add up over any split of the screenings', () => {
    fc.assert(
      fc.property(screenings, fc.array(fc.boolean(), { maxLength: 40 }), (all, side) => {
        const left = all.filter((_, index) => side[index] === true)
        const right = all.filter((_, index) => side[index] !== true)
        expect(addTallies(total(left), total(right))).toEqual(total(all))
      }),
    )
  })

  it('do not depend on the order of the screenings', () => {
    fc.assert(
      fc.property(screenings, (all) => {
        expect(total(all.toReversed())).toEqual(total(all))
      }),
    )
  })

  it('count every traveller once and no finding more often than there are travellers', () => {
    fc.assert(
      fc.property(screenings, (all) => {
        const people = all.flat()
        const { vehicles, travellers, febrile, feverConfirmed, ...byDisposition } = total(all)
        expect([vehicles, travellers]).toEqual([all.length, people.length])
        expect(feverConfirmed).toBeLessThanOrEqual(febrile)
        expect(febrile).toBeLessThanOrEqual(travellers)
        const stopped = Object.values(byDisposition).reduce((sum, count) => sum + count, 0)
        const free = people.filter((d) => d.disposition === 'passed' || d.disposition === 'advised').length
        expect(stopped + free).toBe(travellers)
      }),
    )
  })

  it('leave the empty tally untouched', () => {
    fc.assert(
      fc.property(screenings, (all) => {
        expect(addTallies(emptyTally, total(all))).toEqual(total(all))
      }),
    )
    expect(Object.values(emptyTally)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })
})
