import { RecordPostFact } from '@guankou/contract/posts/record-post-fact.ts'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { buildZhuhaiCity } from '#src/cities/zhuhai-2020/zhuhai.ts'
import { crewSize, drawDuty, shiftMs } from './draw-duty.ts'

const startMs = Date.parse('2020-02-10T00:00:00.000Z')
const at = { shift: 73_000, startMs, hour: 8 }
const { posts } = buildZhuhaiCity().city

describe('a shift that is drawn', () => {
  it('is the same each time, of the form of the contract, and brings a crew that comes and goes', () => {
    for (const post of posts) {
      const drawn = drawDuty(post, at, 1)
      expect(drawDuty(post, at, 1)).toEqual(drawn)
      const words = drawn.map(({ happening }) => happening.is)
      expect(words.filter((word) => word === 'clocked-in')).toHaveLength(crewSize(post))
      expect(words.filter((word) => word === 'clock-out-now')).toHaveLength(crewSize(post))
      for (const { happening, atMs } of drawn) {
        expect(atMs).toBeGreaterThanOrEqual(startMs)
        expect(atMs).toBeLessThan(startMs + shiftMs + 10 * 60_000)
        if (happening.is !== 'clock-out-now')
          expect(Value.Check(RecordPostFact.properties.happening, happening)).toBe(true)
      }
    }
  })

  it('opens some lanes and no more than there are', () => {
    for (const post of posts) {
      const lanes = drawDuty(post, at, 1).flatMap(({ happening }) =>
        happening.is === 'lane-set' ? [happening] : [],
      )
      expect(lanes.map(({ lane }) => lane)).toEqual(
        Array.from({ length: post.lanes }, (_, index) => index + 1),
      )
      expect(lanes.some(({ open }) => open)).toBe(true)
    }
  })
})
