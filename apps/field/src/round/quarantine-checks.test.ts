import type { DoorCheckView } from '@guankou/contract/households/endpoints.ts'
import { describe, expect, it } from 'vitest'
import { areChecksReady, checkedOf, checksOf, emptyCheck } from './quarantine-checks.ts'

const check = (quarantineId: string): DoorCheckView => ({
  ...{ quarantineId, name: '欧阳在家', subject: 'person', dayNumber: 5, days: 14, way: 'visit' },
  ...{ dueAt: '2020-02-10T15:00:00.000Z', feverCelsius: 37.3, signs: [] },
})
const both = [check('a'), check('b')]
const met = { result: 'reached' as const, celsius: '36,6', signs: ['cough'] }

describe('quarantine checks at a door', () => {
  it('are ready when it is said of everybody how they were found, with a temperature that people have', () => {
    expect(areChecksReady(both, { a: met })).toBe(false)
    expect(areChecksReady(both, { a: met, b: { ...emptyCheck, result: 'not-there' } })).toBe(true)
    expect(areChecksReady([check('a')], { a: { ...met, celsius: '366' } })).toBe(false)
    expect(areChecksReady([], {})).toBe(true)
  })

  it('tell measurements of those who were met, and of nobody else', () => {
    expect(checkedOf(both, { a: met, b: { ...met, result: 'not-there' } })).toEqual([
      { quarantineId: 'a', way: 'visit', result: 'reached', temperatureCelsius: 36.6, signs: ['cough'] },
      { quarantineId: 'b', way: 'visit', result: 'not-there', signs: [] },
    ])
  })

  it('are those of the server while the door is due for them, and none after a visit that settled them here', () => {
    const address = { estate: '翠湖苑', door: '101' }
    const door = { householdId: 'h', gridCellId: 1, address, askFor: null, asked: [], checks: both }
    expect(checksOf({ door, due: [{ task: 'quarantine-check', dueBy: '2020-02-10' }] })).toEqual(both)
    expect(checksOf({ door, due: [{ task: 'rescreen', dueBy: '2020-02-10' }] })).toEqual([])
  })
})
