import { describe, expect, it } from 'vitest'
import { type HeatHour, heatOf } from '#src/monitoring/HeatTable.tsx'

const hour = (observed: number, expected: number, isOver = true): HeatHour => ({
  day: '2020-02-10',
  hour: 9,
  observed,
  expected,
  isOver,
})

describe('the colour of an hour', () => {
  it('stays pale within one standard deviation, and of an hour that is not over', () => {
    expect(heatOf(hour(109, 100))).toBe(0)
    expect(heatOf(hour(0, 100, false))).toBe(0)
  })

  it('grows with the distance to what was expected, up to three', () => {
    // The deviation at 100 is √(100 + 10²) = 14.1.
    expect([115, 129, 143, 900].map((observed) => heatOf(hour(observed, 100)))).toEqual([1, 2, 3, 3])
    expect([85, 71, 0].map((observed) => heatOf(hour(observed, 100)))).toEqual([-1, -2, -3])
  })

  it('does not shout over a single fever where nearly none was expected', () => {
    expect(heatOf(hour(1, 0.1))).toBe(1)
  })
})
