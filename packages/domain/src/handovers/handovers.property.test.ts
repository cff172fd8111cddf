import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CustodyFact, custodyOf } from '#src/handovers/custody.ts'
import { handoverEscalationDue, overdueAtMs, usualHandoverLimits } from '#src/handovers/escalation.ts'
import {
  formatHandoverCode,
  handoverCodeOf,
  handoverIdOf,
  handoverQrText,
  readHandoverText,
} from '#src/handovers/handover-code.ts'
import { nearOf, nearSeats, proposedPeople, rowOfLabel } from '#src/handovers/near-seats.ts'
import { openingText } from '#src/handovers/signed-text.ts'

const openedAtMs = Date.parse('2020-01-23T06:00:00.000Z')
const minuteMs = 60_000
const jurisdictions = [440_400, 440_402, 440_403, 440_404]
const known = { jurisdictions, nowMs: openedAtMs + 3 * 3_600_000 }
const someHandover = fc.record({
  atMs: fc.integer({ min: openedAtMs - 300 * 86_400_000, max: openedAtMs }),
  random: fc.integer({ min: 0, max: 8_191 }),
  jurisdiction: fc.constantFrom(...jurisdictions),
})

describe('The code of a hand-over', () => {
  it('says the whole id for ten months, however it is typed', () => {
    fc.assert(
      fc.property(someHandover, ({ atMs, random, jurisdiction }) => {
        const id = handoverIdOf(atMs, random)
        const code = handoverCodeOf(id, jurisdiction)
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
        const expected = { id, jurisdiction, opening: null, people: null }
        expect(readHandoverText(code, known)).toEqual(expected)
        expect(
          readHandoverText(` ${formatHandoverCode(code).toLowerCase().replaceAll('0', 'o')} `, known),
        ).toEqual(expected)
      }),
    )
  })

  it('is refused with one wrong character, or two exchanged', () => {
    fc.assert(
      fc.property(
        someHandover,
        fc.nat(11),
        fc.nat(11),
        fc.nat(30),
        ({ atMs, random, jurisdiction }, at, other, by) => {
          const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
          const letters = [...handoverCodeOf(handoverIdOf(atMs, random), jurisdiction)]
          const wrong = letters.with(at, alphabet[(alphabet.indexOf(letters[at] ?? '') + 1 + by) % 32] ?? '')
          expect(readHandoverText(wrong.join(''), known)).toBeUndefined()
          if (letters[at] === letters[other]) return
          const exchanged = letters.with(at, letters[other] ?? '').with(other, letters[at] ?? '')
          expect(readHandoverText(exchanged.join(''), known)).toBeUndefined()
        },
      ),
    )
  })

  it('comes back from the text of a QR code with what was opened', () => {
    const digest = 'Q'.repeat(43)
    fc.assert(
      fc.property(
        someHandover,
        fc.integer({ min: 1, max: 100 }),
        ({ atMs, random, jurisdiction }, people) => {
          const id = handoverIdOf(atMs, random)
          const text = handoverQrText(handoverCodeOf(id, jurisdiction), digest, people)
          expect(readHandoverText(text, known)).toEqual({ id, jurisdiction, opening: digest, people })
        },
      ),
    )
  })

  it('never throws on what else may be scanned', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readHandoverText(text, known)
        readHandoverText(`GKHO1:${text}`, known)
      }),
    )
  })
})

const coach = fc.record({
  seats: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 60 }),
  seatsPerRow: fc.integer({ min: 2, max: 10 }),
})

const numbered = (seats: readonly number[]) => seats.map((seat) => ({ seat }))
const within = fc.integer({ min: 0, max: 6 })

