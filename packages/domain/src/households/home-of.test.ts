import type { HouseholdHappening } from '@guankou/contract/households/record-household-fact.ts'
import { describe, expect, it } from 'vitest'
import { homeOf } from './home-of.ts'
import type { HouseholdFact } from './household-fact.ts'
import { householdsOf } from './household-state.ts'

const member = { name: '王小', relation: 'head' as const }
const fact = (
  id: string,
  householdId: string,
  happening: HouseholdHappening,
  atMs: number,
): HouseholdFact => ({
  ...{ id, householdId, happening, occurredAtMs: atMs, accountId: 'a', role: 'community-street' },
})
const added = fact('p', 'one', { is: 'member-added', member }, 1)
const twice = fact('q', 'two', { is: 'member-added', member }, 2)
const homeAfter = (...facts: readonly HouseholdFact[]) => homeOf(householdsOf(facts), 'p')

describe('the home of somebody', () => {
  it('is where they were added, until they move or leave', () => {
    const moved = fact('m', 'one', { is: 'member-moved', personId: 'p', toHouseholdId: 'two' }, 3)
    expect(homeAfter(added)).toBe('one')
    expect(homeAfter(added, moved)).toBe('two')
    expect(homeAfter(added, moved, fact('u', 'one', { is: 'undone', factId: 'm' }, 4))).toBe('one')
    expect(
      homeAfter(added, fact('l', 'one', { is: 'member-left', personId: 'p', leftFor: 'abroad' }, 3)),
    ).toBeUndefined()
    expect(homeAfter(twice)).toBeUndefined()
  })

  it('is that of whoever they were found to be', () => {
    const merged = fact('m', 'two', { is: 'members-merged', keptId: 'q', mergedId: 'p' }, 3)
    expect(homeAfter(added, twice, merged)).toBe('two')
  })
})
