import type { PartWork } from '@guankou/contract/households/record-household-fact.ts'
import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import {
  type HouseholdMakerRole,
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
  readonly byRole: HouseholdMakerRole
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

/** Three who stand at one door each open the visit on their own phone; within this time it is the same one. */
export const sameVisitMs = 60 * 60_000

type Opened = { readonly fact: HouseholdFact; readonly tasks: readonly VisitTask[] }

/** Openings, each with those after it that belong to the same visit. @param facts  in order */
const openings = (facts: readonly HouseholdFact[]): readonly (readonly Opened[])[] => {
  const visits: Opened[][] = []
  for (const fact of facts) {
    if (fact.happening.is !== 'visit-opened') continue
    const opened = { fact, tasks: fact.happening.tasks }
    const current = visits.at(-1)
    const first = current?.[0]?.fact
    if (first !== undefined && fact.occurredAtMs - first.occurredAtMs <= sameVisitMs) current?.push(opened)
    else visits.push([opened])
  }
  return visits
}

/** Visits of one household, oldest first. What was done or signed is found by the opening it names, whichever came first. */
export const visitsOf = (facts: readonly HouseholdFact[]): readonly Visit[] =>
  openings(facts).flatMap((opened) => {
    const [first] = opened
    if (first === undefined) return []
    const ids = opened.map(({ fact }) => fact.id)
    const done: Visit['done'][number][] = []
    const signed: Visit['signed'][number][] = []
    for (const fact of facts) {
      const { happening } = fact
      if (happening.is === 'part-done' && ids.includes(happening.visitId))
        done.push({ ...entryOf(fact, happening.by), work: happening.work })
      if (happening.is === 'visit-signed' && ids.includes(happening.visitId))
        signed.push({ ...entryOf(fact, happening.by), part: happening.part })
    }
    const tasks = [...new Set(opened.flatMap((each) => each.tasks))]
    const { id, occurredAtMs, accountId } = first.fact
    return [{ id, openedAtMs: occurredAtMs, accountId, tasks, done, signed }]
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
