import { describe, expect, it } from 'vitest'
import { chinaProvinces } from '#src/boundaries/china-provinces.generated.ts'
import { originPoint } from '#src/boundaries/origin-points.ts'
import type { OutlineCollection, Position } from '#src/boundaries/outline.ts'
import { pearlDelta } from '#src/boundaries/pearl-delta.generated.ts'
import { zhuhaiDistricts } from '#src/boundaries/zhuhai-districts.generated.ts'
import { allProvinces } from '#src/divisions/divisions.ts'
import { allOrigins } from '#src/divisions/origins.ts'

const collections: readonly (readonly [string, OutlineCollection, number])[] = [
  ['chinaProvinces', chinaProvinces, 150_000],
  ['pearlDelta', pearlDelta, 60_000],
  ['zhuhaiDistricts', zhuhaiDistricts, 20_000],
]

/** Even-odd rule over all rings of a feature. */
function contains(rings: readonly (readonly Position[])[], [x, y]: Position): boolean {
  let inside = false
  for (const ring of rings) {
    for (const [index, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

const codesAt = (collection: OutlineCollection, position: Position) =>
  collection.features
    .filter(({ geometry }) => contains(geometry.coordinates.flat(), position))
    .map(({ properties }) => properties.code)

describe.each(collections)('%s', (_name, collection, limit) => {
  it('is closed rings of positions, outside anticlockwise, marked as illustrative', () => {
    for (const { properties, geometry } of collection.features) {
      expect(properties.illustrative).toBe(true)
      expect(geometry.coordinates.length, `${properties.code}`).toBeGreaterThan(0)
      for (const ring of geometry.coordinates.flat()) {
        expect(ring.length).toBeGreaterThanOrEqual(4)
        expect(ring.at(0)).toEqual(ring.at(-1))
      }
      for (const [outer] of geometry.coordinates) {
        const sums = (outer ?? []).map(([x, y], index) => {
          const [nextX, nextY] = outer?.[index + 1] ?? [x, y]
          return x * nextY - nextX * y
        })
        expect(sums.reduce((a, b) => a + b, 0)).toBeGreaterThan(0)
      }
    }
  })

  it('stays within its size', () => {
    expect(JSON.stringify(collection).length).toBeLessThanOrEqual(limit)
  })
})

describe('chinaProvinces', () => {
  it('has all 34 and contains the seat of each', () => {
    expect(chinaProvinces.features.map(({ properties }) => properties.code)).toEqual(
      allProvinces().map(({ code }) => code),
    )
    for (const [code, seat] of [
      [110000, 110000],
      [420000, 420100],
      [440000, 440100],
      [540000, 540100],
      [650000, 650100],
      [230000, 230100],
      [710000, 710000],
    ] as const) {
      expect(codesAt(chinaProvinces, originPoint(seat) ?? [0, 0])).toEqual([code])
    }
  })
})

describe('zhuhaiDistricts', () => {
  it.each<[string, Position, number]>([
    ['Xiangzhou, the old town', [113.56, 22.27], 440402],
    ['Tangjiawan', [113.59, 22.36], 440402],
    ['Hengqin', [113.53, 22.13], 440402],
    ['Jing’an in Doumen', [113.29, 22.21], 440403],
    ['Doumen town', [113.19, 22.23], 440403],
    ['the airport on Sanzao', [113.376, 22.006], 440404],
    ['Pingsha', [113.19, 22.08], 440404],
  ])('puts %s in its district', (_place, position, code) => {
    expect(codesAt(zhuhaiDistricts, position)).toEqual([code])
  })

  it('leaves Macao, Zhongshan and the open sea outside', () => {
    for (const position of [
      [113.55, 22.17],
      [113.38, 22.52],
      [113.65, 22.15],
    ] satisfies Position[]) {
      expect(codesAt(zhuhaiDistricts, position)).toEqual([])
    }
    expect(codesAt(pearlDelta, [113.38, 22.52])).toEqual([442000])
    expect(codesAt(pearlDelta, [113.55, 22.17])).toEqual([820000])
  })
})

describe('originPoint', () => {
  it('has a point for every origin and every province', () => {
    const codes = [...allOrigins(), ...allProvinces()].map(({ code }) => code)
    expect(codes.filter((code) => originPoint(code) === undefined)).toEqual([])
  })

  it('keeps Chinese points inside the country and their own province', () => {
    // Sansha is islands too small for the outline; Macao keeps its shape only on the map of the delta.
    expect(codesAt(pearlDelta, originPoint(820000) ?? [0, 0])).toEqual([820000])
    const misplaced = allOrigins().filter(({ code, provinceCode }) => {
      if (provinceCode === null || code === 460300 || code === 820000) return false
      return !codesAt(chinaProvinces, originPoint(code) ?? [0, 0]).includes(provinceCode)
    })
    expect(misplaced.map(({ nameEn }) => nameEn)).toEqual([])
  })

  it.each([
    [440400, 113.55, 22.22],
    [420100, 114.3, 30.59],
    [900826, -2, 54],
    [900840, -98, 39],
    [900036, 134, -25],
    [900702, 103.8, 1.35],
  ])('puts %i near %d, %d', (code, longitude, latitude) => {
    const [x, y] = originPoint(code) ?? [0, 0]
    expect(Math.abs(x - longitude)).toBeLessThan(1.2)
    expect(Math.abs(y - latitude)).toBeLessThan(1.2)
  })

  it('answers undefined for an unknown code', () => {
    expect(originPoint(999999)).toBeUndefined()
  })
})
