import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poissonTails } from '../numerics/poisson.ts'
import { seededUniform, type Uniform } from '../numerics/seeded-uniform.ts'
import { erlangC } from './erlang-c.ts'
import { estimateWait, type WaitEvidence } from './estimate-wait.ts'
import { type SteadyFlow, steadyWaitMinutes } from './steady-wait.ts'
import { waitBehindMinutes } from './wait-behind-queue.ts'

const exponential = (uniform: Uniform, mean: number): number => -mean * Math.log(uniform())

/** Waits of vehicles one after another, each to the lane that is free first (Kiefer and Wolfowitz 1955). */
const simulateWaits = (flow: SteadyFlow, count: number, uniform: Uniform, service: () => number) => {
  const freeAt = new Array<number>(flow.lanes).fill(0)
  let at = 0
  let total = 0
  let counted = 0
  for (let vehicle = 0; vehicle < count; vehicle += 1) {
    at += exponential(uniform, 1 / flow.arrivalsPerMinute)
    const lane = freeAt.indexOf(Math.min(...freeAt))
    const begin = Math.max(at, freeAt[lane] ?? 0)
    freeAt[lane] = begin + service()
    if (vehicle < count / 20) continue
    total += begin - at
    counted += 1
  }
  return total / counted
}

describe('Erlang C', () => {
  it('is the probability of its definition, by sums', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0.05, max: 0.98, noNaN: true }),
        (lanes, share) => {
          const load = share * lanes
          let term = 1
          let below = 0
          for (let k = 0; k < lanes; k += 1) {
            below += term
            term *= load / (k + 1)
          }
          const all = term / (1 - share)
          expect(erlangC(load, lanes)).toBeCloseTo(all / (below + all), 10)
        },
      ),
    )
  })

  it('has no value where the queue would grow without end', () => {
    expect(() => erlangC(2, 2)).toThrow(RangeError)
    expect(() => erlangC(1, 0)).toThrow(RangeError)
  })
})

describe('the wait in a steady state', () => {
  it('is that of Pollaczek and Khinchine for one lane', () => {
    const flow = { arrivalsPerMinute: 0.8, serviceMinutes: 1, serviceVariation: 0, lanes: 1 }
    expect(steadyWaitMinutes(flow)).toBeCloseTo(2, 10)
  })

  it.each([
    [{ arrivalsPerMinute: 1.6, serviceMinutes: 1, serviceVariation: 1, lanes: 2 }, 0.06],
    [{ arrivalsPerMinute: 3.2, serviceMinutes: 1, serviceVariation: 0.25, lanes: 4 }, 0.08],
    [{ arrivalsPerMinute: 1.4, serviceMinutes: 1, serviceVariation: 0.5, lanes: 2 }, 0.08],
  ] as const)('is what a simulation of %o has', (flow, tolerance) => {
    const uniform = seededUniform(20200123, flow.lanes)
    const stages = Math.round(1 / flow.serviceVariation)
    const service = () => {
      let total = 0
      for (let stage = 0; stage < stages; stage += 1) total += exponential(uniform, 1 / stages)
      return total
    }
    const simulated = simulateWaits(flow, 400_000, uniform, service)
    expect(Math.abs(steadyWaitMinutes(flow) / simulated - 1)).toBeLessThan(tolerance)
  })

  it('grows with arrivals, service time and variation, and shrinks with a lane more', () => {
    const share = fc.double({ min: 0.05, max: 0.9, noNaN: true })
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 8 }), share, (load, lanes, variation) => {
        const flow = {
          arrivalsPerMinute: load * lanes,
          serviceMinutes: 1,
          serviceVariation: variation,
          lanes,
        }
        const wait = steadyWaitMinutes(flow)
        expect(steadyWaitMinutes({ ...flow, arrivalsPerMinute: load * lanes * 1.05 })).toBeGreaterThan(wait)
        expect(steadyWaitMinutes({ ...flow, serviceVariation: variation + 0.1 })).toBeGreaterThan(wait)
        expect(steadyWaitMinutes({ ...flow, lanes: lanes + 1 })).toBeLessThan(wait)
      }),
    )
  })
})

describe('the wait behind a queue', () => {
  it('covers, of waits at a pace known from what passed, the share that it says', () => {
    const uniform = seededUniform(7)
    const rounds = 4_000
    let inside = 0
    for (let round = 0; round < rounds; round += 1) {
      const perMinute = 0.3 + uniform()
      let passed = 0
      for (let at = exponential(uniform, 1 / perMinute); at < 60; passed += 1)
        at += exponential(uniform, 1 / perMinute)
      let wait = 0
      for (let vehicle = 0; vehicle < 10; vehicle += 1) wait += exponential(uniform, 1 / perMinute)
      const pace = { passed, minutes: 60 }
      if (wait >= waitBehindMinutes(0.05, 10, pace) && wait <= waitBehindMinutes(0.95, 10, pace)) inside += 1
    }
    expect(inside / rounds).toBeGreaterThan(0.88)
    expect(inside / rounds).toBeLessThan(0.92)
  })

  it('comes to that of a known pace, queue over pace, where very much has passed', () => {
    const pace = { passed: 1_000_000, minutes: 1_000_000 }
    const median = waitBehindMinutes(0.5, 20, pace)
    expect(poissonTails(19, median).upper).toBeCloseTo(0.5, 2)
  })
})

