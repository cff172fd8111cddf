import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCoalescer } from '#src/live/coalesce.ts'

/** A clock that a test turns, with its timers. */
const turnedClock = () => {
  let nowMs = 0
  const timers: { readonly atMs: number; readonly act: () => void; cancelled: boolean }[] = []
  return {
    nowMs: () => nowMs,
    after: (delayMs: number, act: () => void) => {
      const timer = { atMs: nowMs + delayMs, act, cancelled: false }
      timers.push(timer)
      return () => {
        timer.cancelled = true
      }
    },
    turn: async (byMs: number) => {
      const untilMs = nowMs + byMs
      for (;;) {
        const next = timers
          .filter((timer) => !timer.cancelled && timer.atMs <= untilMs)
          .sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined) break
        next.cancelled = true
        nowMs = next.atMs
        next.act()
        await Promise.resolve()
      }
      nowMs = untilMs
      for (let settle = 0; settle < 5; settle++) await Promise.resolve()
    },
  }
}

/** Rounds that take a while, and what they could see when they began. */
const recordedRounds = (clock: ReturnType<typeof turnedClock>, lastsMs: number) => {
  const starts: number[] = []
  let open = 0
  let mostOpen = 0
  const round = () => {
    starts.push(clock.nowMs())
    open++
    mostOpen = Math.max(mostOpen, open)
    return new Promise<void>((resolve) => {
      clock.after(lastsMs, () => {
        open--
        resolve()
      })
    })
  }
  return { round, starts, mostOpen: () => mostOpen }
}

describe('coalesced rounds', () => {
  it('start at once, then at most one each 400 ms however many ask', async () => {
    const clock = turnedClock()
    const rounds = recordedRounds(clock, 20)
    const coalescer = createCoalescer(400, rounds.round, clock)
    for (let ms = 0; ms < 1_000; ms += 10) {
      coalescer.request()
      await clock.turn(10)
    }
    await clock.turn(2_000)
    expect(rounds.starts).toEqual([0, 400, 800, 1_200])
  })

  it('stop when told to', async () => {
    const clock = turnedClock()
    const rounds = recordedRounds(clock, 20)
    const coalescer = createCoalescer(400, rounds.round, clock)
    coalescer.request()
    coalescer.request()
    coalescer.stop()
    await clock.turn(2_000)
    expect(rounds.starts).toEqual([0])
  })

  it('go on after a round that failed', async () => {
    const clock = turnedClock()
    let count = 0
    const coalescer = createCoalescer(400, async () => void count++, clock)
    coalescer.request()
    await clock.turn(500)
    coalescer.request()
    await clock.turn(500)
    expect(count).toBe(2)
  })

  it('never overlap, keep their distance, and every request is followed by a round that began after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 1_500 }),
        async (gapsMs, lastsMs) => {
          const clock = turnedClock()
          const rounds = recordedRounds(clock, lastsMs)
          const coalescer = createCoalescer(400, rounds.round, clock)
          let lastRequestMs = 0
          for (const gapMs of gapsMs) {
            await clock.turn(gapMs)
            lastRequestMs = clock.nowMs()
            coalescer.request()
          }
          await clock.turn(10_000)
          expect(rounds.mostOpen()).toBe(1)
          expect(rounds.starts.at(-1)).toBeGreaterThanOrEqual(lastRequestMs)
          for (const [index, start] of rounds.starts.entries())
            if (index > 0) expect(start - (rounds.starts[index - 1] ?? 0)).toBeGreaterThanOrEqual(400)
        },
      ),
    )
  })
})
