import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digitsOf, displayTyped, typeDigit, typedCelsius, waitLeftMs } from './temperature.ts'

it('takes three digits of a temperature within bounds, whatever is pressed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }), (digits) => {
      const typed = digits.map(String).reduce(typeDigit, '')
      const celsius = typedCelsius(typed)
      expect(typed.length).toBeLessThanOrEqual(3)
      if (celsius !== undefined) {
        expect(celsius).toBeGreaterThanOrEqual(30)
        expect(celsius).toBeLessThanOrEqual(45)
        expect(digitsOf(celsius)).toBe(typed)
      }
    }),
  )
})

it('reaches every tenth from 30.0 to 45.0', () => {
  for (let tenths = 300; tenths <= 450; tenths += 1)
    expect(typedCelsius([...String(tenths)].reduce(typeDigit, ''))).toBe(tenths / 10)
})

it('shows what is still open', () => {
  expect(['', '3', '36', '364'].map(displayTyped)).toEqual(['__._', '3_._', '36._', '36.4'])
})

it('counts the wait for the second reading down to nothing', () => {
  expect(waitLeftMs(0, 60_000, 8)).toBe(7 * 60_000)
  expect(waitLeftMs(0, 9 * 60_000, 8)).toBe(0)
})
