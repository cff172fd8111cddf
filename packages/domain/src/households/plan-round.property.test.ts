import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideDoors, type RoundTeam } from '#src/households/divide-round.ts'
import {
  byName,
  type Door,
  divideWalk,
  planWalk,
  secondsAtDoor,
  walkSeconds,
} from '#src/households/plan-round.ts'
import { readAddress } from '#src/households/read-address.ts'
import { addressKey, compareDoors, floorNumber } from '#src/households/walk-key.ts'

const address: fc.Arbitrary<DoorAddress> = fc
  .record({
    estate: fc.constantFrom('翠湖苑', '海悦湾', '老街'),
    building: fc.integer({ min: 1, max: 12 }),
    stair: fc.integer({ min: 1, max: 3 }),
    floor: fc.integer({ min: 1, max: 18 }),
    door: fc.integer({ min: 1, max: 4 }),
    isPlaced: fc.boolean(),
  })
  .map(({ estate, building, stair, floor, door, isPlaced }) => ({
    estate,
    building: `${building}栋`,
    stair: `${stair}单元`,
    floor: String(floor),
    door: `${floor}0${door}`,
    // Every building stands somewhere, in no order that its number would tell.
    ...(isPlaced
      ? { longitude: 113.5 + ((building * 7) % 12) / 1000, latitude: 22.2 + ((building * 5) % 12) / 1000 }
      : {}),
  }))

const doors: fc.Arbitrary<Door[]> = fc
  .array(address, { maxLength: 60 })
  .map((all) => all.map((each, index) => ({ id: `d${index}`, address: each })))

describe('the walk', () => {
  it('goes to every door once, and is never longer than door after door by name', () => {
    fc.assert(
      fc.property(doors, (all) => {
        const walk = planWalk(all)
        expect(walk.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
        expect(walkSeconds(walk)).toBeLessThanOrEqual(walkSeconds(byName(all)) + 1e-6)
      }),
    )
  })

  it('is the same whatever order the doors come in', () => {
    fc.assert(
      fc.property(
        doors.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, mixed]) => {
          expect(planWalk(mixed)).toEqual(planWalk(all))
        },
      ),
    )
  })

  it('goes up a stair by numbers, not by letters', () => {
    const at = (floor: string, door: string): Door => ({
      id: door,
      address: { estate: '翠湖苑', floor, door },
    })
    const walk = planWalk([at('10', '1001'), at('B1', 'B101'), at('2', '201'), at('九层', '901')])
    expect(walk.map(({ id }) => id)).toEqual(['B101', '201', '901', '1001'])
    expect(floorNumber('负二层')).toBe(-2)
    expect(
      compareDoors({ estate: 'A', building: '2栋', door: '1' }, { estate: 'A', building: '十栋', door: '1' }),
    ).toBe(-1)
  })
})

describe('work of several teams', () => {
  const loads = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 4 })

  const dayOf = (own: readonly Door[], load: number): number =>
    own.length === 0 ? 0 : load + walkSeconds(own) + own.length * secondsAtDoor

  /** The longest day of the best of all ways to cut a walk into stretches. */
  const shortest = (walk: readonly Door[], [load = 0, ...others]: readonly number[]): number =>
    others.length === 0
      ? dayOf(walk, load)
      : Math.min(
          ...Array.from({ length: walk.length + 1 }, (_, at) =>
            Math.max(dayOf(walk.slice(0, at), load), shortest(walk.slice(at), others)),
          ),
        )

  it('fits one team that takes it all, however its seconds are rounded when they are added', () => {
    const at = (id: string, building: string, longitude: number, latitude: number) => ({
      id,
      address: { estate: '翠湖苑', building, stair: '1单元', floor: '1', door: '101', longitude, latitude },
    })
    const walk = [at('d0', '1栋', 113.507, 22.205), at('d1', '3栋', 113.509, 22.203)]
    expect(divideWalk(walk, [7_932])).toEqual([walk])
  })

  it('is cut into stretches that follow each other, with a longest day that no other cut makes shorter', () => {
    fc.assert(
      fc.property(
        doors.map((all) => all.slice(0, 9)),
        loads,
        (all, before) => {
          const walk = planWalk(all)
          const stretches = divideWalk(walk, before)
          expect(stretches.flat()).toEqual(walk)
          const longest = Math.max(...stretches.map((own, team) => dayOf(own, before[team] ?? 0)))
          expect(longest).toBeLessThanOrEqual(shortest(walk, before) + 1)
        },
      ),
    )
  })

  it('gives every door to one team, and leaves what was begun with who began it', () => {
    const teams: readonly RoundTeam[] = [
      { id: 1, accountIds: ['a'], gridCellIds: [1, 2] },
      { id: 2, accountIds: ['b'], gridCellIds: [2, 3] },
      { id: 3, accountIds: ['c'], gridCellIds: [2] },
    ]
    const door = fc.record({
      address,
      gridCellId: fc.constantFrom(1, 2, 3, null),
      triedBy: fc.constantFrom('a', 'b', 'c', null),
    })
    fc.assert(
      fc.property(fc.array(door, { maxLength: 40 }), (drawn) => {
        const all = drawn.map((each, index) => ({ ...each, id: `d${index}` }))
        const own = divideDoors(teams, all)
        expect(
          [...own.values()]
            .flat()
            .map(({ id }) => id)
            .sort(),
        ).toEqual(all.map(({ id }) => id).sort())
        for (const { id, accountIds, gridCellIds } of teams)
          for (const each of own.get(id) ?? [])
            if (each.gridCellId !== null) expect(gridCellIds).toContain(each.gridCellId)
            else expect(accountIds).toHaveLength(1)
        for (const each of all) {
          const begunBy = teams.find(
            (team) =>
              each.triedBy !== null &&
              team.accountIds.includes(each.triedBy) &&
              each.gridCellId !== null &&
              team.gridCellIds.includes(each.gridCellId),
          )
          if (begunBy !== undefined) expect(own.get(begunBy.id)).toContainEqual(each)
        }
      }),
    )
  })
})

describe('an address', () => {
  it.each([
    ['翠湖苑3栋2单元501', { estate: '翠湖苑', building: '3栋', stair: '2单元', floor: '5', door: '501' }],
    [
      '香洲区海悦湾 12号楼 三单元 1203室',
      { estate: '香洲区海悦湾', building: '12号楼', stair: '三单元', floor: '12', door: '1203' },
    ],
    ['景山路88号', { estate: '景山路', door: '88' }],
    ['海景酒店 806', { estate: '海景酒店', floor: '8', door: '806' }],
    ['', { estate: '—', door: '—' }],
    ['12345', { estate: '12345', door: '—' }],
  ])('is read as people write it: %s', (text, parts) => {
    expect(readAddress(text)).toEqual(parts)
  })

  it('never fails on what people write, and keeps within what is stored', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { estate, door } = readAddress(text)
        expect(estate.length * door.length).toBeGreaterThan(0)
        expect([...estate].length).toBeLessThanOrEqual(60)
      }),
    )
  })

  it('is the same door however it is written', () => {
    expect(addressKey({ estate: '翠湖苑', building: '3栋', stair: '2单元', floor: '5', door: '501' })).toBe(
      addressKey({ estate: '翠湖 苑', building: '三幢', stair: '二', floor: '5层', door: '501室' }),
    )
  })
})
