import { type AlarmAct, alarmActs, alarmCauses } from '@guankou/contract/monitoring/vocabulary.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Alarm,
  type AlarmStep,
  actsFor,
  alarmOf,
  escalationDue,
  lastActNumber,
  refusalOfAct,
} from '#src/monitoring/alarm.ts'

const raised: AlarmStep = { number: 1, atMs: 0, kind: 'raised', accountId: null, cause: null, toRole: null }
const waitMinutes = 15

const people = fc.constantFrom('amy', 'bo', 'cai')
const event = fc.oneof(
  fc.record({
    what: fc.constant('act' as const),
    act: fc.constantFrom(...alarmActs),
    accountId: people,
    cause: fc.option(fc.constantFrom(...alarmCauses), { nil: undefined }),
    hasNote: fc.boolean(),
    behind: fc.nat(2),
  }),
  fc.record({ what: fc.constant('revised' as const) }),
  fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 40 }) }),
)
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

type Course = { steps: AlarmStep[]; nowMs: number }

const add = (course: Course, step: Pick<AlarmStep, 'kind'> & Partial<AlarmStep>): void => {
  const number = course.steps.length + 1
  course.steps.push({ accountId: null, cause: null, toRole: null, ...step, number, atMs: course.nowMs })
}

/** Lets one thing happen as the server would: what is refused leaves no step. */
const happen = (course: Course, one: Event): void => {
  const alarm = alarmOf(course.steps)
  if (one.what === 'revised') {
    add(course, { kind: 'revised' })
    return
  }
  if (one.what === 'wait') {
    course.nowMs += one.minutes * 60_000
    const toRole = escalationDue(alarm, course.nowMs, waitMinutes)
    if (toRole !== undefined) add(course, { kind: 'escalated', toRole })
    return
  }
  const { act, accountId, cause, hasNote } = one
  const afterNumber = alarm.lastNumber - one.behind
  const refusal = refusalOfAct(alarm, lastActNumber(course.steps), {
    act,
    accountId,
    afterNumber,
    cause,
    hasNote,
  })
  if (refusal === undefined) add(course, { kind: act, accountId, cause: cause ?? null })
}

const courseOf = (events: readonly Event[]): Course => {
  const course: Course = { steps: [raised], nowMs: 0 }
  for (const one of events) happen(course, one)
  return course
}

const courses = fc.array(event, { maxLength: 40 })
const forEvery = (check: (course: Course) => void): void =>
  fc.assert(
    fc.property(courses, (events) => check(courseOf(events))),
    { numRuns: 500 },
  )

describe('an alarm, whatever happens to it', () => {
  it('has an owner exactly from when somebody acknowledged, and a cause exactly while it is closed', () => {
    forEvery(({ steps }) => {
      for (let n = 1; n <= steps.length; n++) {
        const alarm = alarmOf(steps.slice(0, n))
        expect(alarm.ownerId === null).toBe(alarm.state === 'raised')
        expect(alarm.acknowledgedAtMs === null).toBe(alarm.state === 'raised')
        expect(alarm.cause === null).toBe(alarm.state !== 'closed')
        expect(alarm.closedAtMs === null).toBe(alarm.state !== 'closed')
      }
    })
  })

  it('moves only along the arrows of its states', () => {
    const arrows = new Set([
      'raised>acknowledged',
      'acknowledged>investigating',
      'acknowledged>closed',
      'investigating>closed',
      'closed>investigating',
    ])
    forEvery(({ steps }) => {
      for (let n = 2; n <= steps.length; n++) {
        const [before, after] = [alarmOf(steps.slice(0, n - 1)), alarmOf(steps.slice(0, n))]
        if (before.state !== after.state) expect(arrows).toContain(`${before.state}>${after.state}`)
      }
    })
  })

  it('is handed up twice at most, each time after the wait, and never once somebody answers for it', () => {
    forEvery(({ steps }) => {
      const escalated = steps.filter((step) => step.kind === 'escalated')
      expect(escalated.map((step) => step.toRole)).toEqual(
        ['duty-planner', 'commander'].slice(0, escalated.length),
      )
      const acknowledged =
        steps.find((step) => step.kind === 'acknowledge')?.number ?? Number.POSITIVE_INFINITY
      for (const [index, step] of escalated.entries()) {
        expect(step.number).toBeLessThan(acknowledged)
        expect(step.atMs - (escalated[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(waitMinutes * 60_000)
      }
    })
  })

  it('is worked on by its owner alone', () => {
    forEvery(({ steps }) => {
      for (const step of steps)
        if (['investigate', 'note', 'close'].includes(step.kind))
          expect(alarmOf(steps.slice(0, step.number - 1)).ownerId).toBe(step.accountId)
    })
  })

  it('offers as buttons just what would not be refused', () => {
    forEvery(({ steps }) => {
      const alarm: Alarm = alarmOf(steps)
      for (const accountId of ['amy', 'bo']) {
        const allowed = (act: AlarmAct): boolean =>
          refusalOfAct(alarm, lastActNumber(steps), {
            act,
            accountId,
            afterNumber: alarm.lastNumber,
            cause: act === 'close' ? 'false-alarm' : undefined,
            hasNote: true,
          }) === undefined
        expect(actsFor(alarm, accountId)).toEqual(alarmActs.filter(allowed))
      }
    })
  })

  it('refuses whoever decided on what is no longer there', () => {
    forEvery(({ steps }) => {
      const acted = lastActNumber(steps)
      fc.pre(acted > 1)
      const wish = {
        act: 'note',
        accountId: 'amy',
        afterNumber: acted - 1,
        cause: undefined,
        hasNote: true,
      } as const
      expect(refusalOfAct(alarmOf(steps), acted, wish)).toBe('ALARM_STATE_CHANGED')
    })
  })
})

describe('alarmOf', () => {
  it('refuses steps that do not follow each other', () => {
    expect(() => alarmOf([])).toThrow(RangeError)
    expect(() => alarmOf([raised, { ...raised, number: 2 }])).toThrow(RangeError)
    expect(() => alarmOf([raised, { ...raised, number: 3, kind: 'revised' }])).toThrow(RangeError)
  })
})
