import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawTest, prevalenceOf } from './infection.ts'

const person = fc.record({
  screeningId: fc.uuid({ version: 7 }),
  seat: fc.integer({ min: 1, max: 50 }),
  originCode: fc.constantFrom(420100, 420600, 330300, 440900, 440100, 900826),
  declared: fc.boolean(),
  isFebrile: fc.boolean(),
})

describe('the infections of the synthetic city', () => {
  it('are drawn alike whenever they are asked for', () => {
    fc.assert(
      fc.property(person, fc.integer({ min: 0, max: 1_000 }), (one, seed) => {
        expect(drawTest(one, seed)).toEqual(drawTest(one, seed))
      }),
    )
  })

  it('are never less likely with a fever or an exposure', () => {
    fc.assert(
      fc.property(person, (one) => {
        const calm = prevalenceOf({ ...one, declared: false, isFebrile: false })
        expect(prevalenceOf({ ...one, declared: true })).toBeGreaterThanOrEqual(calm)
        expect(prevalenceOf({ ...one, isFebrile: true })).toBeGreaterThanOrEqual(calm)
        expect(prevalenceOf(one)).toBeLessThan(1)
      }),
    )
  })

  it('are as frequent as the scenario says, less what a test misses', () => {
    const drawn = Array.from({ length: 20_000 }, (_, at) =>
      drawTest(
        {
          screeningId: `016f0000-0000-7000-8000-${(at * 7_919).toString(16).padStart(12, '0')}`,
          seat: 1,
          originCode: 440900,
          declared: false,
          isFebrile: false,
        },
        7,
      ),
    )
    const positive = drawn.filter(({ result }) => result === 'positive').length / drawn.length
    expect(positive).toBeGreaterThan(0.066)
    expect(positive).toBeLessThan(0.078)
    const taken = drawn.filter(({ offer }) => offer === 'taken').length / drawn.length
    expect(Math.abs(taken - 0.925)).toBeLessThan(0.01)
  })
})
