import { doorOutcomes } from '@guankou/contract/households/vocabulary.ts'
import { followUpPlans } from '@guankou/testkit/factories/follow-up-plans.ts'
import { describe, expect, it } from 'vitest'
import { contactAtDoor, resultOfOutcome, toldAtDoor } from './contact-at-door.ts'
import type { QuarantineOrder } from './facts.ts'

const plan = followUpPlans['covid-like']
if (plan === undefined) throw new Error('no such plan')
const orderedAtMs = Date.parse('2020-02-10T02:00:00.000Z')
const order: QuarantineOrder = {
  ...{ id: 'order', orderedAtMs, timeZone: 'Asia/Shanghai', site: 'home', countedFrom: '2020-02-10' },
  ...{ plan, isIncoming: false },
}
const quarantineId = '01702d00-0000-7000-8000-000000000001'
const check = { quarantineId, way: 'visit' as const }

describe('what a team records at a door', () => {
  it('is a contact of the episodes that the health worker looked at', () => {
    const seen = { ...check, result: 'reached' as const, temperatureCelsius: 36.6, signs: ['cough'] }
    const work = { part: 'health' as const, people: [], checks: [seen] }
    expect(toldAtDoor({ is: 'part-done', visitId: quarantineId, work })).toEqual([seen])
    expect(contactAtDoor(order, { id: 'fact', occurredAtMs: orderedAtMs + 1 }, seen)).toEqual({
      ok: true,
      fact: {
        ...{ id: 'fact', atMs: orderedAtMs + 1, kind: 'contact', way: 'visit', result: 'reached' },
        ...{ temperatureCelsius: 36.6, signs: ['cough'] },
      },
    })
  })

  it('is an attempt in vain where the door did not open, for whatever reason', () => {
    for (const outcome of doorOutcomes) {
      const told = toldAtDoor({ is: 'door-outcome', outcome, tasks: ['quarantine-check'], checks: [check] })
      expect(told).toEqual([{ ...check, result: resultOfOutcome(outcome), signs: [] }])
      expect(resultOfOutcome(outcome)).not.toBe('reached')
    }
    expect(toldAtDoor({ is: 'door-outcome', outcome: 'dog', tasks: ['register'] })).toEqual([])
  })

  it('is refused where it was before the order, or names a sign that the plan does not ask for', () => {
    const told = { ...check, result: 'reached' as const, signs: [] }
    const before = contactAtDoor(order, { id: 'fact', occurredAtMs: orderedAtMs - 3_600_000 }, told)
    expect(before).toMatchObject({ ok: false, refusal: { code: 'QUARANTINE_TIME_RUNS_BACK' } })
    const unknown = contactAtDoor(
      order,
      { id: 'fact', occurredAtMs: orderedAtMs },
      { ...told, signs: ['rash'] },
    )
    expect(unknown).toMatchObject({ ok: false, refusal: { code: 'QUARANTINE_SIGN_UNKNOWN' } })
  })
})
