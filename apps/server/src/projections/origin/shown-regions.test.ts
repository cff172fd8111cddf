import { describe, expect, it } from 'vitest'
import { shownRegions } from '#src/projections/origin/shown-regions.ts'

const region = (regionCode: number, lastLeg: number, estimated = lastLeg) => ({
  regionCode,
  lastLeg,
  estimated,
  low90: estimated / 2,
  high90: estimated * 2,
})

/** Regions that send less and less, all of them seen by the last leg. */
const plain = Array.from({ length: 60 }, (_, at) => region(1000 + at, 0.02 - at / 5000))

describe('the regions that are told of where people were', () => {
  it('has the one that hardly anybody’s last leg shows, however small it is', () => {
    const hidden = region(420000, 0, 0.0001)
    const shown = shownRegions([...plain, hidden])
    expect(shown.map(({ regionCode }) => regionCode)).toContain(420000)
    expect(shown.length).toBe(40)
  })

  it('has the largest in any case, and none twice', () => {
    const shown = shownRegions(plain).map(({ regionCode }) => regionCode)
    expect(shown.slice(0, 30)).toEqual(plain.slice(0, 30).map(({ regionCode }) => regionCode))
    expect(new Set(shown).size).toBe(shown.length)
  })

  it('is whole where there are few', () => {
    expect(shownRegions(plain.slice(0, 3))).toEqual(plain.slice(0, 3))
  })
})
