import { followUpPlans } from '@guankou/testkit/factories/follow-up-plans.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#src/places/calendar.ts'
import type { QuarantineFact, QuarantineOrder } from './facts.ts'
import { localInstantMs } from './local-time.ts'
import { followUpOf } from './next-step.ts'

const hourMs = 3_600_000

const orders = fc
  .record({
    plan: fc.constantFrom(...Object.values(followUpPlans)),
    timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
    shift: fc.integer({ min: 0, max: 2_000 }),
    minute: fc.integer({ min: 0, max: 1_439 }),
    since: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ plan, timeZone, shift, minute, since }): QuarantineOrder => {
    const day = addDays('2016-01-01', shift)
    return {
      id: 'order',
      orderedAtMs: localInstantMs(timeZone, day, minute),
      timeZone,
      site: 'home',
      countedFrom: plan.countedFrom === 'order' ? day : addDays(day, -since),
      plan,
      isIncoming: false,
    }
  })

const hours = fc.array(fc.integer({ min: 0, max: 24 * 30 }), { maxLength: 40 })
const reportsAt = (order: QuarantineOrder, after: readonly number[]): QuarantineFact[] =>
  after.map((hour, index) => ({
    id: `r${index}`,
    kind: 'report',
    atMs: order.orderedAtMs + hour * hourMs,
    signs: [],
  }))
const missedOf = (order: QuarantineOrder, facts: readonly QuarantineFact[], nowMs: number) =>
  followUpOf(order, facts, nowMs).contacts.filter(({ status }) => status === 'missed').length

describe('follow-up', () => {
  it('follows from facts whatever the order they arrive in', () => {
    fc.assert(
      fc.property(orders, hours, fc.integer({ min: 0, max: 800 }), (order, after, hour) => {
        const facts = reportsAt(order, after)
        const nowMs = order.orderedAtMs + hour * hourMs
        expect(followUpOf(order, facts.toReversed(), nowMs)).toEqual(followUpOf(order, facts, nowMs))
      }),
    )
  })

  it('is never missed more for one more report', () => {
    fc.assert(
      fc.property(orders, hours, fc.nat(700), fc.nat(800), (order, after, more, hour) => {
        const facts = reportsAt(order, after)
        const nowMs = order.orderedAtMs + hour * hourMs
        const one: QuarantineFact = {
          id: 'more',
          kind: 'report',
          atMs: order.orderedAtMs + more * hourMs,
          signs: [],
        }
        expect(missedOf(order, [...facts, one], nowMs)).toBeLessThanOrEqual(missedOf(order, facts, nowMs))
      }),
    )
  })

  it('climbs and never steps down while nobody is reached', () => {
    fc.assert(
      fc.property(orders, fc.nat(800), fc.nat(48), (order, hour, later) => {
        const stage = (hours: number) =>
          followUpOf(order, [], order.orderedAtMs + hours * hourMs).ladder?.reached.length ?? 0
        expect(stage(hour + later)).toBeGreaterThanOrEqual(stage(hour))
      }),
    )
  })

  it('has windows that follow one another without overlapping, in every time zone', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { contacts } = followUpOf(order, [], order.orderedAtMs)
        for (const [index, { fromMs, untilMs }] of contacts.entries()) {
          expect(untilMs).toBeGreaterThan(fromMs)
          expect(fromMs).toBeGreaterThanOrEqual(contacts[index - 1]?.untilMs ?? 0)
        }
      }),
    )
  })

  it('tells any hour again as it was, whatever came after it', () => {
    fc.assert(
      fc.property(orders, hours, fc.nat(700), (order, after, hour) => {
        const facts = reportsAt(order, after)
        const nowMs = order.orderedAtMs + hour * hourMs
        const known = facts.filter(({ atMs }) => atMs <= nowMs)
        expect(followUpOf(order, facts, nowMs)).toEqual(followUpOf(order, known, nowMs))
      }),
    )
  })
})
