import type {
  HouseholdHappening,
  ShownHouseholdHappening,
} from '@guankou/contract/households/record-household-fact.ts'
import type { HouseholdMakerRole } from '@guankou/contract/households/vocabulary.ts'
import type { communityRoles } from '@guankou/contract/roles.ts'

export type CommunityRole = (typeof communityRoles)[number]

/** A fact as a state is derived from it, with people in full or as they are shown. */
export type HouseholdFact<
  H extends HouseholdHappening | ShownHouseholdHappening = HouseholdHappening | ShownHouseholdHappening,
> = {
  readonly id: string
  readonly householdId: string
  readonly occurredAtMs: number
  readonly accountId: string
  readonly role: HouseholdMakerRole
  readonly happening: H
}

/** By when it happened, then by id: the same order whatever came first. */
export const inOrder = <F extends HouseholdFact>(facts: readonly F[]): F[] =>
  [...new Map(facts.map((fact) => [fact.id, fact])).values()].sort(
    (a, b) => a.occurredAtMs - b.occurredAtMs || (a.id < b.id ? -1 : 1),
  )

/** What somebody did or signed is theirs: nobody else takes it back. */
const isOwnOnly = ({ happening }: HouseholdFact): boolean =>
  happening.is === 'part-done' || happening.is === 'visit-signed'

type Undoing = HouseholdFact & { readonly happening: { readonly is: 'undone'; readonly factId: string } }

const isUndoing = (fact: HouseholdFact): fact is Undoing => fact.happening.is === 'undone'

/**
 * Ids of facts that do not count any more. An undoing can be undone, and is then as if it had never been. What names what
 * decides, not when: the clock of one phone may be behind that of another.
 */
export const undoneIds = (facts: readonly HouseholdFact[]): ReadonlySet<string> => {
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  const undoings = [...byId.values()].filter(isUndoing)
  // How many undoings of an undoing are not decided yet.
  const open = Map.groupBy(undoings, ({ happening }) => happening.factId)
  const left = new Map(undoings.map(({ id }) => [id, open.get(id)?.length ?? 0]))
  const undone = new Set<string>()
  const decided = undoings.filter(({ id }) => left.get(id) === 0)
  // Grows while it is gone through; what names itself in a ring is never decided, and undoes nothing.
  for (const { id, happening, accountId } of decided) {
    const { factId } = happening
    const target = byId.get(factId)
    const isOthers = target !== undefined && isOwnOnly(target) && target.accountId !== accountId
    if (!undone.has(id) && !isOthers) undone.add(factId)
    const more = (left.get(factId) ?? 0) - 1
    left.set(factId, more)
    if (more === 0 && target !== undefined && isUndoing(target)) decided.push(target)
  }
  return undone
}

/** Facts that count: each once, in order, without those that a later one undid. */
export const standing = <F extends HouseholdFact>(facts: readonly F[]): F[] => {
  const undone = undoneIds(facts)
  return inOrder(facts).filter(({ id, happening }) => happening.is !== 'undone' && !undone.has(id))
}
