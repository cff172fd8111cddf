import { thermometryMethods } from '@guankou/contract/screening/vocabulary.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsSecondReading } from './fever.ts'
import { isImplausible, secondMethods, secondReadingDoubts } from './second-reading.ts'

const rules = { feverThresholdCelsius: 37.3, secondReadingWaitMinutes: 8 }
const method = fc.constantFrom(...thermometryMethods)
const celsius = fc.integer({ min: 300, max: 450 }).map((tenths) => tenths / 10)
const startMs = Date.parse('2020-02-10T04:00:00.000Z')
const after = (minutes: number): string => new Date(startMs + minutes * 60_000).toISOString()

describe('the second reading', () => {
  it('may be taken by every method but the first, each once', () => {
    fc.assert(
      fc.property(method, (first) => {
        expect([...secondMethods(first), first].sort()).toEqual([...thermometryMethods].sort())
      }),
    )
  })

  it('is doubted for its method and for its time, and for nothing else', () => {
    fc.assert(
      fc.property(celsius, method, method, fc.integer({ min: 0, max: 20 }), (first, one, other, minutes) => {
        const readings = [
          { at: after(0), method: one, temperatureCelsius: first },
          { at: after(minutes), method: other, underThreshold: true as const },
        ]
        const doubts = secondReadingDoubts(readings, rules)
        const called = needsSecondReading(readings.slice(0, 1), rules.feverThresholdCelsius)
        expect(doubts.includes('same-method')).toBe(called && one === other)
        expect(doubts.includes('too-early')).toBe(called && minutes < 8)
      }),
    )
  })

  it('is not there to be doubted where one was enough', () => {
    fc.assert(
      fc.property(celsius, method, (first, one) => {
        expect(
          secondReadingDoubts([{ at: after(0), method: one, temperatureCelsius: first }], rules),
        ).toEqual([])
        expect(secondReadingDoubts([], rules)).toEqual([])
      }),
    )
  })
})

describe('an implausible temperature', () => {
  it('lies outside what a living body usually has, and a fever never is one up to 42 degrees', () => {
    fc.assert(
      fc.property(celsius, (value) => {
        expect(isImplausible(value)).toBe(value < 35 || value > 42)
      }),
    )
  })
})
