import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffMs, lineBackOff, politeBackOffMs } from './back-off.ts'
import { freshUpload, stepUpload } from './machine.ts'

const failures = fc.integer({ min: 1, max: 40 })
const drawn = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('coming back when a server asks', () => {
  it('is never sooner than it asked nor than the phone would by itself, and never puts off for more than its bound', () => {
    fc.assert(
      fc.property(failures, drawn, fc.double({ min: 0.1, max: 1e9, noNaN: true }), (times, random, asked) => {
        const own = backOffMs(times, () => random, lineBackOff)
        const delay = politeBackOffMs(times, () => random, lineBackOff, asked)
        expect(delay).toBeGreaterThanOrEqual(own)
        expect(delay).toBeGreaterThanOrEqual(Math.min(asked, 600) * 1_000 - 1)
        expect(delay).toBeLessThanOrEqual(Math.max(own, 750_000))
      }),
    )
  })

  it('is as by itself where nothing or nonsense is asked', () => {
    for (const asked of [undefined, 0, -5, Number.NaN])
      expect(politeBackOffMs(3, () => 0.5, lineBackOff, asked)).toBe(backOffMs(3, () => 0.5, lineBackOff))
  })

  it('spreads phones that were told the same', () => {
    const delays = Array.from({ length: 100 }, (_, n) => politeBackOffMs(1, () => n / 100, lineBackOff, 60))
    expect(new Set(delays).size).toBe(100)
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(14_000)
  })

  it('is what the upload machine does with a push that was sent away', () => {
    const sending = { ...freshUpload(true, true), state: 'sending' as const }
    const event = {
      is: 'refused',
      retry: 'later',
      code: 'BUSY',
      batchSize: 10,
      retryAfterSeconds: 40,
    } as const
    const step = stepUpload(sending, event, () => 0)
    expect(step).toMatchObject({ next: { state: 'backing-off', failures: 1 }, timer: 40_000 })
  })
})
