import { identityFields } from '@guankou/contract/identity/purposes.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskField } from './mask.ts'

describe('a masked field', () => {
  it.each([
    ['name', '张三', '张*'],
    ['name', '欧阳修文', '欧**'],
    ['name', '李', '*'],
    ['name', 'Maria do Carmo', 'M**'],
    ['name', '𠮷田', '𠮷*'],
    ['document', '44040219900101123X', '4404**********123X'],
    ['document', 'E12345678', 'E******78'],
    ['document', 'AB1', 'A**'],
    ['document', '12', '**'],
    ['phone', '13812345678', '138****5678'],
    ['phone', '+85366123456', '+8********56'],
    ['phone', '110', '1**'],
    ['plate', '粤C12345', '粤C****5'],
    ['plate', '粤CD12345', '粤C*****5'],
    ['plate', 'A1', '**'],
  ] as const)('of %s %s is %s', (field, text, masked) => {
    expect(maskField(field, text)).toBe(masked)
  })

  it('covers at least half of every text, and nothing that was not there is shown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...identityFields),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        (field, text) => {
          const masked = [...maskField(field, text)]
          const shown = masked.filter((letter) => letter !== '*')
          for (const letter of shown) expect([...text]).toContain(letter)
          expect(shown.length).toBeLessThanOrEqual(Math.max(1, [...text].length / 2))
          if ([...text.trim()].length <= 1) expect(shown).toEqual([])
        },
      ),
      {
        examples: [
          ['service', ' '],
          ['service', 'a bcdefgh'],
          ['phone', '   '],
        ],
      },
    )
  })

  it('leaves of a run its day and carriage open, and covers what is no run', () => {
    expect(maskField('service', 'G6123 2020-01-23 05')).toBe('G***3 2020-01-23 05')
    expect(maskField('service', 'G6123 2020-01-23')).toBe('G***3 2020-01-23')
    expect(maskField('service', 'G6123 王小明')).toBe('G*******明')
  })
})
