import type { OriginArrivals } from '@guankou/contract/situation/endpoints.ts'
import { createI18n } from '@guankou/ui/i18n/create-i18n.ts'
import { describe, expect, it } from 'vitest'
import { changeOfOrigin, originColumns } from '#src/situation/origin-columns.ts'
import { textsEn } from '#src/texts/en.ts'
import { textsZh } from '#src/texts/zh.ts'

const row = (over: Partial<OriginArrivals>): OriginArrivals => ({
  originCode: 442000,
  name: { zh: '中山市', en: 'Zhongshan' },
  travellers: 90,
  travellersYesterday: 100,
  febrile: null,
  share: 0.37,
  ...over,
})
const { t } = createI18n('zh', { zh: textsZh, en: textsEn })
const columns = (dayIsOver: boolean, compare = true) => originColumns({ t, locale: 'zh', dayIsOver, compare })
const texts = (over: Partial<OriginArrivals>, dayIsOver: boolean) =>
  Object.fromEntries(columns(dayIsOver).map((column) => [column.key, column.text(row(over))]))

describe('the origins table', () => {
  it('withholds small counts in words, never as a number', () => {
    const shown = texts({ travellers: null, share: null, febrile: null }, true)
    expect([shown.travellers, shown.febrile, shown.share, shown.change]).toEqual([
      '不公布',
      '不公布',
      '—',
      '—',
    ])
  })

  it('compares with the day before only once both days are over', () => {
    expect(texts({}, true).change).toBe('−10 %')
    expect(columns(false).map(({ key }) => key)).toEqual([
      'name',
      'code',
      'travellers',
      'share',
      'yesterday',
      'febrile',
    ])
    expect(columns(true, false).map(({ key }) => key)).not.toContain('yesterday')
  })

  it('makes no change out of nothing', () => {
    expect(changeOfOrigin(row({ travellersYesterday: 0 }))).toBeNull()
    expect(changeOfOrigin(row({ travellersYesterday: null }))).toBeNull()
    expect(changeOfOrigin(row({ travellers: 0 }))).toBe(-1)
  })
})
