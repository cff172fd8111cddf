import { describe, expect, it } from 'vitest'
import { allProvinces } from '#src/divisions/divisions.ts'
import { allOrigins, findOrigin } from '#src/divisions/origins.ts'
import { platePrefixes } from '#src/plates/plate-prefixes.ts'
import { plateProvinceCharacters, plateRegion } from '#src/plates/plate-region.ts'

const prefectureOf = (plate: string) => plateRegion(plate)?.prefectureCode

describe('plateRegion', () => {
  it.each([
    ['粤C12345', 440400],
    ['粤c·d12345', 440400],
    ['粤T 8888学', 442000],
    ['粤X12345', 440600],
    ['鄂A12345', 420100],
    ['鄂M12345', 429004],
    ['浙C12345', 330300],
    ['京A12345', 110000],
    ['渝F12345', 500000],
    ['豫U12345', 419001],
    ['新D12345', 654000],
    ['鲁S12345', 370100],
  ])('places %s in %i', (plate, code) => {
    expect(prefectureOf(plate)).toBe(code)
  })

  it('gives the province alone when the letter does not settle the city', () => {
    expect(plateRegion('粤O12345')).toEqual({
      provinceCode: 440000,
      prefectureCode: null,
      crossBorderRegionCode: null,
    })
    expect(plateRegion('琼C12345')).toMatchObject({ provinceCode: 460000, prefectureCode: null })
  })

  it('knows which side of the border a cross-border plate belongs to', () => {
    expect(plateRegion('粤Z1234澳')).toEqual({
      provinceCode: 440000,
      prefectureCode: null,
      crossBorderRegionCode: 820000,
    })
    expect(plateRegion('粤ZAB12港')?.crossBorderRegionCode).toBe(810000)
    expect(plateRegion('粤C1234港')?.crossBorderRegionCode).toBeNull()
  })

  it.each(['', '粤', '粤1', 'VA12345', 'MH1234', '使123456', 'C粤12345', '粤C123456789', '台A1234'])(
    'does not place %j',
    (plate) => {
      expect(plateRegion(plate)).toBeUndefined()
    },
  )
})

describe('the prefix table', () => {
  it('has each mainland province once', () => {
    const mainland = allProvinces().filter(({ code }) => code < 700_000)
    expect(platePrefixes.map(([, code]) => code).sort()).toEqual(mainland.map(({ code }) => code))
    expect(new Set(plateProvinceCharacters()).size).toBe(31)
  })

  it('gives each letter once, to an origin in the same province', () => {
    for (const [character, provinceCode, letters] of platePrefixes) {
      const entries = letters.split(' ').filter((entry) => entry !== '')
      expect(new Set(entries.map((entry) => entry[0])).size).toBe(entries.length)
      for (const entry of entries) {
        expect(entry).toMatch(/^[A-HJ-NP-Z]\d{6}$/)
        expect(findOrigin(Number(entry.slice(1)))?.provinceCode, character + entry).toBe(provinceCode)
      }
    }
  })

  it('reaches every prefecture of the mainland except Sansha', () => {
    const reached = new Set(
      platePrefixes.flatMap(([, , letters]) => letters.split(' ').map((entry) => Number(entry.slice(1)))),
    )
    const missing = allOrigins().filter(({ kind, code }) => kind === 'prefecture' && !reached.has(code))
    expect(missing.map(({ nameZh }) => nameZh)).toEqual(['三沙市'])
  })
})