describe('The seat map', () => {
  it('finds exactly those within the rows that the rules name', () => {
    fc.assert(
      fc.property(coach, within, fc.nat(), ({ seats, seatsPerRow }, rows, pick) => {
        const index = seats[pick % seats.length] ?? 1
        const near = nearSeats({ people: numbered(seats), index: [index], seatsPerRow, within: rows })
        const rowOf = (seat: number) => rowOfLabel(String(seat), seatsPerRow)
        for (const seat of seats)
          expect(near.includes(seat)).toBe(seat !== index && Math.abs(rowOf(seat) - rowOf(index)) <= rows)
      }),
    )
  })

  it('reads a place with a letter as its row, whatever number somebody has in the record', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...'ABCDEF')), {
          minLength: 2,
          maxLength: 40,
          selector: ([row, letter]) => `${row}${letter}`,
        }),
        within,
        (places, rows) => {
          const people = places.map(([row, letter], at) => ({ seat: at + 1, seatLabel: `${row}${letter}` }))
          const near = nearSeats({ people, index: [1], seatsPerRow: 6, within: rows })
          for (const [at, [row]] of places.entries())
            expect(near.includes(at + 1)).toBe(at > 0 && Math.abs(row - (places[0]?.[0] ?? 0)) <= rows)
        },
      ),
    )
  })

  it('is mutual: who sat near somebody has them near', () => {
    fc.assert(
      fc.property(coach, within, ({ seats, seatsPerRow }, rows) => {
        const ask = { people: numbered(seats), seatsPerRow, within: rows }
        for (const a of seats)
          for (const b of nearSeats({ ...ask, index: [a] }))
            expect(nearSeats({ ...ask, index: [b] })).toContain(a)
      }),
      { numRuns: 30 },
    )
  })

  it('counts more people near, never fewer, the more rows the rules name', () => {
    fc.assert(
      fc.property(coach, within, ({ seats, seatsPerRow }, rows) => {
        const ask = { people: numbered(seats), index: seats.slice(0, 1), seatsPerRow }
        const wider = nearSeats({ ...ask, within: rows + 1 })
        for (const seat of nearSeats({ ...ask, within: rows })) expect(wider).toContain(seat)
        expect(nearSeats({ ...ask, within: 'everyone' })).toHaveLength(seats.length - 1)
      }),
    )
  })

  it('counts as near whoever has no place among people with places', () => {
    const people = [{ seat: 1, seatLabel: '1A' }, { seat: 2, seatLabel: '30F' }, { seat: 3 }]
    expect(nearSeats({ people, index: [1], seatsPerRow: 6, within: 2 })).toEqual([3])
    expect(nearSeats({ people, index: [3], seatsPerRow: 6, within: 2 })).toEqual([1, 2])
  })

  it('takes everyone of a car along and names of a coach those who sat near', () => {
    const ask = { index: [2], within: 'everyone' as const }
    expect(proposedPeople({ ...ask, people: numbered([1, 2, 3]), seatsPerRow: undefined })).toEqual([
      { seat: 1, part: 'companion' },
      { seat: 2, part: 'index' },
      { seat: 3, part: 'companion' },
    ])
    const aboard = { people: numbered([1, 6, 13, 40]), index: [6], seatsPerRow: 4 }
    expect(proposedPeople({ ...aboard, within: 2 })).toEqual([
      { seat: 1, part: 'near' },
      { seat: 6, part: 'index' },
      { seat: 13, part: 'near' },
    ])
  })

  it('asks the rules of the response, and keeps to two rows where they say nothing', () => {
    const near = [{ kind: 'flight', withinRows: 3 }, { kind: 'train' }] as const
    expect(nearOf('flight', { near: [...near] })).toBe(3)
    expect(nearOf('train', { near: [...near] })).toBe('everyone')
    expect(nearOf('coach', { near: [...near] })).toBe(2)
    expect(nearOf('coach', {})).toBe(2)
    expect(nearOf('car', {})).toBe('everyone')
    expect(nearOf('ferry', {})).toBe('everyone')
  })
})

describe('The text of an opening', () => {
  it('does not depend on the order in which people were named', () => {
    fc.assert(
      fc.property(coach, ({ seats }) => {
        const opening = {
          id: handoverIdOf(openedAtMs, 1),
          jurisdiction: 440_402,
          occurredAt: new Date(openedAtMs).toISOString(),
          postId: 1,
          responseId: 'covid-like',
          screeningId: handoverIdOf(openedAtMs - 1, 1),
          people: seats.map((seat) => ({ seat, part: 'index' as const })),
        }
        expect(openingText({ ...opening, people: opening.people.toReversed() })).toBe(openingText(opening))
      }),
    )
  })
})

describe('Escalation', () => {
  const limits = usualHandoverLimits
  const escalated = (toRole: 'post-lead' | 'commander', minute: number): CustodyFact => ({
    kind: 'escalated',
    id: `${toRole}`,
    atMs: openedAtMs + minute * minuteMs,
    stage: 'at-post',
    toRole,
  })

  it('goes to the lead after the limit and to the commander after the same again, and no further', () => {
    const due = (facts: readonly CustodyFact[], minute: number) =>
      handoverEscalationDue(custodyOf(openedAtMs, facts), limits, openedAtMs + minute * minuteMs)
    expect(due([], 29)).toBeUndefined()
    expect(due([], 30)).toEqual({ stage: 'at-post', toRole: 'post-lead' })
    expect(due([escalated('post-lead', 30)], 59)).toBeUndefined()
    expect(due([escalated('post-lead', 30)], 60)).toEqual({ stage: 'at-post', toRole: 'commander' })
    expect(due([escalated('post-lead', 30), escalated('commander', 60)], 900)).toBeUndefined()
  })

  it('starts anew on the way, and ends where the clinic took the people over', () => {
    const signed = (side: 'transport-takes' | 'clinic-takes', minute: number): CustodyFact => ({
      kind: 'signed',
      id: side,
      atMs: openedAtMs + minute * minuteMs,
      side,
      accountId: side,
      deviceId: side,
    })
    const facts = [escalated('post-lead', 30), signed('transport-takes', 40)]
    const custody = custodyOf(openedAtMs, facts)
    expect(overdueAtMs(custody, limits)).toBe(openedAtMs + 100 * minuteMs)
    expect(handoverEscalationDue(custody, limits, openedAtMs + 99 * minuteMs)).toBeUndefined()
    expect(handoverEscalationDue(custody, limits, openedAtMs + 100 * minuteMs)?.toRole).toBe('post-lead')
    const received = custodyOf(openedAtMs, [...facts, signed('clinic-takes', 90)])
    expect(handoverEscalationDue(received, limits, openedAtMs + 9_000 * minuteMs)).toBeUndefined()
  })
})
