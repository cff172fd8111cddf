import { describe, expect, it } from 'vitest'
import { createI18n } from '#src/i18n/create-i18n.ts'
import { preferredLocale } from '#src/i18n/locale.ts'
import { hasKey, keysUsedIn, missingTexts } from '#src/i18n/missing-keys.ts'
import { uiTextsEn } from '#src/i18n/texts-en.ts'
import { uiTextsZh } from '#src/i18n/texts-zh.ts'

describe('texts', () => {
  it('are complete in both languages', () => {
    expect(missingTexts({ zh: uiTextsZh, en: uiTextsEn })).toEqual([])
  })

  it('a key, a plural form, an empty text or a placeholder that is missing is found', () => {
    const zh = { a: '甲', posts_other: '{{count}} 个点位', b: '', c: '{{name}} 好' }
    const en = {
      posts_one: '{{count}} post',
      posts_other: '{{count}} posts',
      b: 'b',
      c: 'Good day',
      d: { e: 'e' },
    }
    expect(missingTexts({ zh, en })).toEqual(['zh b', 'zh d.e', 'zh c: {{name}}', 'en a'])
    expect(missingTexts({ zh: { n_other: '{{count}}' }, en: { n_other: '{{count}}' } })).toEqual(['en n_one'])
  })

  it('keys used in source are found, also of this package', () => {
    expect(keysUsedIn("t('a.b') + t('ui:retry', { x }) + not('c')")).toEqual(['a.b', 'ui:retry'])
    expect(hasKey({ posts_other: 'x' }, 'posts')).toBe(true)
    expect(hasKey({ posts_other: 'x' }, 'post')).toBe(false)
  })
})

describe('language', () => {
  it('switches at once and keeps the texts of app and package apart', async () => {
    const i18n = createI18n('zh', { zh: { retry: '再来' }, en: { retry: 'Again' } })
    expect([i18n.t('retry'), i18n.t('ui:retry')]).toEqual(['再来', '重试'])
    await i18n.changeLanguage('en')
    expect([i18n.t('retry'), i18n.t('ui:retry')]).toEqual(['Again', 'Try again'])
  })

  it('is the first one asked for that we have', () => {
    expect(preferredLocale(['fr-FR', 'en-US', 'zh-CN'])).toBe('en')
    expect(preferredLocale(['zh-TW'])).toBe('zh')
    expect(preferredLocale([])).toBe('zh')
  })
})
