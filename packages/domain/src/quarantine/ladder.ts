import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'
import type { ContactWay } from '@guankou/contract/quarantine/vocabulary.ts'
import type { DueContact } from './due-contacts.ts'
import type { Episode } from './episode.ts'
import { contactsMade, factsOfKind, type QuarantineFact } from './facts.ts'

const minuteMs = 60_000

export type ReachedStep = { readonly way: ContactWay; readonly atMs: number }

/** What follows since contacts are missed: the steps whose time has come, and the one that comes next. */
export type Ladder = {
  readonly window: string
  readonly sinceMs: number
  readonly reached: readonly ReachedStep[]
  readonly next: ReachedStep | undefined
}

/**
 * When each step is due: so many minutes after the first missed window closed, or at once when the step before it was
 * tried in vain.
 */
const stepsOf = (
  plan: FollowUpPlan,
  sinceMs: number,
  facts: readonly QuarantineFact[],
): readonly ReachedStep[] => {
  const inVain = factsOfKind(facts, 'contact').filter(({ result }) => result !== 'reached')
  const steps: ReachedStep[] = []
  for (const { way, afterMinutes } of plan.ladder) {
    const before = steps.at(-1)
    const byClock = Math.max(sinceMs + afterMinutes * minuteMs, before?.atMs ?? sinceMs)
    const failed =
      before && inVain.find((tried) => tried.way === before.way && tried.atMs >= before.atMs)?.atMs
    steps.push({ way, atMs: failed === undefined ? byClock : Math.min(byClock, failed) })
  }
  return steps
}

/**
 * How far the ladder has come, or `undefined` where nobody is being missed. One run of missed windows is one ladder: any
 * contact ends it, and so do leaving and the end of the episode.
 * @param nowMs  Unix time, milliseconds
 */
export const ladderOf = (
  plan: FollowUpPlan,
  facts: readonly QuarantineFact[],
  {
    contacts,
    episode,
    nowMs,
  }: { readonly contacts: readonly DueContact[]; readonly episode: Episode; readonly nowMs: number },
): Ladder | undefined => {
  const known = facts.filter(({ atMs }) => atMs <= nowMs)
  if (episode.endedAtMs !== undefined || episode.state === 'on-leave' || episode.state === 'incoming')
    return undefined
  const brokenMs = Math.max(
    Number.NEGATIVE_INFINITY,
    ...contactsMade(known).map(({ atMs }) => atMs),
    ...episode.away.map(({ untilMs }) => untilMs ?? Number.NEGATIVE_INFINITY),
  )
  const first = contacts.find(({ status, untilMs }) => status === 'missed' && untilMs > brokenMs)
  if (first === undefined) return undefined
  const steps = stepsOf(plan, first.untilMs, known)
  return {
    window: first.key,
    sinceMs: first.untilMs,
    reached: steps.filter(({ atMs }) => atMs <= nowMs),
    next: steps.find(({ atMs }) => atMs > nowMs),
  }
}

export type ClockFact =
  | { readonly kind: 'missed'; readonly window: string; readonly atMs: number }
  | { readonly kind: 'escalated'; readonly window: string; readonly way: ContactWay; readonly atMs: number }

/** Whether a kind of fact names a window already. */
const isKnown = (facts: readonly QuarantineFact[], fact: ClockFact): boolean =>
  facts.some(
    (each) =>
      each.kind === fact.kind &&
      each.window === fact.window &&
      (each.kind !== 'escalated' || fact.kind !== 'escalated' || each.way === fact.way),
  )

/** What the clock has to add: windows that closed without a contact, and steps whose time has come. */
export const clockFacts = (
  facts: readonly QuarantineFact[],
  contacts: readonly DueContact[],
  ladder: Ladder | undefined,
): readonly ClockFact[] => {
  const missed = contacts
    .filter(({ status }) => status === 'missed')
    .map(({ key, untilMs }): ClockFact => ({ kind: 'missed', window: key, atMs: untilMs }))
  const reached = (ladder?.reached ?? []).map(
    ({ way, atMs }): ClockFact => ({ kind: 'escalated', window: ladder?.window ?? '', way, atMs }),
  )
  return [...missed, ...reached].filter((fact) => !isKnown(facts, fact))
}
