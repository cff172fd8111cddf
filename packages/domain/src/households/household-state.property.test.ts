import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { doorOutcomes, roleOfPart, visitParts, visitTasks } from '@guankou/contract/households/vocabulary.ts'
import { communityRoles } from '@guankou/contract/roles.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HouseholdFact, standing } from '#src/households/household-fact.ts'
import { householdsOf } from '#src/households/household-state.ts'
import { usualVisitRules } from '#src/households/visit-rules.ts'
import { isComplete } from '#src/households/visits.ts'

const idOf = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const homes = [idOf(1), idOf(2)] as const

const member = { name: '王小明', relation: 'head' as const, needs: [] }

/** Happenings that name facts among the first forty, whether or not those are what they are taken for. */
const happening = (): fc.Arbitrary<HouseholdHappening> => {
  const ref = fc.integer({ min: 1, max: 40 }).map(idOf)
  return fc.oneof(
    fc.constant<HouseholdHappening>({
      is: 'household-opened',
      gridCellId: 1,
      address: { estate: '翠湖苑', door: '501' },
    }),
    fc.string({ minLength: 1, maxLength: 4 }).map(
      (name): HouseholdHappening => ({
        is: 'member-added',
        member: { ...member, name },
      }),
    ),
    fc
      .record({ personId: ref, phone: fc.constantFrom('13800000000', '13900000000') })
      .map(
        ({ personId, phone }): HouseholdHappening => ({ is: 'member-changed', personId, change: { phone } }),
      ),
    ref.map((personId): HouseholdHappening => ({ is: 'member-left', personId, leftFor: 'unknown' })),
    fc
      .record({ personId: ref, toHouseholdId: fc.constantFrom(...homes) })
      .map((move): HouseholdHappening => ({ is: 'member-moved', ...move })),
    fc
      .record({ keptId: ref, mergedId: ref })
      .map((pair): HouseholdHappening => ({ is: 'members-merged', ...pair })),
    ref.map((factId): HouseholdHappening => ({ is: 'undone', factId })),
    fc
      .subarray([...visitTasks], { minLength: 1 })
      .map((tasks): HouseholdHappening => ({ is: 'visit-opened', tasks })),
    fc
      .constantFrom(...doorOutcomes)
      .map((outcome): HouseholdHappening => ({ is: 'door-outcome', outcome, tasks: [] })),
    fc
      .record({ visitId: ref, part: fc.constantFrom(...visitParts) })
      .map(({ visitId, part }): HouseholdHappening => ({ is: 'visit-signed', visitId, part })),
    ref.map(
      (visitId): HouseholdHappening => ({
        is: 'part-done',
        visitId,
        work: { part: 'street', explained: true, needs: [] },
      }),
    ),
  )
}

const facts = (): fc.Arbitrary<HouseholdFact[]> =>
  fc
    .array(
      fc.record({
        happening: happening(),
        at: fc.integer({ min: 0, max: 20 }),
        home: fc.constantFrom(...homes),
        role: fc.constantFrom(...communityRoles),
      }),
      { maxLength: 40 },
    )
    .map((drawn) =>
      drawn.map(({ happening: each, at, home, role }, index) => ({
        id: idOf(index + 1),
        householdId: home,
        occurredAtMs: at,
        accountId: idOf(900 + communityRoles.indexOf(role)),
        role,
        happening: each,
      })),
    )

const stateOf = (all: readonly HouseholdFact[]): string => JSON.stringify([...householdsOf(all)])

