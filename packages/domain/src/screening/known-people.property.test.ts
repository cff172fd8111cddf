import { aTraveller } from '@guankou/testkit/factories/screening.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskForOffer } from '#src/identity/mask.ts'
import { offeredOccupants } from './offered-occupants.ts'
import { type HeldIdentity, identityOf, isNamed, takeIdentity } from './same-as.ts'

const text = fc.string({ minLength: 1, maxLength: 12 })
const maybe = fc.option(text, { nil: undefined })
const held: fc.Arbitrary<HeldIdentity> = fc.record({
  documentKind: fc.constantFrom('resident-id', 'passport', 'none'),
  documentNumber: maybe,
  name: maybe,
  phone: maybe,
})
const bare = aTraveller({ document: { kind: 'none' } })
const { name: _, phone: __, ...nameless } = bare

describe('taking the identity of somebody confirmed', () => {
  it('gives who was entered without any exactly what is held', () => {
    fc.assert(
      fc.property(held, (one) => {
        expect(identityOf(takeIdentity(nameless, one))).toEqual(one)
      }),
    )
  })

  it('never changes what was entered, and takes over nothing twice', () => {
    fc.assert(
      fc.property(held, held, (one, other) => {
        const entered = takeIdentity(nameless, one)
        const taken = takeIdentity(entered, other)
        if (one.name !== undefined) expect(taken.name).toBe(one.name)
        if (one.phone !== undefined) expect(taken.phone).toBe(one.phone)
        if (one.documentNumber !== undefined) expect(taken.document).toEqual(entered.document)
        expect(takeIdentity(taken, other)).toEqual(taken)
        expect(isNamed(identityOf(taken))).toBe(isNamed(one) || isNamed(other))
      }),
    )
  })

  it('leaves findings, origin and readings alone', () => {
    fc.assert(
      fc.property(held, (one) => {
        const { document: _d, name: _n, phone: _p, ...rest } = takeIdentity(bare, one)
        const { document: _d2, name: _n2, phone: _p2, ...before } = bare
        expect(rest).toEqual(before)
      }),
    )
  })
})

describe('whom to offer when a vehicle passes again', () => {
  const passages = fc.array(
    fc.array(fc.option(fc.constantFrom<string>('a', 'b', 'c', 'd'), { nil: undefined }), { maxLength: 5 }),
    { maxLength: 5 },
  )
  const offeredOf = (keys: readonly (readonly (string | undefined)[])[]) =>
    offeredOccupants(
      keys.map((aboard, passage) => ({
        occupants: aboard.map((key, seat) => ({ person: { passage, seat, key }, key })),
      })),
    )

  it('offers everyone who is known once, as they were recorded last', () => {
    fc.assert(
      fc.property(passages, (keys) => {
        const offered = offeredOf(keys).filter(({ person }) => person.key !== undefined)
        const known = new Set(keys.flat().filter((key) => key !== undefined))
        expect(offered.map(({ person }) => person.key).sort()).toEqual([...known].sort())
        for (const { person } of offered)
          expect(person.passage).toBe(keys.findIndex((aboard) => aboard.includes(person.key)))
      }),
    )
  })

  it('takes as aboard those of the last passage, named or not, and nobody unnamed of an earlier one', () => {
    fc.assert(
      fc.property(passages, (keys) => {
        for (const { person, lastAboard } of offeredOf(keys)) {
          expect(lastAboard).toBe(person.passage === 0)
          if (person.key === undefined) expect(person.passage).toBe(0)
        }
        const unnamed = (keys[0] ?? []).filter((key) => key === undefined).length
        expect(offeredOf(keys).filter(({ person }) => person.key === undefined)).toHaveLength(unnamed)
      }),
    )
  })
})

describe('somebody as they are offered', () => {
  it('shows of a document four characters at most, and of a name one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,32}$/), text, (documentNumber, name) => {
        const shown = maskForOffer({ name, documentNumber })
        const [nameShown, documentShown] = shown.map(({ masked }) => masked)
        expect(documentShown).toMatch(/^\*{4}.{0,4}$/)
        expect([...(nameShown ?? '')].filter((letter) => letter !== '*').length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('shows nothing of who gave nothing', () => {
    expect(maskForOffer({})).toEqual([])
  })
})
