import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOrigins } from '#src/divisions/origins.ts'
import { searchOrigins } from '#src/divisions/search-origins.ts'

const first = (query: string) => searchOrigins(query)[0]?.code
const anyOrigin = fc.constantFrom(...allOrigins())

describe('searchOrigins', () => {
  it.each([
    ['珠海', 440400],
    ['zhuhai', 440400],
    ['ZhuHai', 440400],
    ['zhu hai', 440400],
    ['Zhuhai City', undefined],
    ['440400', 440400],
    ['440403', 440400],
    ['xian', 610100],
    ["Xi'an", 610100],
    ['chongqing', 500000],
    ['kashi', 653100],
    ['luan', 341500],
    ['lvliang', 141100],
    ['Lüliang', 141100],
    ['luliang', 141100],
    ['Türkiye', 900792],
    ['turkey', 900792],
    ['UK', 900826],
    ['yingguo', 900826],
    ['USA', 900840],
    ['Macau', 820000],
    ['襄樊', 420600],
  ])('finds %s first', (query, code) => {
    expect(first(query)).toBe(code)
  })

  it('finds by initials and by beginnings of syllables', () => {
    const codes = (query: string) => searchOrigins(query).map((origin) => origin.code)
    expect(codes('zh')).toContain(440400)
    expect(codes('zhuh')[0]).toBe(440400)
    expect(codes('hhht')[0]).toBe(150100)
    expect(codes('gzh')).toContain(440100)
  })

  it('puts an exact name before longer ones, China before the rest', () => {
    expect(first('吉林')).toBe(220200)
    expect(searchOrigins('guinea')[0]?.nameEn).toBe('Guinea')
    const kinds = searchOrigins('a', { limit: 5 }).map((origin) => origin.kind)
    expect(kinds).not.toContain('country')
  })

  it('orders equals by the weight it is given and keeps to the limit', () => {
    const weightOf = (code: number) => (code === 320500 ? 9 : 0)
    expect(
      searchOrigins('suzhou', { weightOf })
        .slice(0, 2)
        .map((origin) => origin.code),
    ).toEqual([320500, 341300])
    expect(searchOrigins('z', { limit: 3 })).toHaveLength(3)
  })

  it('finds nothing for an empty text or nonsense', () => {
    for (const query of ['', '  ', '-', '@#', 'qqqqqq', '000000']) expect(searchOrigins(query)).toEqual([])
  })

  it('finds every origin by its own names, reading, initials and code', () => {
    fc.assert(
      fc.property(anyOrigin, (origin) => {
        const syllables = origin.syllables.split(' ')
        const exact = [
          origin.nameZh,
          origin.shortNameZh,
          origin.nameEn,
          origin.shortNameEn,
          String(origin.code),
        ]
        for (const query of exact) expect(searchOrigins(query)[0], query).toBe(origin)
        for (const query of [
          syllables.join(''),
          origin.syllables,
          syllables.map((each) => each[0]).join(''),
        ]) {
          expect(searchOrigins(query), query).toContain(origin)
        }
        for (const alias of origin.aliases) expect(searchOrigins(alias), alias).toContain(origin)
      }),
      { numRuns: 800 },
    )
  })

  it('never throws and never repeats a result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const found = searchOrigins(query)
        return new Set(found).size === found.length
      }),
    )
  })
})
