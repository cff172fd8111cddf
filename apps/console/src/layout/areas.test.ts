import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { describe, expect, it } from 'vitest'
import { areasOf, chosenArea } from '#src/layout/areas.ts'

const area = (code: number, parentCode: number | null): Jurisdiction => ({
  code,
  parentCode,
  name: { zh: String(code), en: String(code) },
  timeZone: 'Asia/Shanghai',
})
const all = [area(440403, 440400), area(440400, null), area(440402, 440400), area(442000, null)]

describe('areas to choose from', () => {
  it('are one’s own and what lies in it, the whole first', () => {
    expect(areasOf(all, 440400).map(({ code }) => code)).toEqual([440400, 440402, 440403])
    expect(areasOf(all, 440402).map(({ code }) => code)).toEqual([440402])
  })

  it('fall back to one’s own where the address asks for another’s', () => {
    const own = areasOf(all, 440400)
    expect(chosenArea(own, 440403, 440400)?.code).toBe(440403)
    expect(chosenArea(own, 442000, 440400)?.code).toBe(440400)
    expect(chosenArea([], 440403, 440400)).toBeUndefined()
  })
})
