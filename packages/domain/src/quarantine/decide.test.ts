import type { QuarantineStepCommand } from '@guankou/contract/quarantine/commands.ts'
import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'
import type { QuarantineState } from '@guankou/contract/quarantine/vocabulary.ts'
import { followUpPlans } from '@guankou/testkit/factories/follow-up-plans.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#src/places/calendar.ts'
import type { Reference } from '#src/screening/decide.ts'
import { decideOwnWord } from './decide-report.ts'
import { decideQuarantineStep, mostLinksReplaced } from './decide-step.ts'
import type { QuarantineFact, QuarantineOrder } from './facts.ts'
import { followUpOf } from './next-step.ts'

const plan = followUpPlans['covid-like'] as FollowUpPlan
const hourMs = 3_600_000
const orderedMs = Date.parse('2020-02-10T04:00:00.000Z')
const order: QuarantineOrder = {
  id: 'order',
  orderedAtMs: orderedMs,
  timeZone: 'Asia/Shanghai',
  site: 'home',
  countedFrom: '2020-02-08',
  plan,
  isIncoming: false,
}
const known: ReadonlySet<number> = new Set([440402, 440403])
const reference: Reference = {
  jurisdiction: (code) => (known.has(code) ? ({ code } as ReturnType<Reference['jurisdiction']>) : undefined),
  post: () => undefined,
  response: () => undefined,
  isKnownOrigin: (code) => code === 440100,
}

