import { describe, expect, it } from 'vitest'
import { feverLevel, needsSecondReading } from '#src/screening/fever.ts'

const at = '2020-01-23T14:30:00.000Z'
const measured = (temperatureCelsius: number) => ({ at, method: 'forehead', temperatureCelsius }) as const
const under = { at, method: 'gate', underThreshold: true } as const

describe('feverLevel', () => {
  it.each([
    ['no reading', [], 'none'],
    ['a gate that saw nothing', [under], 'none'],
    ['just under', [measured(37.2)], 'none'],
    ['exactly at the threshold', [measured(37.3)], 'suspected'],
    ['high, then low', [measured(38.4), measured(36.6)], 'suspected'],
    ['low, then high', [measured(36.6), measured(38.4)], 'suspected'],
    ['high twice', [measured(37.3), measured(37.9)], 'confirmed'],
    ['a gate, then high twice', [under, measured(37.8), measured(38)], 'confirmed'],
  ] as const)('%s → %s', (_, readings, level) => {
    expect(feverLevel(readings, 37.3)).toBe(level)
  })
})

describe('needsSecondReading', () => {
  it('asks once, after a first reading at or over the threshold', () => {
    expect(needsSecondReading([], 37.3)).toBe(false)
    expect(needsSecondReading([measured(37.2)], 37.3)).toBe(false)
    expect(needsSecondReading([measured(37.3)], 37.3)).toBe(true)
    expect(needsSecondReading([measured(37.3), measured(36.5)], 37.3)).toBe(false)
  })
})
