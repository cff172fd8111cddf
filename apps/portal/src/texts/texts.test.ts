import { missingTexts } from '@guankou/ui/i18n/missing-keys.ts'
import { describe, expect, it } from 'vitest'
import { textsEn } from '#src/texts/en.ts'
import { fill, languageOf } from '#src/texts/text.ts'
import { textsZh } from '#src/texts/zh.ts'

describe('texts of the portal', () => {
  it('are complete in both languages', () => {
    expect(missingTexts({ zh: textsZh, en: textsEn })).toEqual([])
  })

  it('take values in their places', () => {
    expect(fill('{{a}} of {{b}}', { a: 1, b: 'two' })).toBe('1 of two')
  })

  it('are in the language that the browser asks for first', () => {
    expect(languageOf(['fr', 'en-GB', 'zh-CN'])).toBe('en')
    expect(languageOf(['zh-HK'])).toBe('zh')
    expect(languageOf(['fr'])).toBe('zh')
  })
})
