import type { OriginCount } from '@guankou/domain/situation/withhold-origins.ts'
import { describe, expect, it } from 'vitest'
import { toldOfDay } from '#src/projections/situation/told-of-day.ts'

const city = 440_400
const count = (originCode: number, travellers: number, jurisdiction = 440_402): OriginCount => ({
  jurisdiction,
  originCode,
  travellers,
  febrile: 0,
})

describe('what may be told of a day', () => {
  it('is weighed once for the same counts', () => {
    const first = toldOfDay([count(442_000, 9), count(440_300, 12)], city)
    expect(toldOfDay([count(440_300, 12), count(442_000, 9)], city)).toBe(first)
  })

  it('is weighed anew for one traveller more, and for another whole', () => {
    const counts = [count(442_000, 9), count(440_300, 12)]
    const first = toldOfDay(counts, city)
    const more = toldOfDay([count(442_000, 10), count(440_300, 12)], city)
    expect(first(city).origins.get(442_000)?.travellers).toBe(9)
    expect(more(city).origins.get(442_000)?.travellers).toBe(10)
    expect(toldOfDay(counts, 440_000)).not.toBe(first)
  })

  it('withholds small counts whatever was told before of the same day', () => {
    toldOfDay([count(442_000, 9), count(440_300, 12)], city)
    const told = toldOfDay([count(442_000, 4), count(440_300, 12)], city)(city)
    expect(told.origins.get(442_000)?.travellers ?? null).toBeNull()
  })

  it('forgets days that nobody asked for lately', () => {
    const first = toldOfDay([count(442_000, 1_000)], city)
    for (let other = 0; other < 250; other += 1) toldOfDay([count(442_000, 2_000 + other)], city)
    expect(toldOfDay([count(442_000, 1_000)], city)).not.toBe(first)
  })
})
