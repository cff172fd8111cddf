import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalisePlate } from '#src/screening/plates.ts'

const legal = fc
  .tuple(
    fc.constantFrom(...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'),
    fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ'),
    fc.stringMatching(/^[0-9A-HJ-NP-Z]{5,6}$/),
  )
  .map((parts) => parts.join(''))

const fullWidth = (plate: string): string =>
  [...plate].map((c) => (c >= '!' && c <= '~' ? String.fromCodePoint(c.charCodeAt(0) + 0xfee0) : c)).join('')

describe('normalisePlate', () => {
  it('leaves a legal plate as it is', () => {
    fc.assert(fc.property(legal, (plate) => normalisePlate(plate) === plate))
  })

  it('gives one form for every way of typing a plate', () => {
    const separator = fc.constantFrom('', ' ', '·', '•', '-', '.', '・', '　')
    fc.assert(
      fc.property(legal, separator, fc.integer({ min: 0, max: 7 }), (plate, mark, at) => {
        const typed = plate.slice(0, at) + mark + plate.slice(at)
        for (const way of [typed, typed.toLowerCase(), fullWidth(typed)])
          expect(normalisePlate(way)).toBe(plate)
      }),
    )
  })

  it('keeps what a plate cannot hold, so that it is seen', () => {
    expect(normalisePlate('粤C?2345')).toBe('粤C?2345')
    expect(normalisePlate('粤C1234O')).toBe('粤C1234O')
  })

  it('is settled after once, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 16 }), (text) => {
        expect(normalisePlate(normalisePlate(text))).toBe(normalisePlate(text))
      }),
      { numRuns: 3_000 },
    )
  })
})
