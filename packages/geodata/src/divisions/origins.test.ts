import { describe, expect, it } from 'vitest'
import { allDivisions, allProvinces, findDivision, findProvinceOf } from '#src/divisions/divisions.ts'
import {
  allOrigins,
  findOrigin,
  findOriginOfCountry,
  originName,
  shortOriginName,
} from '#src/divisions/origins.ts'

describe('divisions', () => {
  it('has the 34 provinces, 333 prefectures, the directly run counties and the districts of Zhuhai', () => {
    const countOf = (level: string) => allDivisions().filter((division) => division.level === level).length
    expect(allProvinces()).toHaveLength(34)
    expect(countOf('prefecture')).toBe(333)
    expect([440402, 440403, 440404].map((code) => findDivision(code)?.nameZh)).toEqual([
      '香洲区',
      '斗门区',
      '金湾区',
    ])
    expect(findDivision(429004)).toMatchObject({ nameZh: '仙桃市', level: 'county', provinceCode: 420000 })
  })

  it('places every division in a province it names', () => {
    for (const division of allDivisions())
      expect(findProvinceOf(division.code)?.code).toBe(division.provinceCode)
  })

  it('has unique codes and a reading for every character', () => {
    expect(new Set(allDivisions().map((division) => division.code)).size).toBe(allDivisions().length)
    for (const { nameZh, syllables } of allDivisions()) {
      expect(syllables).toMatch(/^[a-z]+( [a-z]+)*$/)
      expect(syllables.split(' ')).toHaveLength([...nameZh].length)
    }
  })
})

describe('origins', () => {
  it('keeps irregular and easily confused English names apart', () => {
    const english = (code: number) => originName(code, 'en')
    expect([610000, 140000, 540000, 150000].map(english)).toEqual([
      'Shaanxi Province',
      'Shanxi Province',
      'Xizang (Tibet) Autonomous Region',
      'Inner Mongolia Autonomous Region',
    ])
    expect([230100, 650100, 540100, 150100, 150200, 150600, 610100].map(english)).toEqual([
      'Harbin',
      'Urumqi',
      'Lhasa',
      'Hohhot',
      'Baotou',
      'Ordos',
      "Xi'an",
    ])
    expect([810000, 820000, 710000].map((code) => shortOriginName(code, 'en'))).toEqual([
      'Hong Kong',
      'Macao',
      'Taiwan',
    ])
    expect(originName(422800, 'en')).toBe('Enshi Tujia and Miao Autonomous Prefecture')
    expect(shortOriginName(422800, 'zh')).toBe('恩施')
  })

  it('gives every origin its own code, Chinese name and English name', () => {
    for (const key of ['code', 'nameZh', 'nameEn', 'shortNameZh', 'shortNameEn'] as const) {
      expect(new Set(allOrigins().map((origin) => origin[key])).size, key).toBe(allOrigins().length)
    }
  })

  it('does not offer provinces and districts as origins, but names them', () => {
    expect(findOrigin(440000)).toBeUndefined()
    expect(findOrigin(440402)).toBeUndefined()
    expect(originName(440000, 'zh')).toBe('广东省')
    expect(originName(440402, 'en')).toBe('Xiangzhou District')
  })

  it('codes countries by ISO 3166-1 numeric and leaves the parts of China to their own codes', () => {
    expect(findOrigin(900826)).toMatchObject({ kind: 'country', nameZh: '英国', nameEn: 'United Kingdom' })
    expect([900156, 900158, 900344, 900446].map(findOrigin)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(allOrigins().filter((origin) => origin.kind === 'country')).toHaveLength(245)
  })

  it('finds the origin of an alpha code, and none for China', () => {
    expect(['gb', 'GBR', 'HKG', 'TW'].map((code) => findOriginOfCountry(code)?.code)).toEqual([
      900826, 900826, 810000, 710000,
    ])
    expect(findOriginOfCountry('CHN')).toBeUndefined()
    expect(findOriginOfCountry('XXA')).toBeUndefined()
  })

  it('answers undefined for an unknown code', () => {
    expect(findOrigin(999999)).toBeUndefined()
    expect(originName(440499, 'zh')).toBeUndefined()
    expect(shortOriginName(Number.NaN, 'en')).toBeUndefined()
  })
})
