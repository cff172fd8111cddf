import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abolishedCounties } from '#src/divisions/abolished-counties.generated.ts'
import { abolishedPrefectures } from '#src/divisions/abolished-prefectures.generated.ts'
import { originOfDivision } from '#src/divisions/origin-of-division.ts'
import { allOrigins, findOrigin } from '#src/divisions/origins.ts'

describe('originOfDivision', () => {
  it.each([
    [440402, 440400],
    [440402001, 440400],
    [429004101, 429004],
    [440499, 440400],
    [110101, 110000],
    [310115, 310000],
    [500235, 500000],
    [429004, 429004],
    [810000, 810000],
    [710100, 710000],
    [830000, 710000],
    [900826, 900826],
  ])('places %i in %i', (code, origin) => {
    expect(originOfDivision(code)).toBe(origin)
  })

  it.each([
    [341402, 340100, 'Juchao of Chaohu went to Hefei'],
    [341422, 340200, 'Wuwei of Chaohu went to Wuhu'],
    [341424, 340500, 'He County of Chaohu went to Ma’anshan'],
    [371202, 370100, 'Laiwu went to Jinan'],
    [442725, 440400, 'Doumen of Foshan went to Zhuhai'],
    [442724, 442000, 'Zhongshan of Foshan became a city'],
    [512223, 500000, 'Wanxian of Sichuan is Chongqing'],
    [469003, 460400, 'Danzhou became a prefecture-level city'],
    [542421, 540600, 'Nagqu under its first code'],
    [652201, 650500, 'Hami under its first code'],
  ])('places abolished %i in %i: %s', (code, origin) => {
    expect(originOfDivision(code)).toBe(origin)
  })

  it.each([440000, 429099, 0, -1, 999999, 440402.5, Number.NaN, 900999])('does not place %d', (code) => {
    expect(originOfDivision(code)).toBeUndefined()
  })

  it('places every abolished unit of the tables in an origin', () => {
    for (const [code, origin] of [...abolishedCounties, ...abolishedPrefectures]) {
      expect(findOrigin(origin), `${code}`).toBeDefined()
      expect(originOfDivision(code)).toBe(origin)
    }
  })

  it('is idempotent, and gives nothing but origins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 999_999 }), (code) => {
        const origin = originOfDivision(code)
        if (origin === undefined) return true
        return findOrigin(origin) !== undefined && originOfDivision(origin) === origin
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves every origin where it is', () => {
    for (const { code } of allOrigins()) expect(originOfDivision(code)).toBe(code)
  })
})
