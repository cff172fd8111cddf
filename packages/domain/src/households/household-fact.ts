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

/** Ids of facts that do not count any more. An undoing can be undone, and is then as if it had never been. */
export const undoneIds = (facts: readonly HouseholdFact[]): ReadonlySet<string> => {
  const ordered = inOrder(facts)
  const byId = new Map(ordered.map((fact) => [fact.id, fact]))
  const undone = new Set<string>()
  for (const { id, happening, accountId } of ordered.toReversed()) {
    if (happening.is !== 'undone' || undone.has(id)) continue
    const target = byId.get(happening.factId)
    if (target !== undefined && isOwnOnly(target) && target.accountId !== accountId) continue
    undone.add(happening.factId)
  }
  return undone
}

/** Facts that count: each once, in order, without those that a later one undid. */
export const standing = <F extends HouseholdFact>(facts: readonly F[]): F[] => {
  const undone = undoneIds(facts)
  return inOrder(facts).filter(({ id, happening }) => happening.is !== 'undone' && !undone.has(id))
}
