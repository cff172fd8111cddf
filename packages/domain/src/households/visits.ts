import type { PartWork } from '@guankou/contract/households/record-household-fact.ts'
import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import {
  roleOfPart,
  type VisitPart,
  type VisitTask,
  visitParts,
} from '@guankou/contract/households/vocabulary.ts'
import type { CommunityRole, HouseholdFact } from '#src/households/household-fact.ts'
import { partsNeeded } from '#src/households/visit-rules.ts'

/** What one of the three did, or signed, in a visit: whose it was, and on whose phone. */
export type PartEntry = {
  readonly factId: string
  readonly atMs: number
  readonly byRole: CommunityRole
  readonly byAccountId: string
  readonly onPhoneOf: string
}

export type Visit = {
  readonly id: string
  readonly openedAtMs: number
  readonly accountId: string
  readonly tasks: readonly VisitTask[]
  readonly done: readonly (PartEntry & { readonly work: PartWork })[]
  readonly signed: readonly (PartEntry & { readonly part: VisitPart })[]
}

const entryOf = (
  fact: HouseholdFact,
  by: { readonly role: CommunityRole; readonly accountId: string } | undefined,
): PartEntry => ({
  factId: fact.id,
  atMs: fact.occurredAtMs,
  byRole: by?.role ?? fact.role,
  byAccountId: by?.accountId ?? fact.accountId,
  onPhoneOf: fact.accountId,
})

/** Visits of one household, oldest first. What was done or signed is found by the visit it names, whichever came first. */
export const visitsOf = (facts: readonly HouseholdFact[]): readonly Visit[] =>
  facts.flatMap(({ id, occurredAtMs, accountId, happening }) => {
    if (happening.is !== 'visit-opened') return []
    const done = facts.flatMap((fact) =>
      fact.happening.is === 'part-done' && fact.happening.visitId === id
        ? [{ ...entryOf(fact, fact.happening.by), work: fact.happening.work }]
        : [],
    )
    const signed = facts.flatMap((fact) =>
      fact.happening.is === 'visit-signed' && fact.happening.visitId === id
        ? [{ ...entryOf(fact, fact.happening.by), part: fact.happening.part }]
        : [],
    )
    return [{ id, openedAtMs: occurredAtMs, accountId, tasks: happening.tasks, done, signed }]
  })

export type PartStanding = {
  readonly part: VisitPart
  readonly done: boolean
  readonly signed: boolean
  readonly needed: boolean
}

/** Of each part: whether the tasks need it, whether it is done by whoever it belongs to, and signed after that. */
export const partsStanding = (rules: VisitRules, { tasks, done, signed }: Visit): readonly PartStanding[] => {
  const needed = partsNeeded(rules, tasks)
  return visitParts.map((part) => {
    const own = done.filter(({ work, byRole }) => work.part === part && byRole === roleOfPart[part])
    const lastDoneMs = Math.max(...own.map(({ atMs }) => atMs))
    const isSigned = signed.some(
      (entry) =>
        entry.part === part &&
        entry.byRole === roleOfPart[part] &&
        own.length > 0 &&
        entry.atMs >= lastDoneMs,
    )
    return { part, done: own.length > 0, signed: isSigned, needed: needed.includes(part) }
  })
}

/** A visit is complete with every part that its tasks need, each done and signed. */
export const isComplete = (rules: VisitRules, visit: Visit): boolean => {
  const parts = partsStanding(rules, visit).filter(({ needed }) => needed)
  return parts.length > 0 && parts.every(({ done, signed }) => done && signed)
}
