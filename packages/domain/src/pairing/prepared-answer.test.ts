import { describe, expect, it } from 'vitest'
import { answersOfHouseholds, answersOfOrders, isToldRightly, preparedAnswerText } from './prepared-answer.ts'

const order = (quarantineId: string, lastDay: string, inForce = true) => ({ quarantineId, lastDay, inForce })

describe('a prepared answer', () => {
  it('says that no order is in force where every one that was found is over', () => {
    expect(answersOfOrders([order('a', '2020-02-01', false)])).toEqual([
      { quarantineId: undefined, answer: 'no-order', told: {} },
    ])
    expect(answersOfOrders([])).toHaveLength(1)
  })

  it('is offered for each order in force, the longest first', () => {
    const answers = answersOfOrders([
      order('a', '2020-02-10'),
      order('b', '2020-02-20'),
      order('c', '2020-03-01', false),
    ])
    expect(answers.map(({ quarantineId, told }) => [quarantineId, told.until])).toEqual([
      ['b', '2020-02-20'],
      ['a', '2020-02-10'],
    ])
  })

  it('tells of a household how many live there, and when a visit was complete if one was', () => {
    expect(
      answersOfHouseholds([
        { householdId: 'h', people: 3, visitedOn: '2020-01-20' },
        { householdId: 'i', people: 1, visitedOn: null },
      ]),
    ).toEqual([
      { householdId: 'h', answer: 'people-registered', told: { people: 3, visitedOn: '2020-01-20' } },
      { householdId: 'i', answer: 'people-registered', told: { people: 1 } },
    ])
    expect(answersOfHouseholds([])[0]?.answer).toBe('no-household')
  })

  it('is told rightly with what belongs to it alone', () => {
    expect(isToldRightly('order-until', { until: '2020-02-20' })).toBe(true)
    expect(isToldRightly('order-until')).toBe(false)
    expect(isToldRightly('no-order', { until: '2020-02-20' })).toBe(false)
    expect(isToldRightly('people-registered', { people: 2 })).toBe(true)
    expect(isToldRightly('people-registered', { visitedOn: '2020-02-20' })).toBe(false)
    expect(isToldRightly('see-words')).toBe(true)
    expect(isToldRightly('see-words', { people: 2 })).toBe(false)
  })

  it('reads as somebody would say it', () => {
    expect(preparedAnswerText('zh', 'people-registered', { people: 3, visitedOn: '2020-01-20' })).toBe(
      '有登记的住户，3 人，上次入户 2020-01-20',
    )
    expect(preparedAnswerText('en', 'people-registered', { people: 1 })).toBe(
      'Household registered, 1 person, no complete visit yet',
    )
  })
})
