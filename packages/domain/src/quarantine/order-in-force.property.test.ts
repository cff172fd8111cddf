import { quarantineStates } from '@guankou/contract/quarantine/vocabulary.ts'
import { followUpPlans } from '@guankou/testkit/factories/follow-up-plans.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuarantineFact, QuarantineOrder } from './facts.ts'
import { followUpOf } from './next-step.ts'
import { inForceUntilMs } from './order-in-force.ts'

const dayMs = 86_400_000
const orderedAtMs = Date.parse('2020-02-10T02:00:00.000Z')

const orders = fc
  .record({ plan: fc.constantFrom(...Object.values(followUpPlans)), isIncoming: fc.boolean() })
  .map(({ plan, isIncoming }): QuarantineOrder => {
    const base = { id: 'order', orderedAtMs, timeZone: 'Asia/Shanghai', site: 'home' as const }
    return { ...base, countedFrom: '2020-02-10', plan, isIncoming }
  })

const happenings = fc.array(
  fc.record({
    hour: fc.integer({ min: 0, max: 24 * 40 }),
    body: fc.constantFrom<Record<string, unknown>>(
      { kind: 'delivered' },
      { kind: 'received' },
      { kind: 'leave', reason: 'hospital' },
      { kind: 'return' },
      { kind: 'extended', lastDay: '2020-03-20', reason: 'signs' },
      { kind: 'transferred', toArea: 440403, isWithin: true },
      { kind: 'receipt' },
      { kind: 'withdrawn' },
      { kind: 'recalled' },
      { kind: 'released', reason: 'early' },
      { kind: 'released', reason: 'mistake' },
    ),
  }),
  { maxLength: 8 },
)

const factsOf = (told: readonly { hour: number; body: Record<string, unknown> }[]): QuarantineFact[] =>
  told.map(
    ({ hour, body }, index) =>
      ({ id: `f${index}`, atMs: orderedAtMs + hour * 3_600_000, ...body }) as unknown as QuarantineFact,
  )

const untilAt = (order: QuarantineOrder, facts: readonly QuarantineFact[], nowMs: number) =>
  inForceUntilMs(order, followUpOf(order, facts, nowMs).episode, nowMs)

describe('an order in force', () => {
  it('ends in the future, and binds nobody after release, after the receipt, or before it was received', () => {
    fc.assert(
      fc.property(orders, happenings, fc.integer({ min: 0, max: 60 * 24 }), (order, told, hour) => {
        const facts = factsOf(told)
        const nowMs = orderedAtMs + hour * 3_600_000
        const untilMs = untilAt(order, facts, nowMs)
        if (untilMs === undefined) return
        expect(untilMs).toBeGreaterThan(nowMs)
        const known = facts.filter(({ atMs }) => atMs <= nowMs)
        expect(known.some(({ kind }) => kind === 'released')).toBe(false)
        expect(order.plan.subject).toBe('person')
        if (order.isIncoming) expect(known.some(({ kind }) => kind === 'received')).toBe(true)
        const isMoved =
          !known.some(({ kind }) => kind === 'withdrawn') &&
          known.some(({ kind }) => kind === 'transferred') &&
          known.some(({ kind }) => kind === 'receipt')
        expect(isMoved).toBe(false)
      }),
    )
  })

  it('follows from facts whatever the order they arrive in', () => {
    fc.assert(
      fc.property(orders, happenings, fc.integer({ min: 0, max: 960 }), (order, told, hour) => {
        const facts = factsOf(told)
        const nowMs = orderedAtMs + hour * 3_600_000
        expect(untilAt(order, facts.toReversed(), nowMs)).toBe(untilAt(order, facts, nowMs))
      }),
    )
  })

  it('lasts to the midnight after its last day, and there is one in each state that binds', () => {
    const plan = followUpPlans['covid-like']
    if (plan === undefined) throw new Error('no such plan')
    const order: QuarantineOrder = {
      ...{ id: 'order', orderedAtMs, timeZone: 'Asia/Shanghai', site: 'home', countedFrom: '2020-02-08' },
      ...{ plan, isIncoming: false },
    }
    const endMs = Date.parse('2020-02-22T16:00:00.000Z')
    expect(untilAt(order, [], orderedAtMs)).toBe(endMs)
    expect(untilAt(order, [], endMs - 1)).toBe(endMs)
    expect(untilAt(order, [], endMs)).toBeUndefined()
    const startOf = (state: string): number => (state === 'incoming' ? Number.POSITIVE_INFINITY : 0)
    const binding = quarantineStates.filter(
      (state) =>
        inForceUntilMs(order, { state, startsAtMs: startOf(state), releaseDueAtMs: dayMs }, 0) !== undefined,
    )
    expect(binding).toEqual(['ordered', 'active', 'on-leave', 'in-transfer', 'release-due'])
  })
})
