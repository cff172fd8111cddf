import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowanceOf } from './allowance.ts'

const minute = 60_000
const day = 86_400_000

describe('an allowance', () => {
  it('never lets through more than its limits in any minute or day, and lets through again when it says', () => {
    fc.assert(
      fc.property(
        fc.record({ perMinute: fc.integer({ min: 1, max: 5 }), perDay: fc.integer({ min: 5, max: 12 }) }),
        fc.array(fc.oneof(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: day })), {
          minLength: 5,
          maxLength: 60,
        }),
        (rule, pauses) => {
          const done: number[] = []
          let now = day
          for (const pause of pauses) {
            now += pause
            const { leftThisMinute, leftToday, waitSeconds } = allowanceOf(rule, done, now)
            expect(waitSeconds === 0).toBe(leftThisMinute > 0 && leftToday > 0)
            if (waitSeconds > 0) now += waitSeconds * 1_000
            expect(allowanceOf(rule, done, now).waitSeconds).toBe(0)
            done.unshift(now)
            expect(done.filter((at) => at > now - minute).length).toBeLessThanOrEqual(rule.perMinute)
            expect(done.filter((at) => at > now - day).length).toBeLessThanOrEqual(rule.perDay)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('waits no longer than it has to', () => {
    const rule = { perMinute: 2, perDay: 3 }
    expect(allowanceOf(rule, [], day)).toEqual({ leftThisMinute: 2, leftToday: 3, waitSeconds: 0 })
    expect(allowanceOf(rule, [day, day - 1_000], day).waitSeconds).toBe(59)
    expect(allowanceOf(rule, [day, day - minute, day - 2 * minute], day)).toEqual({
      leftThisMinute: 1,
      leftToday: 0,
      waitSeconds: (day - 2 * minute) / 1_000,
    })
  })
})
