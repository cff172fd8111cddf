import { describe, expect, it } from 'vitest'
import { hasSlept, nextLine, noLine, reopenAfterMs } from '#src/live/line.ts'

const confirmed = (atMs: number, latencyMs: number | null = null) => ({
  happened: 'confirmed' as const,
  atMs,
  latencyMs,
})

describe('the line', () => {
  it('is live only once figures were read', () => {
    expect(nextLine(noLine, { happened: 'lost' })).toEqual(noLine)
    expect(nextLine(noLine, confirmed(10))).toEqual({ is: 'live', confirmedAtMs: 10, latencyMs: null })
  })

  it('shows the latency of the last change until the next', () => {
    const shown = nextLine(noLine, confirmed(10, 420))
    expect(nextLine(shown, confirmed(20))).toEqual({ is: 'live', confirmedAtMs: 20, latencyMs: 420 })
    expect(nextLine(shown, confirmed(30, 90))).toEqual({ is: 'live', confirmedAtMs: 30, latencyMs: 90 })
  })

  it('is stale since the figures last held, not since the loss was noticed', () => {
    const lost = nextLine(nextLine(noLine, confirmed(10, 5)), { happened: 'lost' })
    expect(lost).toEqual({ is: 'stale', sinceMs: 10 })
    expect(nextLine(lost, { happened: 'lost' })).toEqual(lost)
    expect(nextLine(lost, confirmed(99))).toEqual({ is: 'live', confirmedAtMs: 99, latencyMs: null })
  })

  it('notices sleep by the clock', () => {
    expect(hasSlept(0, 1_900, 1_000)).toBe(false)
    expect(hasSlept(0, 60_000, 1_000)).toBe(true)
  })

  it('is opened anew ever more slowly, but at least twice a minute', () => {
    expect([1, 2, 3, 6, 20].map(reopenAfterMs)).toEqual([1_000, 2_000, 4_000, 30_000, 30_000])
  })
})
