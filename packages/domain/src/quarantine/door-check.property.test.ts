import { contactResults, contactWays } from '@guankou/contract/quarantine/vocabulary.ts'
import { followUpPlans } from '@guankou/testkit/factories/follow-up-plans.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DoorCheck, doorCheckOf } from './door-check.ts'
import type { QuarantineFact, QuarantineOrder } from './facts.ts'
import { followUpOf } from './next-step.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const orderedAtMs = Date.parse('2020-02-10T02:00:00.000Z')

const orderOf = (name: string, atDoor: boolean): QuarantineOrder => {
  const plan = followUpPlans[name]
  if (plan === undefined) throw new Error('no such plan')
  const base = { id: 'order', orderedAtMs, timeZone: 'Asia/Shanghai', site: 'home' as const }
  return { ...base, countedFrom: '2020-02-10', plan: { ...plan, atDoor }, isIncoming: false }
}

const orders = fc
  .tuple(fc.constantFrom(...Object.keys(followUpPlans)), fc.boolean())
  .map(([name, atDoor]) => orderOf(name, atDoor))

const happenings = fc.array(
  fc.record({
    minute: fc.integer({ min: 0, max: 60 * 24 * 6 }),
    body: fc.oneof(
      fc
        .tuple(fc.constantFrom(...contactWays), fc.constantFrom(...contactResults))
        .map(([way, result]) => ({ kind: 'contact', way, result, signs: [] })),
      fc.constantFrom(
        { kind: 'report', signs: [] },
        { kind: 'leave', reason: 'hospital' },
        { kind: 'return' },
        { kind: 'transferred', toArea: 440403, isWithin: true },
        { kind: 'released', reason: 'early' },
      ),
    ),
  }),
  { maxLength: 10 },
)
type Told = readonly { readonly minute: number; readonly body: object }[]

const factsOf = (told: Told): QuarantineFact[] =>
  told.map(
    ({ minute, body }, index) =>
      ({ id: `f${index}`, atMs: orderedAtMs + minute * minuteMs, ...body }) as unknown as QuarantineFact,
  )
const checkAt = (
  order: QuarantineOrder,
  facts: readonly QuarantineFact[],
  nowMs: number,
): DoorCheck | undefined => {
  const known = facts.filter(({ atMs }) => atMs <= nowMs)
  return doorCheckOf(order, known, followUpOf(order, facts, nowMs))
}
const minutes = fc.integer({ min: 0, max: 60 * 24 * 7 })

describe('the door of an episode', () => {
  it('is gone to only where a ladder reached a visit, or the plan looks there', () => {
    fc.assert(
      fc.property(orders, happenings, minutes, (order, told, minute) => {
        const nowMs = orderedAtMs + minute * minuteMs
        const check = checkAt(order, factsOf(told), nowMs)
        const { ladder, contacts } = followUpOf(order, factsOf(told), nowMs)
        const step = ladder?.reached.findLast(({ way }) => way === 'visit' || way === 'police')
        const isOpen = contacts.some(({ status }) => status === 'open')
        const atDoor = order.plan.atDoor === true && (ladder !== undefined || isOpen)
        expect(check !== undefined).toBe(step !== undefined || atDoor)
        if (check === undefined) return
        expect(check.way).toBe(step?.way ?? 'visit')
        expect(check.askedAtMs).toBeLessThanOrEqual(nowMs)
      }),
    )
  })

  it('is gone to no more after any contact, on leave, and after the end', () => {
    fc.assert(
      fc.property(orders, happenings, minutes, (order, told, minute) => {
        const nowMs = orderedAtMs + minute * minuteMs
        const facts = factsOf(told)
        const last = (body: object): QuarantineFact =>
          ({ id: 'last', atMs: nowMs, ...body }) as unknown as QuarantineFact
        for (const body of [
          { kind: 'report', signs: [] },
          { kind: 'contact', way: 'visit', result: 'reached', signs: [] },
          { kind: 'leave', reason: 'hospital' },
          { kind: 'released', reason: 'early' },
        ])
          expect(checkAt(order, [...facts, last(body)], nowMs)).toBeUndefined()
      }),
    )
  })

  it('is asked for anew by each attempt in vain, so that the visit it was made in does not settle it', () => {
    fc.assert(
      fc.property(orders, happenings, minutes, (order, told, minute) => {
        const nowMs = orderedAtMs + minute * minuteMs
        const check = checkAt(order, factsOf(told), nowMs)
        if (check === undefined) return
        const vain = {
          id: 'vain',
          atMs: nowMs,
          kind: 'contact',
          way: check.way,
          result: 'not-there',
          signs: [],
        }
        const next = checkAt(order, [...factsOf(told), vain as QuarantineFact], nowMs)
        expect(next?.askedAtMs).toBe(nowMs)
      }),
    )
  })

  it('follows from facts whatever the order they arrive in', () => {
    fc.assert(
      fc.property(orders, happenings, minutes, (order, told, minute) => {
        const nowMs = orderedAtMs + minute * minuteMs
        const facts = factsOf(told)
        expect(checkAt(order, facts.toReversed(), nowMs)).toEqual(checkAt(order, facts, nowMs))
      }),
    )
  })

  it('of a person is due by the step that comes next, with the police where there is no further one', () => {
    const order = orderOf('covid-like', false)
    const endMs = Date.parse('2020-02-10T12:00:00.000Z')
    expect(checkAt(order, [], endMs + 179 * minuteMs)).toBeUndefined()
    expect(checkAt(order, [], endMs + 180 * minuteMs)).toEqual({
      ...{ way: 'visit', askedAtMs: endMs + 3 * hourMs, dueAtMs: endMs + 6 * hourMs, dueBy: '2020-02-11' },
    })
    expect(checkAt(order, [], endMs + 360 * minuteMs)).toMatchObject({
      ...{ way: 'police', askedAtMs: endMs + 6 * hourMs, dueAtMs: endMs + 6 * hourMs },
    })
  })

  it('of a house is due while the window of its inspection is open', () => {
    const order = orderOf('mosquito-borne', true)
    const { contacts } = followUpOf(order, [], orderedAtMs)
    const [first] = contacts.filter(({ untilMs }) => untilMs > orderedAtMs)
    if (first === undefined) throw new Error('no inspection is due')
    const nowMs = Math.max(orderedAtMs, first.fromMs)
    expect(checkAt(order, [], nowMs)).toMatchObject({
      way: 'visit',
      dueAtMs: first.untilMs,
      dueBy: first.day,
    })
    expect(checkAt(orderOf('mosquito-borne', false), [], nowMs)).toBeUndefined()
  })
})