const usual: WaitEvidence = {
  passed: 60,
  windowMinutes: 60,
  serviceMinutes: 20,
  serviceMinutesSquared: 8,
  lanesNow: 2,
  lanesThen: 2,
  queue: undefined,
}

describe('the wait at a post', () => {
  it.each([
    [{ lanesNow: 0 }, 'no-lane-open'],
    [{ passed: 0, serviceMinutes: 0, serviceMinutesSquared: 0 }, 'nothing-recorded'],
    [{ passed: 2, serviceMinutes: 1, serviceMinutesSquared: 1 }, 'nothing-recorded'],
    [{ passed: 60, serviceMinutes: 118, serviceMinutesSquared: 250 }, 'near-capacity'],
  ] as const)('is not known of %o', (part, why) => {
    expect(estimateWait({ ...usual, ...part }, 0.9)).toEqual({ is: 'unknown', why })
  })

  it('goes by the queue while somebody saw it lately, and by the flow afterwards', () => {
    const seen = (ageMinutes: number) => estimateWait({ ...usual, queue: { vehicles: 9, ageMinutes } }, 0.9)
    expect(seen(5)).toMatchObject({ is: 'estimated', basis: 'queue-seen' })
    expect(seen(31)).toMatchObject({ is: 'estimated', basis: 'steady-flow' })
    const fresh = seen(0)
    // Ten vehicles at one a minute.
    if (fresh.is === 'estimated') expect(fresh.waitMinutes.value).toBeCloseTo(9.7, 0)
  })

  it('goes by the flow where nobody waited, unless lanes are near their capacity', () => {
    const queue = { vehicles: 0, ageMinutes: 0 }
    const idle = estimateWait({ ...usual, queue }, 0.9)
    expect(idle).toEqual(estimateWait(usual, 0.9))
    expect(idle).toMatchObject({ is: 'estimated', basis: 'steady-flow' })
    const full = { ...usual, serviceMinutes: 118, serviceMinutesSquared: 250, queue }
    const answer = estimateWait(full, 0.9)
    if (answer.is !== 'estimated') throw new Error('no estimate')
    expect(answer.waitMinutes).toMatchObject({ value: 0, low: 0 })
    expect(answer.waitMinutes.high).toBeGreaterThan(0)
  })

  it('has a lower bound at what the lanes could do, as they may have been idle before', () => {
    const queue = { vehicles: 20, ageMinutes: 0 }
    const answer = estimateWait({ ...usual, queue }, 0.9)
    if (answer.is !== 'estimated') throw new Error('no estimate')
    // Twenty-one vehicles on two lanes at 20 seconds each.
    expect(answer.waitMinutes.low).toBeLessThan(3.5)
    expect(answer.waitMinutes.low).toBeGreaterThan(1.5)
    expect(answer.waitMinutes.value).toBeGreaterThan(18)
  })

  it('lies in its interval, which widens as the queue was seen longer ago', () => {
    const vehicles = fc.integer({ min: 0, max: 200 })
    const age = fc.double({ min: 0, max: 14, noNaN: true })
    const passed = fc.integer({ min: 5, max: 300 })
    fc.assert(
      fc.property(
        vehicles,
        age,
        passed,
        fc.integer({ min: 1, max: 6 }),
        (queued, ageMinutes, n, lanesNow) => {
          const at = (minutes: number) => {
            const queue = { vehicles: queued, ageMinutes: minutes }
            const answer = estimateWait({ ...usual, passed: n, lanesNow, queue }, 0.9)
            if (answer.is !== 'estimated') throw new Error('no estimate')
            return answer
          }
          for (const { waitMinutes, queueVehicles } of [at(ageMinutes), at(ageMinutes * 2)])
            for (const { value, low, high } of [waitMinutes, queueVehicles]) {
              expect(low).toBeLessThanOrEqual(value)
              expect(value).toBeLessThanOrEqual(high)
            }
          expect(at(ageMinutes * 2).waitMinutes.high).toBeGreaterThanOrEqual(at(ageMinutes).waitMinutes.high)
        },
      ),
    )
  })

  it('is halved by twice as many lanes behind the same queue', () => {
    const queue = { vehicles: 40, ageMinutes: 0 }
    const one = estimateWait({ ...usual, lanesNow: 2, queue }, 0.9)
    const two = estimateWait({ ...usual, lanesNow: 4, queue }, 0.9)
    if (one.is !== 'estimated' || two.is !== 'estimated') throw new Error('no estimate')
    expect(one.waitMinutes.value / two.waitMinutes.value).toBeCloseTo(2, 5)
  })
})
