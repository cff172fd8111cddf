import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendToPlate,
  displayPlate,
  dropLast,
  plateColour,
  plateDigits,
  plateForm,
  plateLetters,
  plateRepairs,
  plateSuffixes,
  plateSymbolOf,
  provinceCharacters,
  wholePlate,
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
    ['粤C12345', 'car', '粤C·12345', 'blue', 'ordinary'],
    ['粤C12345', 'truck', '粤C·12345', 'yellow', 'ordinary'],
    ['粤CD12345', 'car', '粤C·D12345', 'green', 'new-energy-small'],
    ['粤C12345D', 'truck', '粤C·12345D', 'yellow-green', 'new-energy-large'],
    ['粤Z1234澳', 'car', '粤Z·1234澳', 'black', 'macao'],
    ['粤Z1234港', 'car', '粤Z·1234港', 'black', 'hong-kong'],
    ['粤C1234学', 'car', '粤C·1234学', 'yellow', 'learner'],
    ['粤C1234警', 'car', '粤C·1234警', 'white', 'police'],
    ['粤C1234挂', 'truck', '粤C·1234挂', 'yellow', 'trailer'],
    ['粤C12345临', 'car', '粤C·12345临', 'sky-blue', 'temporary'],
    ['粤SA123应急', 'car', '粤S·A123应急', 'white', 'emergency'],
    ['粤0412345', 'car', '粤0·412345', 'green', 'tractor'],
    ['WJ12345', 'car', 'WJ12345', 'white', 'armed-police'],
    ['AB1234', 'car', 'AB1234', undefined, 'elsewhere'],
    ['粤C', 'car', '粤C·', undefined, undefined],
    ['粤C1234O', 'car', '粤C·1234O', undefined, undefined],
  ] as const)('shows %s of a %s as %s', (plate, kind, shown, colour, form) => {
    expect(displayPlate(plate)).toBe(shown)
    expect(plateColour(plate, kind)).toBe(colour)
    expect(plateForm(plate)).toBe(form)
  })

  it('offer what may have been meant once enough is there, and change nothing by themselves', () => {
    expect(plateRepairs('粤C1234O')).toEqual(['粤C12340'])
    expect(plateRepairs('粤C12')).toEqual([])
    expect(plateRepairs('粤C12345')).toEqual([])
  })

  it.each([
    ['粤C12345', 'car', 'whole'],
    ['粤C12345', 'truck', 'perhaps'],
    ['粤C12345D', 'truck', 'whole'],
    ['粤CD1234', 'car', 'perhaps'],
    ['粤CD12345', 'car', 'whole'],
    ['粤CY1234', 'car', 'whole'],
    ['粤Z1234澳', 'car', 'whole'],
    ['粤C1234', 'car', 'no'],
    ['粤C1234O', 'car', 'no'],
    ['AB1234', 'car', 'no'],
    ['', 'car', 'no'],
  ] as const)('%s of a %s is there: %s', (plate, kind, whole) => {
    expect(wholePlate(plate, kind)).toBe(whole)
  })

  it('change province and keep the rest', () => {
    expect(withProvince('粤C12345', '鄂')).toBe('鄂C12345')
    expect(withProvince('C12345', '鄂')).toBe('鄂C12345')
    expect(withProvince('', '鄂')).toBe('鄂')
  })

  it('take what a keyboard writes and nothing else', () => {
    expect(['a', 'Z', '7', '粤', '澳'].map(plateSymbolOf)).toEqual(['A', 'Z', '7', '粤', '澳'])
    expect(['i', 'o'].map(plateSymbolOf)).toEqual(['I', 'O'])
    expect(['Enter', ' ', '-', '你'].map(plateSymbolOf)).toEqual(Array(4).fill(undefined))
  })

  it('never grow past the longest plate, and deleting undoes a key', () => {
    const symbol = fc.constantFrom(...provinceCharacters, ...plateLetters, ...plateDigits, ...plateSuffixes)
    fc.assert(
      fc.property(fc.array(symbol, { maxLength: 30 }), (keys) => {
        const plate = keys.reduce(appendToPlate, '')
        expect([...plate].length).toBeLessThanOrEqual(12)
        const longer = appendToPlate(plate, 'A')
        if (longer !== plate) expect(dropLast(longer)).toBe(plate)
      }),
    )
  })
})
