import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRateLimiter, networkOf, type Rates, scaleRates, usualRates } from './rate-limits.ts'

const rates: Rates = { ...usualRates, write: { perMinute: 60, burst: 5 } }

const start = (at = 1_000_000) => {
  const clock = { now: at }
  return { clock, ...createRateLimiter(rates, () => clock.now) }
}

describe('the limit on calls', () => {
  it('lets a burst pass, then says when the next call may come, and lets it come then', () => {
    const { clock, take } = start()
    expect(Array.from({ length: 6 }, () => take('write', 'a'))).toEqual([...Array(5).fill(undefined), 1])
    clock.now += 999
    expect(take('write', 'a')).toBe(1)
    clock.now += 1
    expect(take('write', 'a')).toBeUndefined()
    expect(take('write', 'a')).toBe(1)
  })

  it('counts each caller and each group alone', () => {
    const { take } = start()
    for (let times = 0; times < 6; times += 1) take('write', 'a')
    expect(take('write', 'a')).toBe(1)
    expect(take('write', 'b')).toBeUndefined()
    expect(take('read', 'a')).toBeUndefined()
  })

  it('locks nobody out when the clock is set back', () => {
    const { clock, take } = start()
    for (let times = 0; times < 6; times += 1) take('write', 'a')
    clock.now -= 900_000
    expect(Array.from({ length: 6 }, () => take('write', 'a'))).toEqual([...Array(5).fill(undefined), 1])
  })

  it('lets pass, in any time, no more than the burst and what the rate gives', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(waits, (all) => {
        const { clock, take } = start()
        let passed = 0
        for (const wait of all) {
          clock.now += wait
          if (take('write', 'a') === undefined) passed += 1
        }
        const spent = all.slice(1).reduce((sum, wait) => sum + wait, 0)
        expect(passed).toBeLessThanOrEqual(5 + Math.floor(spent / 1_000) + 1)
      }),
    )
  })

  it('forgets callers rather than growing without end', () => {
    const { take } = start()
    for (let caller = 0; caller < 120_000; caller += 1) expect(take('write', String(caller))).toBeUndefined()
  })

  it('is scaled as a whole', () => {
    expect(scaleRates(rates, 10).write).toEqual({ perMinute: 600, burst: 50 })
  })
})

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0DB8:0:5:1:2:3:4', '2001:db8:0:5'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