/** A command at a time, its id carrying it. */
const at = (atMs: number, kind: string, fields: object = {}): QuarantineStepCommand => {
  const hex = atMs.toString(16).padStart(12, '0')
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`
  const named = { schemaVersion: 1, id, jurisdiction: 440402, quarantineId: id }
  return {
    kind: `quarantine.${kind}`,
    ...named,
    occurredAt: new Date(atMs).toISOString(),
    ...fields,
  } as unknown as QuarantineStepCommand
}

type Body = { readonly [key: string]: unknown }
const fact = (hours: number, body: Body): QuarantineFact =>
  ({ id: `f${hours}`, atMs: orderedMs + hours * hourMs, ...body }) as unknown as QuarantineFact

/** Facts that lead to each state, and when it is asked. */
const states: Readonly<Record<QuarantineState, readonly [facts: readonly QuarantineFact[], hours: number]>> =
  {
    incoming: [[], 2],
    ordered: [[], 2],
    active: [[fact(1, { kind: 'delivered' })], 2],
    'on-leave': [[fact(1, { kind: 'leave', reason: 'hospital' })], 2],
    'in-transfer': [[fact(1, { kind: 'transferred', toArea: 440100, isWithin: false })], 2],
    'release-due': [[], 24 * 13],
    released: [[fact(1, { kind: 'released', reason: 'early' })], 2],
    moved: [
      [fact(1, { kind: 'transferred', toArea: 440100, isWithin: false }), fact(2, { kind: 'receipt' })],
      3,
    ],
    cancelled: [[fact(1, { kind: 'released', reason: 'mistake' })], 2],
  }

const decide = (state: QuarantineState, kind: string, fields: object = {}): string => {
  const [facts, hours] = states[state]
  const nowMs = orderedMs + hours * hourMs
  const own = { ...order, isIncoming: state === 'incoming' }
  const { episode } = followUpOf(own, facts, nowMs)
  expect(episode.state).toBe(state)
  const actor = { role: 'community-health', nowMs } as const
  const decided = decideQuarantineStep({ order: own, episode, reference }, at(nowMs, kind, fields), actor)
  return decided.ok ? 'ok' : decided.refusal.code
}

describe('what is decided in a quarantine', () => {
  const over = 'QUARANTINE_OVER'
  const ended = { released: over, moved: over, cancelled: over }
  const elsewhere = { incoming: 'QUARANTINE_NOT_RECEIVED', 'in-transfer': 'QUARANTINE_IN_TRANSFER' }
  const nothing = 'QUARANTINE_NOTHING_TO_RECEIVE'
  const early = { reason: 'early', note: '专家组同意' }
  const verdicts: Readonly<Record<string, readonly [object, Readonly<Record<QuarantineState, string>>]>> = {
    receive: [
      {},
      {
        ...ended,
        incoming: 'ok',
        ordered: nothing,
        active: nothing,
        'on-leave': nothing,
        'in-transfer': nothing,
        'release-due': nothing,
      },
    ],
    receipt: [
      {},
      {
        ...ended,
        incoming: nothing,
        ordered: nothing,
        active: nothing,
        'on-leave': nothing,
        'in-transfer': 'ok',
        'release-due': nothing,
      },
    ],
    withdraw: [
      {},
      {
        ...ended,
        incoming: 'QUARANTINE_NOTHING_TO_WITHDRAW',
        ordered: 'QUARANTINE_NOTHING_TO_WITHDRAW',
        active: 'QUARANTINE_NOTHING_TO_WITHDRAW',
        'on-leave': 'QUARANTINE_NOTHING_TO_WITHDRAW',
        'in-transfer': 'ok',
        'release-due': 'QUARANTINE_NOTHING_TO_WITHDRAW',
      },
    ],
    extend: [
      { lastDay: '2020-02-25', reason: 'signs' },
      { ...ended, ...elsewhere, ordered: 'ok', active: 'ok', 'on-leave': 'ok', 'release-due': 'ok' },
    ],
    transfer: [
      { toArea: 440403 },
      {
        ...ended,
        ...elsewhere,
        ordered: 'ok',
        active: 'ok',
        'on-leave': 'QUARANTINE_AWAY',
        'release-due': 'ok',
      },
    ],
    release: [
      { reason: 'completed' },
      {
        ...ended,
        ...elsewhere,
        ordered: 'QUARANTINE_NOT_DUE',
        active: 'QUARANTINE_NOT_DUE',
        'on-leave': 'QUARANTINE_AWAY',
        'release-due': 'ok',
      },
    ],
  }

  it.each(Object.entries(verdicts))(
    '%s is judged by where the episode stands',
    (kind, [fields, expected]) => {
      for (const [state, code] of Object.entries(expected))
        expect([state, decide(state as QuarantineState, kind, fields)]).toEqual([state, code])
    },
  )

  it('lets somebody go before the last day for a reason in words alone', () => {
    expect(decide('active', 'release', early)).toBe('ok')
    expect(decide('active', 'release', { reason: 'early' })).toBe('QUARANTINE_NOTE_NEEDED')
    expect(decide('active', 'release', { reason: 'case' })).toBe('ok')
  })

  it('makes no quarantine shorter, and none longer than ninety days', () => {
    for (const [lastDay, code] of [
      ['2020-02-22', 'QUARANTINE_LAST_DAY_WRONG'],
      ['2020-02-23', 'ok'],
      [addDays(order.countedFrom, 90), 'ok'],
      [addDays(order.countedFrom, 91), 'QUARANTINE_LAST_DAY_WRONG'],
      ['2020-02-31', 'QUARANTINE_LAST_DAY_WRONG'],
    ] as const)
      expect([lastDay, decide('active', 'extend', { lastDay, reason: 'rules' })]).toEqual([lastDay, code])
  })

  it('hands on to another district, or to a city that is known', () => {
    for (const [toArea, code] of [
      [440403, 'ok'],
      [440100, 'ok'],
      [440402, 'QUARANTINE_AREA_WRONG'],
      [999_999, 'QUARANTINE_AREA_WRONG'],
    ] as const)
      expect(decide('active', 'transfer', { toArea })).toBe(code)
  })
})

describe('a hand-over that is taken back', () => {
  const nowMs = orderedMs + 2 * hourMs
  const judge = (facts: readonly QuarantineFact[], command: QuarantineStepCommand, isIncoming = false) => {
    const own = { ...order, isIncoming }
    const { episode } = followUpOf(own, facts, nowMs)
    return decideQuarantineStep({ order: own, episode, reference }, command, { role: 'commander', nowMs })
  }
  const handedOn = (toArea: number, isWithin: boolean, hours = 1) =>
    fact(hours, { kind: 'transferred', toArea, isWithin })

  it('counts at once from another city, and within this one when the next district was asked', () => {
    const withdraw = at(nowMs, 'withdraw')
    expect(judge([handedOn(440100, false)], withdraw)).toMatchObject({ fact: { kind: 'withdrawn' } })
    expect(judge([handedOn(440403, true)], withdraw)).toMatchObject({ fact: { kind: 'withdrawal' } })
    expect(judge([handedOn(440403, true), fact(1.5, { kind: 'withdrawal' })], withdraw)).toMatchObject({
      refusal: { code: 'QUARANTINE_NOTHING_TO_WITHDRAW' },
    })
  })

  it('comes after the hand-over, whatever the clock of the desk says', () => {
    const late = handedOn(440100, false, 1.9)
    const decided = judge([late], at(orderedMs + 1.8 * hourMs, 'withdraw'))
    expect(decided).toMatchObject({ fact: { atMs: late.atMs + 1 } })
  })

  it('leaves nothing to receive', () => {
    expect(judge([fact(1, { kind: 'recalled' })], at(nowMs, 'receive'), true)).toMatchObject({
      refusal: { code: 'QUARANTINE_TAKEN_BACK' },
    })
  })
})

describe('the link of a person', () => {
  it('is replaced as often as a reader tries, and no oftener', () => {
    const replaced = Array.from({ length: mostLinksReplaced }, (_, index) =>
      fact(1 + index / 1_000, { kind: 'relinked' }),
    )
    const nowMs = orderedMs + 2 * hourMs
    const judge = (facts: readonly QuarantineFact[]) => {
      const { episode } = followUpOf(order, facts, nowMs)
      const actor = { role: 'community-street', nowMs } as const
      const decided = decideQuarantineStep({ order, episode, reference }, at(nowMs, 'relink'), actor)
      return decided.ok ? decided.fact.kind : decided.refusal.code
    }
    expect(judge(replaced.slice(1))).toBe('relinked')
    expect(judge(replaced)).toBe('QUARANTINE_LINKS_SPENT')
  })
})

describe('what happened in a quarantine', () => {
  const happenings = [
    ['deliver', {}],
    ['contact', { way: 'call', result: 'reached', signs: ['cough'] }],
    ['leave', { reason: 'hospital' }],
    ['return', {}],
    ['ask-help', { help: 'food' }],
    ['close-help', { helpId: 'f', result: 'done' }],
    ['relink', {}],
  ] as const

  it('is taken whatever else is known, so that no order of arrival loses any of it', () => {
    const anyState = fc.constantFrom(...(Object.keys(states) as QuarantineState[]))
    fc.assert(
      fc.property(anyState, fc.constantFrom(...happenings), (state, [kind, fields]) => {
        expect(decide(state, kind, fields)).toBe('ok')
      }),
    )
  })

  it('lies after the order, and tells signs of the plan', () => {
    const nowMs = orderedMs + hourMs
    const { episode } = followUpOf(order, [], nowMs)
    const judge = (command: QuarantineStepCommand) =>
      decideQuarantineStep({ order, episode, reference }, command, { role: 'community-police', nowMs })
    expect(judge(at(orderedMs - hourMs, 'deliver'))).toMatchObject({
      refusal: { code: 'QUARANTINE_TIME_RUNS_BACK' },
    })
    const contact = { way: 'call', result: 'reached', signs: ['larvae'] }
    expect(judge(at(nowMs, 'contact', contact))).toMatchObject({
      refusal: { code: 'QUARANTINE_SIGN_UNKNOWN' },
    })
    expect(judge(at(nowMs, 'release', { reason: 'case' }))).toMatchObject({
      refusal: { code: 'ROLE_NOT_ALLOWED' },
    })
  })
})

describe('the word of somebody in quarantine', () => {
  it('counts for when it was said, up to the end and not after', () => {
    const endedMs = orderedMs + 10 * hourMs
    const nowMs = endedMs + 5 * hourMs
    const { episode } = followUpOf(order, [fact(10, { kind: 'released', reason: 'case' })], nowMs)
    const said = (atMs: number) => {
      const { id, occurredAt } = at(atMs, 'deliver')
      const decided = decideOwnWord({ order, episode }, { is: 'report', id, occurredAt, signs: [] }, nowMs)
      return decided.ok ? decided.fact.atMs : decided.refusal.code
    }
    expect(said(endedMs - hourMs)).toBe(endedMs - hourMs)
    expect(said(endedMs + hourMs)).toBe('QUARANTINE_OVER')
    expect(said(orderedMs - hourMs)).toBe('QUARANTINE_TIME_RUNS_BACK')
  })

  it('is heard while somebody is handed on, until they were received', () => {
    const nowMs = orderedMs + 9 * hourMs
    const out = fact(1, { kind: 'transferred', toArea: 440100, isWithin: false })
    const said = (facts: readonly QuarantineFact[], atMs: number) => {
      const { episode } = followUpOf(order, facts, nowMs)
      const { id, occurredAt } = at(atMs, 'deliver')
      const decided = decideOwnWord({ order, episode }, { is: 'report', id, occurredAt, signs: [] }, nowMs)
      return decided.ok ? 'ok' : decided.refusal.code
    }
    expect(said([out], orderedMs + 5 * hourMs)).toBe('ok')
    const receipt = fact(6, { kind: 'receipt' })
    expect(said([out, receipt], orderedMs + 5 * hourMs)).toBe('ok')
    expect(said([out, receipt], orderedMs + 7 * hourMs)).toBe('QUARANTINE_MOVED')
  })
})
