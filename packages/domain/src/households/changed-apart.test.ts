import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { describe, expect, it } from 'vitest'
import { type HouseholdFact, undoneIds } from '#src/households/household-fact.ts'
import { householdsOf } from '#src/households/household-state.ts'

type Told = readonly [id: string, home: string, atMs: number, happening: HouseholdHappening]

const factOf = ([id, householdId, occurredAtMs, happening]: Told): HouseholdFact => ({
  id,
  householdId,
  occurredAtMs,
  accountId: 'a',
  role: 'community-street',
  happening,
})

const added = (id: string, home: string, atMs: number, name = id): Told => [
  id,
  home,
  atMs,
  { is: 'member-added', member: { name, relation: 'head' } },
]
const merged = (id: string, atMs: number, keptId: string, mergedId: string): Told => [
  id,
  'A',
  atMs,
  { is: 'members-merged', keptId, mergedId },
]
const moved = (id: string, atMs: number, personId: string, toHouseholdId: string): Told => [
  id,
  'A',
  atMs,
  { is: 'member-moved', personId, toHouseholdId },
]
const undone = (id: string, atMs: number, factId: string): Told => [id, 'A', atMs, { is: 'undone', factId }]

/** Every order in which facts may arrive. */
const orders = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((each, at) => orders(all.toSpliced(at, 1)).map((rest) => [each, ...rest]))

/** Who lives where, by household, and the same in whatever order it was told. */
const homesAfter = (...told: readonly Told[]): Record<string, string[]> => {
  const states = orders(told.map(factOf)).map((facts) =>
    Object.fromEntries(
      [...householdsOf(facts)].flatMap(([id, { people }]) =>
        people.length === 0
          ? []
          : [[id, people.map((person) => [person.id, ...person.mergedIds].join('='))] as const],
      ),
    ),
  )
  const [first] = states
  for (const state of states) expect(state).toEqual(first)
  return first ?? {}
}

describe('people whom two teams change apart from each other', () => {
  const both = [added('p', 'A', 1), added('k', 'A', 2)] as const

  it('move as the one they were found to be, and stay where the one lives that they were merged into later', () => {
    expect(homesAfter(...both, merged('m', 3, 'k', 'p'), moved('v', 4, 'p', 'B'))).toEqual({ B: ['k=p'] })
    expect(homesAfter(...both, moved('v', 3, 'p', 'B'), merged('m', 4, 'k', 'p'))).toEqual({ A: ['k=p'] })
  })

  it('are one however they were merged one into another, also both ways round', () => {
    const three = [...both, added('q', 'A', 3)] as const
    expect(homesAfter(...three, merged('m', 4, 'k', 'p'), merged('n', 5, 'q', 'p'))).toEqual({
      A: ['q=k=p'],
    })
    expect(homesAfter(...both, merged('m', 4, 'k', 'p'), merged('n', 5, 'p', 'k'))).toEqual({ A: ['k=p'] })
  })

  it('are two again where an old merge is undone, each with what was built on it while they were one', () => {
    expect(
      homesAfter(...both, merged('m', 3, 'k', 'p'), moved('v', 4, 'p', 'B'), undone('u', 5, 'm')),
    ).toEqual({ A: ['k'], B: ['p'] })
    const three = [...both, added('q', 'A', 3)] as const
    expect(
      homesAfter(...three, merged('m', 4, 'k', 'p'), merged('n', 5, 'q', 'k'), undone('u', 6, 'm')),
    ).toEqual({ A: ['p', 'q=k'] })
  })

  it('lose nobody with an entry that was taken back after somebody else was merged into it', () => {
    expect(homesAfter(...both, merged('m', 3, 'k', 'p'), undone('u', 4, 'k'))).toEqual({ A: ['p'] })
    expect(homesAfter(...both, merged('m', 3, 'k', 'p'), undone('u', 4, 'p'))).toEqual({ A: ['k'] })
    expect(homesAfter(...both, merged('m', 3, 'k', 'p'), undone('u', 4, 'k'), undone('w', 5, 'u'))).toEqual({
      A: ['k=p'],
    })
  })

  it('keep what a phone says whose clock is behind that of the phone which added them', () => {
    expect(homesAfter(added('p', 'A', 10), moved('v', 4, 'p', 'B'))).toEqual({ B: ['p'] })
    const change: Told = ['c', 'A', 4, { is: 'member-changed', personId: 'p', change: { name: '李四' } }]
    const [person] = householdsOf([added('p', 'A', 10, '李司'), change].map(factOf)).get('A')?.people ?? []
    expect(person?.member.name).toBe('李四')
  })
})

describe('undoings', () => {
  it('are undone by what names them, whatever the clocks of the phones said', () => {
    const told = (times: readonly [number, number]) =>
      [added('p', 'A', 10), undone('u', times[0], 'p'), undone('w', times[1], 'u')].map(factOf)
    for (const times of [
      [11, 12],
      [12, 11],
      [3, 2],
    ] as const)
      expect([...undoneIds(told(times))]).toEqual(['u'])
  })

  it('that name each other in a ring undo nothing, and everything else stands', () => {
    const facts = [added('p', 'A', 1), undone('u', 2, 'w'), undone('w', 3, 'u'), undone('x', 4, 'x')]
    for (const order of orders(facts.map(factOf))) expect(undoneIds(order).size).toBe(0)
  })
})
