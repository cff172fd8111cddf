import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawArrivalTimes, spansOfDay, startOfDayMs } from '#src/arrivals/arrival-times.ts'
import { type Served, serveInOrder } from '#src/arrivals/lane-queue.ts'
import { defaultProfile, sameEveryDay } from '#src/arrivals/week-profile.ts'
import { streamOf } from '#src/random/stream.ts'
import { chiSquareUpperTail } from '#src/replay/regularised-gamma.ts'

describe('startOfDayMs', () => {
  it.each([
    ['Asia/Shanghai', '2020-01-24', '2020-01-23T16:00:00.000Z'],
    ['Asia/Kathmandu', '2020-01-24', '2020-01-23T18:15:00.000Z'],
    ['Europe/London', '2020-03-29', '2020-03-29T00:00:00.000Z'],
    ['Europe/London', '2020-03-30', '2020-03-29T23:00:00.000Z'],
    ['America/New_York', '2020-11-02', '2020-11-02T05:00:00.000Z'],
  ])('in %s the day %s begins at %s', (zone, day, instant) => {
    expect(new Date(startOfDayMs(zone, day)).toISOString()).toBe(instant)
  })
})

describe('spansOfDay', () => {
  it.each([
    ['Asia/Shanghai', '2020-01-24', '2020-01-25', 72],
    ['Europe/London', '2020-03-29', '2020-03-30', 69],
    ['Europe/London', '2020-10-25', '2020-10-26', 75],
  ])('in %s the day %s until %s has %i spans without a gap', (zone, day, next, count) => {
    const spans = spansOfDay(zone, day, next, defaultProfile)
    expect(spans).toHaveLength(count)
    for (const [index, span] of spans.entries())
      expect(span.fromMs).toBe(index === 0 ? startOfDayMs(zone, day) : spans[index - 1]?.untilMs)
    expect(spans.at(-1)?.untilMs).toBe(startOfDayMs(zone, next))
  })
})

describe('the week', () => {
  it('averages one over its days, with more by day than by night', () => {
    const sums = defaultProfile.map((day) => day.reduce((sum, weight) => sum + weight, 0))
    expect(sums.reduce((sum, one) => sum + one, 0) / 7).toBeCloseTo(1, 12)
    for (const day of defaultProfile) {
      expect(day).toHaveLength(72)
      expect(day[25] ?? 0).toBeGreaterThan(3 * (day[6] ?? 1))
    }
  })

  it('refuses a shape that is no day', () => {
    for (const shape of [[], Array(72).fill(0), Array(71).fill(1), [...Array(71).fill(1), -1]])
      expect(() => sameEveryDay(shape)).toThrow(RangeError)
  })
})

describe('drawArrivalTimes', () => {
  const spans = spansOfDay('Asia/Shanghai', '2020-01-20', '2020-01-21', defaultProfile)

  it('follows the profile', () => {
    const counts = spans.map(() => 0)
    const days = 60
    for (let day = 0; day < days; day++)
      for (const at of drawArrivalTimes(spans, 600, streamOf(5, day))) {
        const index = Math.floor((at - (spans[0]?.fromMs ?? 0)) / 1_200_000)
        counts[index] = (counts[index] ?? 0) + 1
      }
    const chiSquare = spans.reduce((sum, { weight }, index) => {
      const mean = days * 600 * weight
      return sum + ((counts[index] ?? 0) - mean) ** 2 / mean
    }, 0)
    expect(chiSquareUpperTail(chiSquare, spans.length)).toBeGreaterThan(0.001)
    expect(chiSquareUpperTail(chiSquare, spans.length)).toBeLessThan(0.999)
  })

  it('gives whole milliseconds in order, inside the day', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 3_000, noNaN: true }), (seed, perDay) => {
        const times = drawArrivalTimes(spans, perDay, streamOf(seed))
        expect(times).toEqual([...times].sort((a, b) => a - b))
        for (const at of times) expect(Number.isInteger(at)).toBe(true)
        expect(times[0] ?? Infinity).toBeGreaterThanOrEqual(spans[0]?.fromMs ?? 0)
        expect(times.at(-1) ?? 0).toBeLessThan(spans.at(-1)?.untilMs ?? 0)
      }),
      { numRuns: 50 },
    )
  })
})

describe('serveInOrder', () => {
  const line = fc
    .array(fc.record({ gapMs: fc.nat(50_000), serviceMs: fc.integer({ min: 1, max: 90_000 }) }), {
      maxLength: 60,
    })
    .map((list) => {
      let arrivedMs = 1_000_000
      return list.map(({ gapMs, serviceMs }) => {
        arrivedMs += gapMs
        return { arrivedMs, serviceMs }
      })
    })
  const lanes = fc.integer({ min: 1, max: 6 })

  it('keeps order, uses no lane twice at a time, and lets nobody wait while a lane is free', () => {
    fc.assert(
      fc.property(line, lanes, (arrivals, open) => {
        const served = serveInOrder(arrivals, open)
        expect(served).toHaveLength(arrivals.length)
        for (const [index, one] of served.entries()) {
          const arrived = arrivals[index]?.arrivedMs ?? 0
          expect(one.startedMs).toBeGreaterThanOrEqual(arrived)
          expect(one.startedMs).toBeGreaterThanOrEqual(served[index - 1]?.startedMs ?? 0)
          const before = served.slice(0, index)
          const busy = (at: number): Served[] => before.filter((b) => b.startedMs <= at && at < b.endedMs)
          expect(busy(one.startedMs).some((b) => b.lane === one.lane)).toBe(false)
          if (one.startedMs > arrived) expect(busy(one.startedMs - 1)).toHaveLength(open)
          const waiting = arrivals.filter((a, later) => later > index && a.arrivedMs <= one.startedMs).length
          expect(one.waiting).toBe(waiting)
        }
      }),
    )
  })

  it('never gets slower with another lane', () => {
    fc.assert(
      fc.property(line, lanes, (arrivals, open) => {
        const [fewer, more] = [serveInOrder(arrivals, open), serveInOrder(arrivals, open + 1)]
        for (const [index, one] of more.entries())
          expect(one.startedMs).toBeLessThanOrEqual(fewer[index]?.startedMs ?? 0)
      }),
    )
  })

  it('has no use for a post without a lane', () => {
    expect(() => serveInOrder([], 0)).toThrow(RangeError)
  })
})
