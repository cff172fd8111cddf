import { describe, expect, it } from 'vitest'
import { formatRate, formatToldChange, formatToldShare } from '#src/origins/format-risk.ts'

describe('a rate of which one significant digit is told', () => {
  it('is told however small it is, so that it can be compared', () => {
    expect([0.0004, 0.03, 0, 0.2].map((rate) => formatRate('en', rate))).toEqual([
      '0.04 %',
      '3 %',
      '0 %',
      '20 %',
    ])
  })
})

describe('a share of which two significant digits are told', () => {
  it.each([
    [0.37, '37 %'],
    [0.052, '5.2 %'],
    [0.0051, '0.51 %'],
    [0.00073, '0.073 %'],
    [1, '100 %'],
    [0, '0 %'],
  ])('%s is %s, no finer than it is told', (share, text) => {
    expect(formatToldShare('en', share)).toBe(text)
  })

  it('differs from another by no more digits than the coarser has', () => {
    expect(formatToldChange('en', [0.13, 0.12])).toBe('+1 %')
    expect(formatToldChange('en', [0.0098, 0.0052])).toBe('+0.46 %')
    expect(formatToldChange('en', [0.0036, 0.37])).toBe('−37 %')
    expect(formatToldChange('en', [0.37, 0.37])).toBe('0 %')
  })
})
