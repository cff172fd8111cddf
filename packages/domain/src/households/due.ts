import type { VisitRules } from '@guankou/contract/households/visit-rules.ts'
import type { VisitTask } from '@guankou/contract/households/vocabulary.ts'
import type { Household } from '#src/households/household-state.ts'
import { type DoorNext, nextStepAfter } from '#src/households/next-step.ts'
import { isComplete } from '#src/households/visits.ts'

/** Something that a door is to be visited for. @property dueBy  local day, YYYY-MM-DD */
export type Asked = { readonly task: VisitTask; readonly dueBy: string; readonly atMs: number }
export type DueTask = { readonly task: VisitTask; readonly dueBy: string }

/** When complete visits last settled each task, Unix ms: what was asked by the time a visit was opened. */
export const settledTasks = (
  rules: VisitRules,
  { visits }: Pick<Household, 'visits'>,
): ReadonlyMap<VisitTask, number> => {
  const settled = new Map<VisitTask, number>()
  for (const visit of visits)
    if (isComplete(rules, visit))
      for (const task of visit.tasks)
        settled.set(task, Math.max(settled.get(task) ?? Number.NEGATIVE_INFINITY, visit.openedAtMs))
  return settled
}

/** What has been asked and no complete visit has settled since: each task once with its earliest day, the earliest first. */
export const openTasks = (
  asked: readonly Asked[],
  settled: ReadonlyMap<VisitTask, number>,
): readonly DueTask[] => {
  const due = new Map<VisitTask, string>()
  for (const { task, dueBy, atMs } of asked) {
    if (atMs <= (settled.get(task) ?? Number.NEGATIVE_INFINITY)) continue
    const known = due.get(task)
    if (known === undefined || dueBy < known) due.set(task, dueBy)
  }
  return [...due]
    .map(([task, dueBy]) => ({ task, dueBy }))
    .sort((a, b) => (a.dueBy < b.dueBy ? -1 : a.dueBy > b.dueBy ? 1 : a.task < b.task ? -1 : 1))
}

/** What a household is due for. @param elsewhere  what was asked of it otherwise than by its own facts */
export const dueTasksOf = (
  rules: VisitRules,
  household: Household,
  elsewhere: readonly Asked[] = [],
): readonly DueTask[] => openTasks([...household.asked, ...elsewhere], settledTasks(rules, household))

/** When the last complete visit was opened, Unix ms. */
export const lastCompleteMs = (
  rules: VisitRules,
  { visits }: Pick<Household, 'visits'>,
): number | undefined => visits.findLast((visit) => isComplete(rules, visit))?.openedAtMs

/**
 * The next step of a door, from what became of it since its last complete visit. A wrong address that was corrected since
 * asks for nothing any more: the door is gone to anew.
 */
export const doorNextOf = (
  rules: VisitRules,
  timeZone: string,
  household: Pick<Household, 'visits' | 'outcomes' | 'correctedAtMs'>,
): DoorNext | undefined => {
  const { outcomes, correctedAtMs } = household
  const lastMs = lastCompleteMs(rules, household) ?? Number.NEGATIVE_INFINITY
  const last = outcomes.at(-1)
  const isOverMs =
    last?.outcome === 'wrong-address' && correctedAtMs !== undefined && correctedAtMs > last.atMs
      ? last.atMs
      : lastMs
  return nextStepAfter(
    rules,
    timeZone,
    outcomes.filter(({ atMs }) => atMs > Math.max(isOverMs, lastMs)),
  )
}

/** When anybody last stood at the door, and who: an outcome, or a visit that was opened. */
export const lastTried = (
  household: Pick<Household, 'visits' | 'outcomes'>,
): { readonly atMs: number; readonly accountId: string } | undefined =>
  [
    ...household.outcomes.map(({ atMs, accountId }) => ({ atMs, accountId })),
    ...household.visits.map(({ openedAtMs, accountId }) => ({ atMs: openedAtMs, accountId })),
  ]
    .sort((a, b) => a.atMs - b.atMs)
    .at(-1)
