import { Crew, GridCell } from '@guankou/contract/places/endpoints.ts'
import { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import { Response } from '@guankou/contract/responses/response.ts'
import { roles } from '@guankou/contract/roles.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Position } from '@guankou/geodata/boundaries/outline.ts'
import { zhuhaiDistricts } from '@guankou/geodata/boundaries/zhuhai-districts.generated.ts'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { rulesVersionOn } from '#src/cities/zhuhai-2020/response.ts'
import { buildZhuhaiCity } from '#src/cities/zhuhai-2020/zhuhai.ts'

const { city, response, accounts } = buildZhuhaiCity()

/** Crossing number of a ray to the east (even–odd rule). */
const isInRing = ([x, y]: Position, ring: readonly Position[]): boolean => {
  let inside = false
  for (const [index, [xi, yi]] of ring.entries()) {
    const [xj, yj] = ring.at(index - 1) ?? [0, 0]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

const districtAt = (position: Position): number | undefined =>
  zhuhaiDistricts.features.find((feature) =>
    feature.geometry.coordinates.some(([outside = []]) => isInRing(position, outside)),
  )?.properties.code

describe('the demo city', () => {
  it('has the posts that the city is known to have had', () => {
    const counts = Map.groupBy(city.posts, (post) => post.type)
    expect([...counts].map(([type, posts]) => [type, posts.length])).toEqual([
      ['road-main', 9],
      ['road-minor', 30],
      ['railway', 1],
      ['coach', 1],
      ['airport', 1],
      ['port', 1],
    ])
  })

  it('is of the shapes the contract asks for', () => {
    for (const post of city.posts) expect(Value.Errors(Post, post)).toEqual([])
    for (const crew of city.crews) expect(Value.Errors(Crew, crew)).toEqual([])
    for (const cell of city.gridCells) expect(Value.Errors(GridCell, cell)).toEqual([])
    for (const area of city.jurisdictions) expect(Value.Errors(Jurisdiction, area)).toEqual([])
    expect(Value.Errors(Response, response('2020-06-30'))).toEqual([])
  })

  it('puts every post inside the district that owns it', () => {
    const misplaced = city.posts.filter(
      (post) => districtAt([post.longitude, post.latitude]) !== post.jurisdiction,
    )
    expect(misplaced.map((post) => post.name.en)).toEqual([])
  })

  it('puts every grid cell inside the district that owns it', () => {
    const misplaced = city.gridCells.filter(
      ({ longitude, latitude, jurisdiction }) =>
        longitude === null || latitude === null || districtAt([longitude, latitude]) !== jurisdiction,
    )
    expect(misplaced.map((cell) => cell.name.en)).toEqual([])
  })

  it('uses every id and name once', () => {
    for (const list of [city.posts, city.crews, city.gridCells])
      expect(new Set(list.map((one) => one.id)).size).toBe(list.length)
    expect(new Set(city.posts.map((post) => post.name.zh)).size).toBe(city.posts.length)
    expect(new Set(accounts.map((account) => account.login)).size).toBe(accounts.length)
  })

  it('gives every post five crews, and every account a place in the city', () => {
    for (const post of city.posts)
      expect(city.crews.filter((crew) => crew.postId === post.id)).toHaveLength(5)
    for (const account of accounts) {
      expect(roles).toContain(account.role)
      expect(liesIn(account.areaCode, city.code)).toBe(true)
      if (account.crewId !== null)
        expect(
          city.posts.find((post) => post.id === city.crews.find((c) => c.id === account.crewId)?.postId)
            ?.jurisdiction,
        ).toBe(account.areaCode)
    }
  })

  it('marks as illustrative whatever is not a public fact', () => {
    expect(city.posts.filter((post) => !post.illustrative).map((post) => post.type)).toEqual([
      'railway',
      'coach',
      'airport',
      'port',
    ])
    expect([...city.crews, ...city.gridCells].every((one) => one.illustrative)).toBe(true)
  })
})

describe('rulesVersionOn', () => {
  const rules = response('2020-06-30')
  it.each([
    ['2020-01-01', 1],
    ['2020-01-18', 1],
    ['2020-02-01', 1],
    ['2020-02-02', 2],
    ['2020-03-25', 3],
    ['2020-05-05', 4],
    ['2026-11-23', 5],
  ])('on %s the rules are version %i', (day, version) => {
    expect(rulesVersionOn(rules, day)).toBe(version)
  })

  it('refuses a response without rules', () => {
    expect(() => rulesVersionOn({ ...rules, ruleSets: [] }, '2020-02-02')).toThrow(RangeError)
  })
})