describe('households', () => {
  it('are the same whatever order facts come in, and however often', () => {
    fc.assert(
      fc.property(
        facts().chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
        ),
        ([all, mixed]) => {
          expect(stateOf(mixed)).toBe(stateOf(all))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are after an undoing as if what was undone had never been', () => {
    fc.assert(
      fc.property(facts(), fc.nat(), (all, pick) => {
        const counting = standing(all)
        const target = counting[pick % Math.max(1, counting.length)]
        if (target === undefined) return
        const undo: HouseholdFact = {
          ...target,
          id: idOf(500),
          occurredAtMs: 100,
          happening: { is: 'undone', factId: target.id },
        }
        expect(standing([...all, undo])).toEqual(counting.filter(({ id }) => id !== target.id))
        const redo: HouseholdFact = {
          ...undo,
          id: idOf(501),
          occurredAtMs: 101,
          happening: { is: 'undone', factId: undo.id },
        }
        expect(stateOf([...all, undo, redo])).toBe(stateOf(all))
      }),
      { numRuns: 300 },
    )
  })

  it('never show one person twice, nor somebody who is another', () => {
    fc.assert(
      fc.property(facts(), (all) => {
        const shown = [...householdsOf(all).values()].flatMap(({ people }) => people.map(({ id }) => id))
        expect(new Set(shown).size).toBe(shown.length)
        const merged = [...householdsOf(all).values()].flatMap(({ people }) =>
          people.flatMap(({ mergedIds }) => mergedIds),
        )
        expect(merged.filter((id) => shown.includes(id))).toEqual([])
      }),
    )
  })
})

describe('two teams that change one household apart from each other', () => {
  const fact = (
    number: number,
    atMs: number,
    role: (typeof communityRoles)[number],
    each: HouseholdHappening,
  ): HouseholdFact => ({
    id: idOf(number),
    householdId: homes[0],
    occurredAtMs: atMs,
    accountId: idOf(900 + communityRoles.indexOf(role)),
    role,
    happening: each,
  })
  const added = fact(10, 1, 'community-street', {
    is: 'member-added',
    member: { ...member, phone: '13800000000', document: { kind: 'passport', number: 'E12345678' } },
  })

  it('both stand: each changes the fields it names', () => {
    const one = fact(11, 2, 'community-street', {
      is: 'member-changed',
      personId: added.id,
      change: { phone: '13911112222' },
    })
    const other = fact(12, 3, 'community-police', {
      is: 'member-changed',
      personId: added.id,
      change: { name: '王晓明' },
    })
    const [person] = householdsOf([other, added, one]).get(homes[0])?.people ?? []
    expect(person?.member).toMatchObject({
      name: '王晓明',
      phone: '13911112222',
      document: { number: 'E12345678' },
    })
  })

  it('lose nobody who was added twice until somebody says that the two are one, and get both back by undoing', () => {
    const again = fact(13, 4, 'community-police', {
      is: 'member-added',
      member: { ...member, name: '王小明' },
    })
    const merged = fact(14, 5, 'community-police', {
      is: 'members-merged',
      keptId: again.id,
      mergedId: added.id,
    })
    const people = (all: readonly HouseholdFact[]) => householdsOf(all).get(homes[0])?.people ?? []
    expect(people([added, again])).toHaveLength(2)
    expect(people([added, again, merged])).toMatchObject([
      { id: again.id, mergedIds: [added.id], member: { phone: '13800000000' } },
    ])
    const undone = fact(15, 6, 'community-street', { is: 'undone', factId: merged.id })
    expect(people([added, again, merged, undone])).toEqual(people([added, again]))
  })

  it('complete a visit together, each by the own part, and nobody signs for another', () => {
    const opened = fact(20, 10, 'community-street', { is: 'visit-opened', tasks: ['quarantine-check'] })
    const health = fact(21, 11, 'community-health', {
      is: 'part-done',
      visitId: opened.id,
      work: { part: 'health', people: [] },
    })
    const police = fact(22, 12, 'community-police', {
      is: 'part-done',
      visitId: opened.id,
      work: { part: 'police', people: [], refusal: 'none' },
    })
    const signs = visitParts.flatMap((part, at) =>
      part === 'street'
        ? []
        : [fact(30 + at, 20 + at, roleOfPart[part], { is: 'visit-signed', visitId: opened.id, part })],
    )
    const visit = (all: readonly HouseholdFact[]) => {
      const [only] = householdsOf(all).get(homes[0])?.visits ?? []
      return only !== undefined && isComplete(usualVisitRules, only)
    }
    expect(visit([opened, health, police, ...signs])).toBe(true)
    expect(visit([opened, health, police, ...signs.slice(1)])).toBe(false)
    expect(visit([opened, health, ...signs])).toBe(false)
    const byWrongRole = signs.map((sign) => ({ ...sign, role: 'community-street' as const }))
    expect(visit([opened, health, police, ...byWrongRole])).toBe(false)
    const takenBackByOther = fact(40, 50, 'community-street', { is: 'undone', factId: police.id })
    expect(visit([opened, health, police, ...signs, takenBackByOther])).toBe(true)
    const takenBack = fact(41, 51, 'community-police', { is: 'undone', factId: police.id })
    expect(visit([opened, health, police, ...signs, takenBack])).toBe(false)
  })

  it('open one visit on three phones within the hour, and another one later', () => {
    const on = (number: number, atMs: number, role: (typeof communityRoles)[number]) =>
      fact(number, atMs, role, { is: 'visit-opened', tasks: ['survey'] })
    const hour = 3_600_000
    const opened = [
      on(50, 0, 'community-street'),
      on(51, hour / 2, 'community-health'),
      on(52, hour + 1, 'community-police'),
    ]
    const visits = householdsOf(opened).get(homes[0])?.visits ?? []
    expect(visits.map(({ id }) => id)).toEqual([idOf(50), idOf(52)])
    const work = { part: 'street' as const, explained: true, needs: [] }
    const done = fact(53, hour, 'community-street', { is: 'part-done', visitId: idOf(51), work })
    const signed = fact(54, hour, 'community-street', {
      is: 'visit-signed',
      visitId: idOf(50),
      part: 'street',
    })
    const [visit] = householdsOf([signed, done, ...opened]).get(homes[0])?.visits ?? []
    expect(visit !== undefined && isComplete(usualVisitRules, visit)).toBe(true)
  })
})
