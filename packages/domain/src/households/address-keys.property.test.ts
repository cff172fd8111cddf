import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressKeysOf } from './address-keys.ts'
import { addressKey } from './walk-key.ts'

const address = fc.record({
  estate: fc.constantFrom('翠湖苑', '海天花园', '吉大小区', '东方明珠', '阳光里'),
  building: fc.integer({ min: 1, max: 40 }),
  stair: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  floor: fc.integer({ min: 1, max: 33 }),
  flat: fc.integer({ min: 1, max: 9 }),
})
type Drawn = typeof address extends fc.Arbitrary<infer T> ? T : never

const doorOf = ({ floor, flat }: Drawn): string => `${floor}0${flat}`

/** As a team enters it: some write the floor down, some do not. */
const entered = (drawn: Drawn, withFloor: boolean): DoorAddress => ({
  estate: drawn.estate,
  building: `${drawn.building}栋`,
  ...(drawn.stair === undefined ? {} : { stair: `${drawn.stair}单元` }),
  ...(withFloor ? { floor: `${drawn.floor}` } : {}),
  door: doorOf(drawn),
})

const ways: Readonly<Record<string, (drawn: Drawn) => string>> = {
  'in one word': (d) =>
    `${d.estate}${d.building}栋${d.stair === undefined ? '' : `${d.stair}单元`}${doorOf(d)}`,
  'with blanks and the floor': (d) =>
    `${d.estate} ${d.building}幢 ${d.stair === undefined ? '' : `${d.stair}单元 `}${d.floor}楼 ${doorOf(d)}室`,
  'with hyphens': (d) => `${d.estate}${d.building}-${d.stair === undefined ? '' : `${d.stair}-`}${doorOf(d)}`,
  'with the district before it': (d) =>
    `珠海市香洲区吉大街道${d.estate}${d.building}号楼${d.stair === undefined ? '' : `${d.stair}单元`}${doorOf(d)}号`,
  'with the road before it': (d) =>
    `九洲大道12号${d.estate}${d.building}栋${d.stair === undefined ? '' : `${d.stair}单元`}${doorOf(d)}房`,
  'in English': (d) =>
    `${d.estate}, Building ${d.building}, ${d.stair === undefined ? '' : `Unit ${d.stair}, `}Room ${doorOf(d)}`,
}

describe('an address that is told in one line', () => {
  it.each(Object.keys(ways))('finds the door that a team entered, written %s', (way) => {
    fc.assert(
      fc.property(address, fc.boolean(), (drawn, withFloor) => {
        const told = ways[way]?.(drawn) ?? ''
        expect(addressKeysOf(told).flat(), told).toContain(addressKey(entered(drawn, withFloor)))
      }),
    )
  })

  it('finds no other door of the building', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        const found = addressKeysOf(ways['in one word']?.(one) ?? '').flat()
        const isSame =
          doorOf(one) === doorOf(other) &&
          one.estate === other.estate &&
          one.building === other.building &&
          one.stair === other.stair
        for (const withFloor of [true, false])
          expect(found.includes(addressKey(entered(other, withFloor)))).toBe(isSame)
      }),
    )
  })

  it('is asked for again where it names no door, and never takes long', () => {
    expect(addressKeysOf('翠湖苑')).toEqual([])
    expect(addressKeysOf('501')).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => addressKeysOf(text).length <= 7),
    )
  })
})
