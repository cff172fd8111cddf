import type {
  DoorAddress,
  Member,
  MemberChange,
  ShownMember,
  ShownMemberChange,
} from '@guankou/contract/households/record-household-fact.ts'
import type { DoorOutcome, VisitTask } from '@guankou/contract/households/vocabulary.ts'
import { type HouseholdFact, standing, undoneIds } from '#src/households/household-fact.ts'
import { type Visit, visitsOf } from '#src/households/visits.ts'

export type PersonState = {
  readonly id: string
  readonly member: Member | ShownMember
  /** Others who were found to be the same person. */
  readonly mergedIds: readonly string[]
}

export type Household = {
  readonly id: string
  readonly gridCellId: number | undefined
  readonly address: DoorAddress | undefined
  /** When the address was last corrected. */
  readonly correctedAtMs: number | undefined
  /** Who lives here now. */
  readonly people: readonly PersonState[]
  readonly visits: readonly Visit[]
  readonly outcomes: readonly {
    readonly outcome: DoorOutcome
    readonly atMs: number
    readonly tasks: readonly VisitTask[]
    readonly accountId: string
  }[]
  readonly asked: readonly { readonly task: VisitTask; readonly dueBy: string; readonly atMs: number }[]
}

type AnyMember = Member | ShownMember

type People = {
  readonly members: Map<string, AnyMember>
  readonly homes: Map<string, string>
  readonly keptOf: Map<string, string>
  /** Entries that were taken back, among others. */
  readonly undone: ReadonlySet<string>
}

/** The entry that goes on for a person, however many were merged one into another. */
const keptId = (keptOf: ReadonlyMap<string, string>, id: string): string => {
  const next = keptOf.get(id)
  return next === undefined ? id : keptId(keptOf, next)
}

/** Fields that a change names, and without those it clears; what a phone has in full and what it is shown never stand side by side. */
const changed = (
  member: AnyMember,
  change: MemberChange | ShownMemberChange,
  cleared: readonly string[] = [],
): AnyMember => {
  const fields: Record<string, unknown> = { ...member, ...change }
  if ('phone' in change) delete fields.maskedPhone
  if ('maskedPhone' in change) delete fields.phone
  for (const field of cleared) {
    delete fields[field]
    if (field === 'phone') delete fields.maskedPhone
  }
  return fields as AnyMember
}

const merge = ({ members, homes, keptOf, undone }: People, keptBy: string, mergedBy: string): void => {
  // Nobody is gone with an entry that was taken back after somebody else was merged into it.
  if (undone.has(keptBy) || undone.has(mergedBy)) return
  const kept = keptId(keptOf, keptBy)
  const merged = keptId(keptOf, mergedBy)
  // Two teams may merge the same two the other way round: the first stands, and nobody is merged with themselves.
  if (kept === merged) return
  keptOf.set(merged, kept)
  const own = members.get(kept)
  const other = members.get(merged)
  // What only the one said goes on with the other.
  if (own !== undefined && other !== undefined) members.set(kept, changed(other, own))
  const home = homes.get(merged)
  if (home !== undefined && !homes.has(kept)) homes.set(kept, home)
}

const follow = (people: People, { happening }: HouseholdFact): void => {
  const { members, homes, keptOf } = people
  if (happening.is === 'member-changed') {
    const person = keptId(keptOf, happening.personId)
    const before = members.get(person)
    if (before !== undefined) members.set(person, changed(before, happening.change, happening.cleared))
  }
  if (happening.is === 'member-moved') homes.set(keptId(keptOf, happening.personId), happening.toHouseholdId)
  if (happening.is === 'member-left') homes.delete(keptId(keptOf, happening.personId))
  if (happening.is === 'members-merged') merge(people, happening.keptId, happening.mergedId)
}

/** Everybody is there before anything is said of them: whose phone says it may have a clock that is behind. */
const peopleOf = (facts: readonly HouseholdFact[], undone: ReadonlySet<string>): People => {
  const people: People = { members: new Map(), homes: new Map(), keptOf: new Map(), undone }
  for (const { id, householdId, happening } of facts) {
    if (happening.is !== 'member-added') continue
    people.members.set(id, happening.member)
    people.homes.set(id, householdId)
  }
  for (const fact of facts) follow(people, fact)
  return people
}

const livingIn = ({ members, homes, keptOf }: People, householdId: string): PersonState[] =>
  [...members].flatMap(([id, member]) => {
    if (keptOf.has(id) || homes.get(id) !== householdId) return []
    const mergedIds = [...keptOf.keys()].filter((merged) => keptId(keptOf, merged) === id)
    return [{ id, member, mergedIds: mergedIds.sort() }]
  })

const householdOf = (id: string, own: readonly HouseholdFact[], people: People): Household => {
  let address: DoorAddress | undefined
  let gridCellId: number | undefined
  let correctedAtMs: number | undefined
  const outcomes: Household['outcomes'][number][] = []
  const asked: Household['asked'][number][] = []
  for (const { happening, occurredAtMs: atMs, accountId } of own) {
    if (happening.is === 'household-opened') gridCellId ??= happening.gridCellId
    if (happening.is === 'household-opened' || happening.is === 'address-corrected')
      address = happening.address
    if (happening.is === 'address-corrected') correctedAtMs = atMs
    if (happening.is === 'door-outcome')
      outcomes.push({ outcome: happening.outcome, atMs, tasks: happening.tasks, accountId })
    if (happening.is === 'task-asked') asked.push({ task: happening.task, dueBy: happening.dueBy, atMs })
  }
  const visits = visitsOf(own)
  return { id, gridCellId, address, correctedAtMs, people: livingIn(people, id), visits, outcomes, asked }
}

/**
 * Households as they follow from facts, in any order and however often each is given. Two teams that changed one
 * household apart from each other both stand: of an entry only those fields are replaced that a later fact names.
 */
export const householdsOf = (facts: readonly HouseholdFact[]): ReadonlyMap<string, Household> => {
  const counting = standing(facts)
  const people = peopleOf(counting, undoneIds(facts))
  const byHousehold = Map.groupBy(counting, ({ householdId }) => householdId)
  for (const home of people.homes.values()) if (!byHousehold.has(home)) byHousehold.set(home, [])
  return new Map(
    [...byHousehold]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, own]) => [id, householdOf(id, own, people)]),
  )
}

/** Somebody by any of their entries, and where they live; without a household once they left. */
export type KnownPerson = {
  readonly id: string
  readonly member: Member | ShownMember
  readonly householdId: string | undefined
}

/** Somebody wherever they live or lived; undefined where nothing that opens tells of them. */
export const personOf = (facts: readonly HouseholdFact[], id: string): KnownPerson | undefined => {
  const { members, homes, keptOf } = peopleOf(standing(facts), undoneIds(facts))
  const kept = keptId(keptOf, id)
  const member = members.get(kept)
  return member === undefined ? undefined : { id: kept, member, householdId: homes.get(kept) }
}

/** A household that no fact is about yet. */
export const emptyHousehold = (id: string): Household => ({
  id,
  gridCellId: undefined,
  address: undefined,
  correctedAtMs: undefined,
  people: [],
  visits: [],
  outcomes: [],
  asked: [],
})
