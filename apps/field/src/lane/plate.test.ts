import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendToPlate,
  displayPlate,
  dropLast,
  looksComplete,
  plateColour,
  plateDigits,
  plateLetters,
  plateSuffixes,
  plateSymbolOf,
  provinceCharacters,
  withProvince,
} from './plate.ts'

describe('plates', () => {
  it('have every province once and no letter that reads as a digit', () => {
    expect(new Set(provinceCharacters).size).toBe(31)
    expect(plateLetters).toHaveLength(24)
    expect(plateLetters).not.toContain('O')
    expect(plateLetters).not.toContain('I')
  })

  it.each([
    ['粤C12345', '粤C·12345', 'blue', true],
    ['粤CD12345', '粤C·D12345', 'green', true],
    ['粤Z1234澳', '粤Z·1234澳', 'black', true],
    ['粤C1234学', '粤C·1234学', 'blue', true],
    ['粤C123应急', '粤C·123应急', 'blue', false],
    ['粤C1234应急', '粤C·1234应急', 'blue', true],
    ['粤C', '粤C·', 'blue', false],
    ['WJ12345', 'WJ12345', 'blue', false],
  ] as const)('shows %s as %s', (plate, shown, colour, complete) => {
    expect(displayPlate(plate)).toBe(shown)
    expect(plateColour(plate)).toBe(colour)
    expect(looksComplete(plate)).toBe(complete)
  })

  it('change province and keep the rest', () => {
    expect(withProvince('粤C12345', '鄂')).toBe('鄂C12345')
    expect(withProvince('C12345', '鄂')).toBe('鄂C12345')
    expect(withProvince('', '鄂')).toBe('鄂')
  })

  it('take what a keyboard writes and nothing else', () => {
    expect(['a', 'Z', '7', '粤', '澳'].map(plateSymbolOf)).toEqual(['A', 'Z', '7', '粤', '澳'])
    expect(['i', 'O', 'Enter', ' ', '-', '你'].map(plateSymbolOf)).toEqual(Array(6).fill(undefined))
  })

  it('never grow past the longest plate, and deleting undoes a key', () => {
    const symbol = fc.constantFrom(...provinceCharacters, ...plateLetters, ...plateDigits, ...plateSuffixes)
    fc.assert(
      fc.property(fc.array(symbol, { maxLength: 30 }), (keys) => {
        const plate = keys.reduce(appendToPlate, '')
        expect([...plate].length).toBeLessThanOrEqual(9)
        const longer = appendToPlate(plate, 'A')
        if (longer !== plate) expect(dropLast(longer)).toBe(plate)
      }),
    )
  })
})
