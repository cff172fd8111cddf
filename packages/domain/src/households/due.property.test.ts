import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import { type DoorOutcome, doorOutcomes, visitTasks } from '@guankou/contract/households/vocabulary.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doorNextOf, openTasks } from '#src/households/due.ts'
import { nextStepAfter, sameAttemptMs } from '#src/households/next-step.ts'
import { partsNeeded, usualVisitRules } from '#src/households/visit-rules.ts'
import { addDays, utcOffsetMinutes } from '#src/places/calendar.ts'
import { dayStartMs } from '#src/places/day-start.ts'

const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2019-12-25', days))
const asked = fc.array(
  fc.record({ task: fc.constantFrom(...visitTasks), dueBy: day, atMs: fc.integer({ min: 0, max: 100 }) }),
  { maxLength: 12 },
)
const zones = ['Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Pacific/Kiritimati'] as const

describe('tasks that are due', () => {
  it('are those asked and not settled since, each once with its earliest day', () => {
    fc.assert(
      fc.property(
        asked,
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(...visitTasks),
        (all, atMs, task) => {
          const due = openTasks(all, new Map([[task, atMs]]))
          const open = all.filter((each) => each.task !== task || each.atMs > atMs)
          expect(new Set(due.map((each) => each.task))).toEqual(new Set(open.map((each) => each.task)))
          for (const each of due)
            expect(each.dueBy).toBe(
              open
                .filter((other) => other.task === each.task)
                .map(({ dueBy }) => dueBy)
                .sort()[0],
            )
          expect(due.map(({ dueBy }) => dueBy)).toEqual(due.map(({ dueBy }) => dueBy).sort())
        },
      ),
    )
  })

  it('need every part that any of them needs, and a rule of the house where the response has none', () => {
    const bare = { ...usualVisitRules, parts: [], retries: [] }
    expect(partsNeeded(bare, ['survey'])).toEqual(['street'])
    expect(partsNeeded(bare, ['survey', 'quarantine-check'])).toEqual(['health', 'street', 'police'])
    const mosquitoes = {
      ...usualVisitRules,
      parts: [{ task: 'survey' as const, parts: ['health' as const] }],
    }
    expect(partsNeeded(mosquitoes, ['survey'])).toEqual(['health'])
  })
})

describe('the next step of a door', () => {
  const at = fc.integer({ min: Date.parse('2019-12-25'), max: Date.parse('2024-03-05') })

  it('is never in the quiet hours, never before the pause, and at most a night after it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...doorOutcomes), at, (zone, outcome, atMs) => {
        const next = nextStepAfter(usualVisitRules, zone, [{ outcome, atMs }])
        const rule = usualVisitRules.retries.find((each) => each.outcome === outcome)
        if (rule?.againAfterMinutes === undefined) {
          expect(next?.againFromMs).toBeNull()
          return
        }
        const againMs = next?.againFromMs ?? 0
        const earliestMs = atMs + rule.againAfterMinutes * 60_000
        const local = new Date(againMs + utcOffsetMinutes(zone, againMs) * 60_000)
        const hour = local.getUTCHours() + local.getUTCMinutes() / 60
        expect(hour).toBeGreaterThanOrEqual(usualVisitRules.quietUntilHour)
        expect(hour).toBeLessThan(usualVisitRules.quietFromHour)
        expect(againMs).toBeGreaterThanOrEqual(earliestMs)
        expect(againMs - earliestMs).toBeLessThanOrEqual(12 * 3_600_000)
      }),
    )
  })

  it('comes to an end: after so many attempts in a row the last step takes its place', () => {
    for (const { outcome, mostAttempts, lastly, step } of usualVisitRules.retries) {
      const row = Array.from({ length: mostAttempts }, (_, index) => ({
        outcome,
        atMs: index * sameAttemptMs,
      }))
      expect(nextStepAfter(usualVisitRules, 'Asia/Shanghai', row)).toMatchObject({
        step: lastly,
        againFromMs: null,
        attempt: mostAttempts,
      })
      if (mostAttempts > 1)
        expect(nextStepAfter(usualVisitRules, 'Asia/Shanghai', row.slice(1))).toMatchObject({ step })
    }
  })

  it('takes what three phones say of one attempt as one', () => {
    const minute = 60_000
    const row = [0, 1, 4, 300, 301].map((atMinute) => ({
      outcome: 'nobody-home' as const,
      atMs: atMinute * minute,
    }))
    expect(nextStepAfter(usualVisitRules, 'Asia/Shanghai', row.slice(0, 3))).toMatchObject({
      attempt: 1,
      step: 'try-again',
    })
    expect(nextStepAfter(usualVisitRules, 'Asia/Shanghai', row)).toMatchObject({ attempt: 2 })
    const everyFive = {
      ...usualVisitRules,
      retries: [{ ...usualVisitRules.retries[0], againAfterMinutes: 5 }],
    }
    const soon = [0, 5].map((atMinute) => ({ outcome: 'nobody-home' as const, atMs: atMinute * minute }))
    expect(nextStepAfter(everyFive as VisitRules, 'Asia/Shanghai', soon)).toMatchObject({ attempt: 2 })
  })

  it('is a first visit again once a wrong address was corrected, and no other outcome is forgotten by that', () => {
    const after = (outcome: DoorOutcome, correctedAtMs: number | undefined) =>
      doorNextOf(usualVisitRules, 'Asia/Shanghai', {
        visits: [],
        outcomes: [{ outcome, atMs: 10, tasks: [], accountId: 'a' }],
        correctedAtMs,
      })
    expect(after('wrong-address', undefined)).toMatchObject({ step: 'correct-address', againFromMs: null })
    expect(after('wrong-address', 5)).toMatchObject({ step: 'correct-address' })
    expect(after('wrong-address', 11)).toBeUndefined()
    expect(after('nobody-home', 11)).toMatchObject({ attempt: 1 })
  })

  it('counts anew after another outcome', () => {
    const row = (['nobody-home', 'nobody-home', 'dog', 'nobody-home'] as const).map((outcome, atMs) => ({
      outcome,
      atMs,
    }))
    expect(nextStepAfter(usualVisitRules, 'Asia/Shanghai', row)).toMatchObject({
      attempt: 1,
      step: 'try-again',
    })
  })
})

describe('the beginning of a day', () => {
  it('is local midnight, also over clock changes and on leap days', () => {
    expect(new Date(dayStartMs('Asia/Shanghai', Date.parse('2020-02-29T15:59:00Z'))).toISOString()).toBe(
      '2020-02-28T16:00:00.000Z',
    )
    expect(new Date(dayStartMs('Europe/London', Date.parse('2020-03-29T12:00:00Z'))).toISOString()).toBe(
      '2020-03-29T00:00:00.000Z',
    )
    expect(new Date(dayStartMs('Europe/London', Date.parse('2020-03-30T12:00:00Z'))).toISOString()).toBe(
      '2020-03-29T23:00:00.000Z',
    )
  })
})
