import { describe, expect, it } from 'vitest'
import { daysUntil, endingSoon } from './days-left.ts'

const name = { zh: '一', en: 'one' }
const response = (id: string, collectionUntil: string) => ({ id, name, collectionUntil })

describe('days until a collection ends', () => {
  it('are counted from day to day, over months and leap days', () => {
    expect(daysUntil('2020-02-28', '2020-03-01')).toBe(2)
    expect(daysUntil('2020-03-01', '2020-03-01')).toBe(0)
    expect(daysUntil('2020-03-02', '2020-03-01')).toBe(-1)
  })

  it('are warned of from fourteen on, the first to end first', () => {
    const responses = [
      response('far', '2020-03-16'),
      response('near', '2020-03-15'),
      response('over', '2020-02-29'),
      response('long over', '2020-01-30'),
    ]
    expect(endingSoon(responses, '2020-03-01').map(({ id, daysLeft }) => [id, daysLeft])).toEqual([
      ['over', -1],
      ['near', 14],
    ])
  })
})
