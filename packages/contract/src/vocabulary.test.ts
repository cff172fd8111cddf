import { describe, expect, it } from 'vitest'
import { classified, dataClassOf } from './data-classes.ts'
import { postTypeNames, postTypes } from './places/place.ts'
import { Count } from './primitives.ts'
import { roleNames, roles } from './roles.ts'
import { dispositionNames, dispositionRank, dispositions, strictest } from './screening/dispositions.ts'
import { conveyanceKinds, platedConveyances } from './screening/vocabulary.ts'

describe('words that people read', () => {
  it.each([
    ['roles', roles, roleNames],
    ['post types', postTypes, postTypeNames],
    ['dispositions', dispositions, dispositionNames],
  ] as const)('%s have one Chinese and one English name each', (_, words, names) => {
    const named = words.map((word) => (names as Record<string, { zh: string; en: string }>)[word])
    for (const name of named) {
      expect(name?.zh).toMatch(/^\p{Script=Han}+$/u)
      expect(name?.en).toMatch(/^\p{Lu}[\p{L} ,-]+$/u)
    }
    expect(new Set(named.map((name) => name?.zh)).size).toBe(words.length)
    expect(new Set(named.map((name) => name?.en)).size).toBe(words.length)
  })
})

describe('the ladder of dispositions', () => {
  it('runs from passing to referral', () => {
    expect(dispositions.map(dispositionRank)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect([dispositions[0], dispositions.at(-1)]).toEqual(['passed', 'referred'])
  })

  it('has a stricter of any two', () => {
    for (const a of dispositions)
      for (const b of dispositions) {
        const expected = Math.max(dispositionRank(a), dispositionRank(b))
        expect(dispositionRank(strictest(a, b))).toBe(expected)
      }
  })
})

describe('conveyances', () => {
  it('carry plates where they run on the road', () => {
    expect(conveyanceKinds.filter((kind) => platedConveyances.has(kind))).toEqual([
      'car',
      'coach',
      'truck',
      'motorcycle',
    ])
  })
})

describe('data classes', () => {
  it('are read back from a schema and leave the one they were given for alone', () => {
    expect(dataClassOf(classified('health', Count))).toBe('health')
    expect(dataClassOf(Count)).toBeUndefined()
  })
})
