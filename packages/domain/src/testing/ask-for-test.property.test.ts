import type { PostQuota } from '@guankou/contract/testing/quota.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askForTest, lotOf, type QuotaHere, quotaOf } from './ask-for-test.ts'

const person = fc.record({
  screeningId: fc.uuid({ version: 7 }),
  seat: fc.integer({ min: 1, max: 100 }),
  originCode: fc.constantFrom(420100, 442000),
  declared: fc.boolean(),
})
const share = fc.double({ min: 0, max: 1, noNaN: true })
const aPost = (rest: number, askedShare: number): PostQuota => ({
  postId: 1,
  seldomShare: rest,
  lotShare: rest,
  types: [{ originCode: 420100, declared: false, askedShare, reason: 'high-prevalence' }],
})
/** The second type is listed elsewhere. */
const aQuota = (rest: number, askedShare: number): QuotaHere => ({
  post: aPost(rest, askedShare),
  isSeldom: ({ originCode, declared }) => originCode === 420100 && declared,
})

describe('whom a phone asks for a test', () => {
  it('is drawn evenly, and the same each time', () => {
    fc.assert(
      fc.property(person, ({ screeningId, seat }) => {
        const lot = lotOf(screeningId, seat)
        expect(lot).toBe(lotOf(screeningId, seat))
        expect(lot >= 0 && lot < 1).toBe(true)
      }),
    )
    const ids = Array.from({ length: 4_000 }, (_, at) =>
      (Math.imul(at, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0'),
    )
    const asked = ids.filter((hex) => lotOf(`016f0000-0000-7000-8000-${hex}0000`, 1) < 0.1).length
    expect(Math.abs(asked / ids.length - 0.1)).toBeLessThan(0.02)
    const seats = Array.from({ length: 50 }, (_, seat) => lotOf('016f0000-0000-7000-8000-123456789abc', seat))
    expect(Math.abs(seats.filter((lot) => lot < 0.2).length - 10)).toBeLessThanOrEqual(1)
  })

  it('grows with the share: whom a lower one asks, a higher one asks as well', () => {
    fc.assert(
      fc.property(person, share, share, (one, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        if (askForTest(aQuota(low, low), one) !== undefined)
          expect(askForTest(aQuota(high, high), one)).toBeDefined()
      }),
    )
  })

  it('is everyone at a share of 1 and nobody at 0, each with the ground of their type', () => {
    fc.assert(
      fc.property(person, (one) => {
        expect(askForTest(aQuota(0, 0), one)).toBeUndefined()
        const isListed = one.originCode === 420100 && !one.declared
        const isSeldom = one.originCode === 420100 && one.declared
        expect(askForTest(aQuota(1, 1), one)).toMatchObject({
          ground: isListed || isSeldom ? 'quota' : 'lot',
          reason: isListed ? 'high-prevalence' : isSeldom ? 'little-known' : 'by-lot',
        })
        if (!isListed) expect(askForTest(aQuota(0.999_999_999, 1), one)?.ground).toBe('lot')
      }),
    )
  })

  it('is nobody on a day that the quota is not of', () => {
    const quota = { day: '2020-02-10', computedAt: '2020-02-10T00:00:00.000Z', posts: [aPost(1, 1)] }
    expect(quotaOf(quota, 1, '2020-02-10')?.isSeldom({ originCode: 420100, declared: false })).toBe(true)
    expect(quotaOf(quota, 1, '2020-02-10')?.isSeldom({ originCode: 440400, declared: false })).toBe(false)
    expect(quotaOf(quota, 1, '2020-02-11')).toBeUndefined()
    expect(quotaOf(quota, 2, '2020-02-10')).toBeUndefined()
    expect(quotaOf(undefined, 1, '2020-02-10')).toBeUndefined()
  })
})
