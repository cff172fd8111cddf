import { describe, expect, it } from 'vitest'
import { destroyFrom, retentionOfDay } from './due.ts'

const days = { identityDays: 28, healthDays: 180 }
const response = (id: string, collectionFrom: string, collectionUntil: string) => ({
  id,
  collectionFrom,
  collectionUntil,
})

describe('what a day holds', () => {
  it('is destroyed after as many full days as the policy of its class says', () => {
    expect(destroyFrom('identity', '2020-01-31', '2020-01-31', { ...days, identityDays: 1 })).toBe(
      '2020-02-02',
    )
    expect(destroyFrom('health', '2020-01-31', '2020-01-31', days)).toBe('2020-07-30')
  })

  it('is kept as long where it was entered late', () => {
    expect(destroyFrom('identity', '2020-01-01', '2020-02-10', days)).toBe('2020-03-10')
    expect(destroyFrom('identity', '2020-02-10', '2020-02-09', days)).toBe('2020-03-10')
  })

  it('is kept for the response that collected on it and keeps longest', () => {
    const responses = [
      response('one', '2020-01-01', '2020-01-31'),
      response('two', '2020-01-20', '2020-03-31'),
      response('later', '2020-04-01', '2020-05-31'),
    ]
    const policyOf = (id: string) =>
      ({ one: { identityDays: 40, healthDays: 50 }, two: { identityDays: 10, healthDays: 400 } })[id]
    const kept = (day: string) => retentionOfDay(responses, policyOf, day)
    expect(kept('2020-01-10')).toEqual({ identityDays: 40, healthDays: 50 })
    expect(kept('2020-01-31')).toEqual({ identityDays: 40, healthDays: 400 })
    expect(kept('2020-02-01')).toEqual({ identityDays: 10, healthDays: 400 })
    expect(kept('2020-04-01')).toEqual(days)
    expect(kept('2019-12-31')).toEqual(days)
  })
})
