import type { HandoverStep } from '@guankou/contract/handovers/commands.ts'
import { cancelReasons, closeReasons, custodySides, sidesOf } from '@guankou/contract/handovers/vocabulary.ts'
import { type Role, roles } from '@guankou/contract/roles.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CustodyFact, custodyOf } from '#src/handovers/custody.ts'
import { type CustodyActor, decideStep } from '#src/handovers/decide-handover.ts'
import { handoverIdOf } from '#src/handovers/handover-code.ts'

const openedAtMs = Date.parse('2020-01-23T06:00:00.000Z')
const minuteMs = 60_000
const handoverId = handoverIdOf(openedAtMs, 77)
const nowMs = openedAtMs + 10 * 3_600_000

const uuidAt = (atMs: number, serial: number): string => {
  const time = atMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${serial.toString(16).padStart(12, '0')}`
}

type Attempt = { readonly command: HandoverStep; readonly actor: CustodyActor }

const stepKinds = ['handover.sign', 'handover.note', 'handover.close', 'handover.cancel'] as const

/** Attempts of people of every role, sensible or not, with clocks that may be off by hours. */
const attempts = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...stepKinds),
      minute: fc.integer({ min: -30, max: 500 }),
      side: fc.constantFrom(...custodySides),
      role: fc.constantFrom<Role>(...roles),
      device: fc.integer({ min: 1, max: 4 }),
      close: fc.constantFrom(...closeReasons),
      cancel: fc.constantFrom(...cancelReasons),
    }),
    { maxLength: 14 },
  )
  .map((drawn) =>
    drawn.map(({ kind, minute, side, role, device, close, cancel }, serial): Attempt => {
      const atMs = openedAtMs + minute * minuteMs
      const base = {
        schemaVersion: 1 as const,
        id: uuidAt(atMs, serial),
        jurisdiction: 440_402,
        occurredAt: new Date(atMs).toISOString(),
        handoverId,
      }
      const actor = { role, accountId: `account-${role}`, deviceId: `device-${device}` }
      if (kind === 'handover.sign')
        return { actor, command: { ...base, kind, side, opening: null, proof: 'A'.repeat(86) } }
      if (kind === 'handover.note') return { actor, command: { ...base, kind, note: 'waits inside' } }
      if (kind === 'handover.close')
        return { actor, command: { ...base, kind, reason: close, note: 'in words' } }
      return { actor, command: { ...base, kind, reason: cancel, note: 'in words' } }
    }),
  )

/** As a server does: each attempt is decided on what is known by then, and what is accepted is known from then on. */
const run = (given: readonly Attempt[]): readonly CustodyFact[] => {
  const facts: CustodyFact[] = []
  for (const { command, actor } of given) {
    const decided = decideStep(custodyOf(openedAtMs, facts), command, actor, nowMs)
    if (decided.ok) facts.push(decided.fact)
  }
  return facts
}

const counted = (facts: readonly CustodyFact[]) => {
  const { state, signatures, ending, sinceMs, doubts } = custodyOf(openedAtMs, facts)
  return { state, signatures, ending, sinceMs, doubts }
}

const shuffledAttempts = attempts.chain((given) =>
  fc.tuple(fc.constant(given), fc.shuffledSubarray([...given], { minLength: given.length })),
)

describe('Custody', () => {
  it('comes out the same in whatever order what phones sent arrives', () => {
    fc.assert(
      fc.property(shuffledAttempts, ([given, shuffled]) => {
        expect(counted(run(shuffled))).toEqual(counted(run(given)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is not changed by what arrives twice', () => {
    fc.assert(
      fc.property(attempts, fc.nat(), (given, salt) => {
        const again = given.filter((_, index) => (index + salt) % 2 === 0)
        expect(counted(run([...given, ...again]))).toEqual(counted(run(given)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('never moves back from who took somebody over, whatever comes after', () => {
    const order = ['at-post', 'with-transport', 'received']
    const rank = (facts: readonly CustodyFact[]): number => {
      const { state, signatures } = custodyOf(
        openedAtMs,
        facts.filter(({ kind }) => kind === 'signed'),
      )
      expect(Object.keys(signatures).length).toBeLessThanOrEqual(custodySides.length)
      return order.indexOf(state)
    }
    fc.assert(
      fc.property(attempts, (given) => {
        const facts = run(given)
        for (let length = 1; length <= facts.length; length += 1)
          expect(rank(facts.slice(0, length))).toBeGreaterThanOrEqual(rank(facts.slice(0, length - 1)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('lets nobody sign for the other side', () => {
    fc.assert(
      fc.property(attempts, (given) => {
        const actors = new Map(given.map(({ command, actor }) => [command.id, actor]))
        for (const fact of run(given))
          if (fact.kind === 'signed')
            expect(sidesOf[actors.get(fact.id)?.role ?? 'applicant'] ?? []).toContain(fact.side)
      }),
      { numRuns: 1_000 },
    )
  })

  it('counts one signature a side: the earliest that anybody made', () => {
    fc.assert(
      fc.property(attempts, (given) => {
        const facts = run(given)
        const { signatures } = custodyOf(openedAtMs, facts)
        for (const fact of facts)
          if (fact.kind === 'signed') expect(signatures[fact.side]?.atMs).toBeLessThanOrEqual(fact.atMs)
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses a side that signs again once its signature is known', () => {
    const sign = (minute: number, serial: number): HandoverStep => ({
      kind: 'handover.sign',
      schemaVersion: 1,
      id: uuidAt(openedAtMs + minute * minuteMs, serial),
      jurisdiction: 440_402,
      occurredAt: new Date(openedAtMs + minute * minuteMs).toISOString(),
      handoverId,
      side: 'post-gives',
      opening: null,
      proof: 'A'.repeat(86),
    })
    const actor: CustodyActor = { role: 'inspector', accountId: 'a', deviceId: 'd' }
    const first = decideStep(custodyOf(openedAtMs, []), sign(3, 1), actor, nowMs)
    const custody = custodyOf(openedAtMs, first.ok ? [first.fact] : [])
    expect(decideStep(custody, sign(9, 2), actor, nowMs)).toEqual({
      ok: false,
      refusal: { code: 'HANDOVER_ALREADY_SIGNED', path: '/side' },
    })
  })

  it('doubts a signature that runs back by more than clocks may differ, and keeps it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (gave, took) => {
        const fact = (side: 'post-gives' | 'transport-takes', minute: number): CustodyFact => ({
          kind: 'signed',
          id: uuidAt(openedAtMs + minute * minuteMs, side.length),
          atMs: openedAtMs + minute * minuteMs,
          side,
          accountId: side,
          deviceId: side,
        })
        const custody = custodyOf(openedAtMs, [fact('transport-takes', took), fact('post-gives', gave)])
        expect(custody.state).toBe('with-transport')
        expect(custody.doubts.map(({ kind }) => kind)).toEqual(took < gave - 5 ? ['time-runs-back'] : [])
      }),
    )
  })

  it('does not let go of people who were taken over by cancelling', () => {
    fc.assert(
      fc.property(attempts, (given) => {
        const custody = custodyOf(openedAtMs, run(given))
        if (custody.state === 'cancelled')
          expect(Object.keys(custody.signatures)).not.toContain('transport-takes')
      }),
      { numRuns: 500 },
    )
  })
})
