import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLookShedder, createShedder } from './shed-load.ts'

const clock = () => {
  const state = { ms: 0 }
  return { state, shedder: createShedder(() => state.ms) }
}

describe('shedding pushes', () => {
  it('never lets more in at once than there is room for, whatever comes and goes', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({
          is: fc.constant('enter' as const),
          bytes: fc.option(fc.nat(1_100_000), { nil: undefined }),
        }),
        fc.record({ is: fc.constant('leave' as const), which: fc.nat(50) }),
      ),
      { maxLength: 120 },
    )
    fc.assert(
      fc.property(steps, (all) => {
        const { state, shedder } = clock()
        const inside: { readonly bytes: number; readonly leave: () => void }[] = []
        for (const step of all) {
          state.ms += 7
          if (step.is === 'leave') {
            const [gone] = inside.splice(step.which % Math.max(1, inside.length), 1)
            gone?.leave()
            gone?.leave()
            continue
          }
          const entered = shedder.enter(step.bytes)
          if ('leave' in entered) inside.push({ bytes: step.bytes ?? 0, leave: entered.leave })
          else expect(entered.waitSeconds).toBeGreaterThanOrEqual(1)
          expect(inside.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(4_000_000)
          expect(inside.length).toBeLessThanOrEqual(245)
        }
      }),
    )
  })

  it('lets in again whoever comes once there is room', () => {
    const { shedder } = clock()
    const first = shedder.enter(4_000_000)
    expect(shedder.enter(1)).toEqual({ waitSeconds: 1 })
    if ('leave' in first) first.leave()
    expect('leave' in shedder.enter(1)).toBe(true)
  })

  it('spreads those it sends away over the time that they need, and never beyond two minutes', () => {
    const { shedder } = clock()
    shedder.enter(4_000_000)
    const waits = Array.from({ length: 20_000 }, () => {
      const entered = shedder.enter(10_000)
      return 'waitSeconds' in entered ? entered.waitSeconds : 0
    })
    // A hundred a second until something was answered.
    expect(waits.filter((seconds) => seconds === 5)).toHaveLength(100)
    expect(Math.max(...waits)).toBe(120)
  })

  it('learns how fast pushes are answered', () => {
    const { state, shedder } = clock()
    const hold = shedder.enter(3_900_000)
    for (let n = 0; n < 4_000; n += 1) {
      state.ms += 2.5
      const one = shedder.enter(50_000)
      shedder.enter(4_000_000)
      if ('leave' in one) one.leave()
    }
    expect('leave' in hold).toBe(true)
    state.ms += 1_000_000
    const waits = Array.from({ length: 4_000 }, () => shedder.enter(4_000_000)).map((each) =>
      'waitSeconds' in each ? each.waitSeconds : 0,
    )
    expect(Math.max(...waits)).toBeGreaterThan(9)
    expect(Math.max(...waits)).toBeLessThan(16)
  })
})

describe('shedding looks for a pack', () => {
  it('lets in as many as are answered soon, whatever they say of their size, and the next as soon as one is over', () => {
    let ms = 0
    const looks = createLookShedder(() => ms)
    const inside = Array.from({ length: 256 }, (_, n) => looks.enter(n % 2 === 0 ? undefined : n * 1_000))
    expect(inside.every((each) => 'leave' in each)).toBe(true)
    expect(looks.enter(undefined)).toEqual({ waitSeconds: 1 })
    const [first] = inside
    if (first !== undefined && 'leave' in first) first.leave()
    expect('leave' in looks.enter(undefined)).toBe(true)
    ms = 5_000
    const waits = Array.from({ length: 4_000 }, () => looks.enter(undefined)).map((each) =>
      'waitSeconds' in each ? each.waitSeconds : 0,
    )
    expect(Math.min(...waits)).toBe(1)
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(10)
  })
})
