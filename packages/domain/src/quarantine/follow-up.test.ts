import { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'
import { followUpPlans } from '@guankou/testkit/factories/follow-up-plans.ts'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { addDays } from '#src/places/calendar.ts'
import type { QuarantineFact, QuarantineOrder } from './facts.ts'
import { clockFacts } from './ladder.ts'
import { localInstantMs } from './local-time.ts'
import { followUpOf } from './next-step.ts'
import { planFaults } from './plan-faults.ts'
import { ribbonOf } from './ribbon.ts'

const zone = 'America/New_York'
// Spring forward lies in the episodes, and so does the leap day.
const orderedOn = '2020-02-26'
const minute = (day: string, hour: number, minutes = 0) => localInstantMs(zone, day, hour * 60 + minutes)
const hourMs = 3_600_000

let serial = 0
const id = () => {
  serial += 1
  return `fact-${String(serial).padStart(6, '0')}`
}
const well = (atMs: number): QuarantineFact => ({ id: id(), kind: 'report', atMs, signs: [] })

const orderOf = (plan: FollowUpPlan, more: Partial<QuarantineOrder> = {}): QuarantineOrder => ({
  id: 'order',
  orderedAtMs: minute(orderedOn, 6),
  timeZone: zone,
  site: 'home',
  countedFrom: plan.countedFrom === 'order' ? orderedOn : addDays(orderedOn, -2),
  plan,
  isIncoming: false,
  ...more,
})

describe.each(Object.entries(followUpPlans))('follow-up of %s', (name, plan) => {
  const order = orderOf(plan)
  const delivered: QuarantineFact = { id: 'd', kind: 'delivered', atMs: order.orderedAtMs + hourMs }
  const lastDay = addDays(order.countedFrom, plan.days)
  const start = followUpOf(order, [delivered], order.orderedAtMs + hourMs)
  const [first, second] = start.contacts

  it('is a plan that the contract takes and that has no fault', () => {
    expect(Value.Check(FollowUpPlan, plan)).toBe(true)
    expect(planFaults(plan)).toEqual([])
  })

  it('counts its days by the calendar, leap day and change of clocks included', () => {
    const days = {
      'covid-like': '2020-03-09',
      mers: '2020-03-09',
      ebola: '2020-03-16',
      measles: '2020-03-16',
    }
    expect(start.episode.lastDay).toBe({ ...days, 'mosquito-borne': '2020-03-25' }[name])
    expect(start.episode).toMatchObject({ state: 'active', days: plan.days })
    expect(new Date(start.episode.releaseDueAtMs).toISOString()).toMatch(/T04:00:00.000Z$/)
  })

  it('owes a contact in each window of its days and no other', () => {
    const counts = { 'covid-like': 26, mers: 26, ebola: 40, measles: 20, 'mosquito-borne': 5 }
    expect(start.contacts).toHaveLength(counts[name as keyof typeof counts])
  })

  it('is over when every contact was made, and released', () => {
    const reports = start.contacts.map(({ fromMs }) => well(fromMs + 1))
    const nowMs = start.episode.releaseDueAtMs
    const due = followUpOf(order, [delivered, ...reports], nowMs)
    expect(due.contacts.every(({ status }) => status === 'on-time')).toBe(true)
    expect(due).toMatchObject({ ladder: undefined, next: { step: 'release', isOverdue: false } })
    const released: QuarantineFact = { id: 'r', kind: 'released', atMs: nowMs, reason: 'completed' }
    const over = followUpOf(order, [delivered, ...reports, released], nowMs + hourMs)
    expect(over).toMatchObject({ episode: { state: 'released' }, next: { step: 'nothing' } })
  })

  it('climbs its ladder by the clock, step by step, until somebody is reached', () => {
    const missedAt = first?.untilMs ?? 0
    for (const [index, step] of plan.ladder.entries()) {
      const atMs = missedAt + step.afterMinutes * 60_000
      const before = followUpOf(order, [delivered], atMs - 1)
      expect(before.ladder?.reached.length ?? 0).toBe(index === 0 ? 0 : before.ladder?.reached.length)
      const here = followUpOf(order, [delivered], atMs)
      expect(here.ladder?.reached.at(-1)?.way).toBe(step.way)
      expect(here.next).toMatchObject({ step: 'contact', isOverdue: true })
    }
    const atMs = missedAt + (plan.ladder.at(-1)?.afterMinutes ?? 0) * 60_000 + 1
    const visit: QuarantineFact = {
      id: 'v',
      kind: 'contact',
      way: 'visit',
      result: 'reached',
      atMs,
      signs: [],
    }
    expect(followUpOf(order, [delivered, visit], atMs + 1).ladder).toBeUndefined()
  })

  it('goes to the next step at once where one was tried in vain', () => {
    const [one, two] = plan.ladder
    if (first === undefined || one === undefined || two === undefined) throw new Error('needs two steps')
    const atMs = first.untilMs + one.afterMinutes * 60_000 + 1
    const tried: QuarantineFact = {
      id: 't',
      kind: 'contact',
      way: one.way,
      result: 'no-answer',
      atMs,
      signs: [],
    }
    expect(followUpOf(order, [delivered, tried], atMs).ladder?.reached.at(-1)?.way).toBe(two.way)
  })

  it('tells a late report from one on time and from none, and one before midnight from one after', () => {
    if (first === undefined || second === undefined) throw new Error('needs two windows')
    const statusAt = (atMs: number) => {
      const { contacts } = followUpOf(order, [delivered, well(atMs)], second.untilMs + 1)
      return contacts.slice(0, 2).map(({ status }) => status)
    }
    expect(statusAt(first.fromMs)).toEqual(['on-time', 'missed'])
    expect(statusAt(first.untilMs)).toEqual(['on-time', 'missed'])
    expect(statusAt(first.untilMs + 1)).toEqual(['late', 'missed'])
    expect(statusAt(second.fromMs - 1)).toEqual(['late', 'missed'])
    expect(statusAt(second.fromMs)).toEqual(['missed', 'on-time'])
    expect(statusAt(first.fromMs - 1)).toEqual(['missed', 'missed'])
  })

  it('owes nothing while away, and makes up for days away only where its data say so', () => {
    const leave: QuarantineFact = {
      id: 'l',
      kind: 'leave',
      reason: 'hospital',
      atMs: minute('2020-02-27', 1),
    }
    const back: QuarantineFact = { id: 'b', kind: 'return', atMs: minute('2020-03-01', 1) }
    const away = followUpOf(order, [delivered, leave], minute('2020-02-29', 12))
    expect(away).toMatchObject({ episode: { state: 'on-leave' }, ladder: undefined })
    const { contacts, episode } = followUpOf(order, [delivered, leave, back], minute('2020-03-01', 2))
    const between = contacts.filter(({ day }) => day >= '2020-02-27' && day <= '2020-02-29')
    expect(between.every(({ status }) => status === 'excused')).toBe(true)
    expect(episode.lastDay).toBe(plan.daysAway === 'counted' ? lastDay : addDays(lastDay, 3))
  })

  it('asks after whoever is away too long, and begins to wait anew when they are heard of', () => {
    const hours = { test: 12, other: 24, hospital: 72 } as const
    for (const [reason, patience] of Object.entries(hours)) {
      const leave = { id: 'l', kind: 'leave', reason, atMs: minute('2020-02-27', 20) } as QuarantineFact
      const next = (facts: readonly QuarantineFact[], hoursLater: number) =>
        followUpOf(order, [delivered, leave, ...facts], leave.atMs + hoursLater * hourMs).next
      expect(next([], patience - 1)).toMatchObject({ step: 'await-return', isOverdue: false })
      expect(next([], patience)).toEqual({
        ...{ step: 'await-return', isOverdue: true },
        atMs: leave.atMs + patience * hourMs,
      })
      const call = (result: 'reached' | 'no-answer'): QuarantineFact => {
        const atMs = leave.atMs + patience * hourMs
        return { id: 'c', kind: 'contact', way: 'call', result, signs: [], atMs }
      }
      const ward = call('reached')
      expect(next([ward], patience + 1).isOverdue).toBe(false)
      expect(next([ward], 2 * patience).isOverdue).toBe(true)
      const vain = call('no-answer')
      expect(next([vain], patience + 1).isOverdue).toBe(true)
    }
  })

  it('lasts to where it was extended, and ends at once when released early', () => {
    const longer = addDays(lastDay, 7)
    const nowMs = order.orderedAtMs + 2 * hourMs
    const extended: QuarantineFact = {
      id: 'x',
      kind: 'extended',
      lastDay: longer,
      reason: 'signs',
      atMs: nowMs,
    }
    expect(followUpOf(order, [delivered, extended], nowMs).episode.lastDay).toBe(longer)
    const early: QuarantineFact = { id: 'e', kind: 'released', reason: 'early', atMs: nowMs }
    const { contacts, episode } = followUpOf(order, [delivered, early], minute('2020-03-05', 12))
    expect(episode.state).toBe('released')
    expect(contacts.every(({ status }) => status === 'excused')).toBe(true)
  })

  it('is handed on with a receipt, and the area that takes over owes nothing before it received', () => {
    const atMs = order.orderedAtMs + 2 * hourMs
    const out: QuarantineFact = { id: 'o', kind: 'transferred', toArea: 440403, isWithin: true, atMs }
    const receipt: QuarantineFact = { id: 'p', kind: 'receipt', atMs: atMs + hourMs }
    const sent = followUpOf(order, [delivered, out], atMs + 1)
    expect(sent).toMatchObject({ episode: { state: 'in-transfer' }, next: { step: 'await-receipt' } })
    expect(followUpOf(order, [delivered, out, receipt], atMs + hourMs).episode.state).toBe('moved')
    const taken = orderOf(plan, { id: 'second', orderedAtMs: atMs, isIncoming: true })
    const waiting = followUpOf(taken, [], minute('2020-02-28', 12))
    expect(waiting).toMatchObject({
      episode: { state: 'incoming' },
      next: { step: 'receive', isOverdue: true },
    })
    expect(waiting.contacts.some(({ status }) => status === 'missed')).toBe(false)
    const received: QuarantineFact = { id: 'q', kind: 'received', atMs: minute('2020-02-28', 12) }
    expect(followUpOf(taken, [received], received.atMs + 1).episode).toMatchObject({
      state: 'ordered',
      lastDay,
    })
  })

  it('goes on where it was after a hand-over was taken back, and nobody was missed meanwhile', () => {
    const [, , third, fourth] = start.contacts
    if (second === undefined || third === undefined || fourth === undefined) throw new Error('needs windows')
    const out: QuarantineFact = {
      ...{ id: 'o', kind: 'transferred', toArea: 440403, isWithin: true },
      atMs: second.fromMs - 1,
    }
    const asked: QuarantineFact = { id: 'w1', kind: 'withdrawal', atMs: third.untilMs - 2 }
    const back: QuarantineFact = { id: 'w2', kind: 'withdrawn', atMs: third.untilMs + 1 }
    const facts = [delivered, well(first?.fromMs ?? 0), out, asked]
    expect(followUpOf(order, facts, asked.atMs).episode).toMatchObject({
      state: 'in-transfer',
      isTakingBack: true,
    })
    const after = followUpOf(order, [...facts, back], back.atMs + 1)
    expect(after.episode).toMatchObject({
      state: 'active',
      transfer: undefined,
      isTakingBack: false,
      lastDay,
    })
    expect(after.contacts.slice(0, 3).map(({ status }) => status)).toEqual(['on-time', 'excused', 'excused'])
    expect(after.ladder).toBeUndefined()
    expect(followUpOf(order, [...facts, back], fourth.untilMs).contacts[3]?.status).toBe('missed')
    const again: QuarantineFact = { ...out, id: 'o2', atMs: back.atMs + 1 }
    expect(followUpOf(order, [...facts, back, again], again.atMs).episode).toMatchObject({
      state: 'in-transfer',
      transfer: { id: 'o2' },
      isTakingBack: false,
    })
  })

  it('is over in the district that nobody received the person in, and not in one that had received', () => {
    const taken = orderOf(plan, { isIncoming: true })
    const recalled: QuarantineFact = { id: 'c', kind: 'recalled', atMs: taken.orderedAtMs + 2 * hourMs }
    const received: QuarantineFact = { id: 'q', kind: 'received', atMs: taken.orderedAtMs + hourMs }
    const nowMs = taken.orderedAtMs + 3 * hourMs
    expect(followUpOf(taken, [recalled], nowMs)).toMatchObject({
      episode: { state: 'cancelled', isRecalled: true, endReason: undefined },
      next: { step: 'nothing' },
    })
    expect(followUpOf(taken, [received, recalled], nowMs).episode.state).toBe('ordered')
  })

  it('counts a night in hospital across midnight once, and is released from there without coming back', () => {
    const leave: QuarantineFact = {
      id: 'l',
      kind: 'leave',
      reason: 'hospital',
      atMs: minute('2020-02-28', 23, 59),
    }
    const back: QuarantineFact = { id: 'b', kind: 'return', atMs: minute('2020-02-29', 0) }
    const sameNight: QuarantineFact = { ...back, atMs: minute('2020-02-28', 23, 59) + 59_000 }
    const more = plan.daysAway === 'counted' ? 0 : 1
    const lastDayBy = (...facts: QuarantineFact[]) =>
      followUpOf(order, [delivered, ...facts], minute('2020-02-29', 12)).episode.lastDay
    expect(lastDayBy(leave, back)).toBe(addDays(lastDay, more))
    expect(lastDayBy(leave, sameNight)).toBe(lastDay)
    const released: QuarantineFact = {
      id: 'r',
      kind: 'released',
      reason: 'case',
      atMs: minute('2020-03-02', 9),
    }
    const over = followUpOf(order, [delivered, leave, released], minute('2020-04-20', 12))
    expect(over.episode).toMatchObject({ state: 'released', endReason: 'case' })
    expect(over.episode.lastDay).toBe(addDays(lastDay, plan.daysAway === 'counted' ? 0 : 3))
    expect(over.ladder).toBeUndefined()
  })

  it('gives each day the mark that weighs most', () => {
    const [bad] = plan.signs
    if (first === undefined || bad === undefined) throw new Error('needs a sign')
    const ill: QuarantineFact = { id: 'i', kind: 'report', atMs: first.fromMs, signs: [bad.code] }
    const ribbon = (facts: readonly QuarantineFact[], nowMs: number) => {
      const seen = followUpOf(order, facts, nowMs)
      return ribbonOf(order, facts, seen)
    }
    const nowMs = minute('2020-02-27', 1)
    expect(ribbon([delivered, ill], nowMs)[0]).toMatchObject({ mark: 'abnormal', signs: [bad.code] })
    expect(ribbon([delivered], nowMs)[0]?.mark).toBe('missed')
    expect(
      ribbon([delivered], nowMs)
        .map(({ day }) => day)
        .at(-1),
    ).toBe(lastDay)
  })

  it('is asked by the clock for each missed window and each step once', () => {
    const nowMs = minute('2020-02-29', 23)
    const facts: QuarantineFact[] = [delivered]
    const add = () => {
      const { contacts, ladder } = followUpOf(order, facts, nowMs)
      return clockFacts(facts, contacts, ladder)
    }
    const due = add()
    expect(due.filter(({ kind }) => kind === 'missed').length).toBeGreaterThan(0)
    facts.push(...due.map((fact): QuarantineFact => ({ id: id(), ...fact })))
    expect(add()).toEqual([])
  })
})

describe('a second quarantine of the same person', () => {
  it('is an episode of its own that facts of the first do not touch', () => {
    const plan = followUpPlans['covid-like'] as FollowUpPlan
    const again = orderOf(plan, {
      id: 'again',
      orderedAtMs: minute('2020-05-01', 6),
      countedFrom: '2020-04-30',
    })
    expect(followUpOf(again, [], minute('2020-05-01', 7)).episode).toMatchObject({
      state: 'ordered',
      dayNumber: 1,
      lastDay: '2020-05-14',
    })
  })
})
