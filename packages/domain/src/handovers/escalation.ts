import {
  type HandoverEscalationRole,
  handoverEscalationRoles,
  type TimedStage,
  timedStages,
} from '@guankou/contract/handovers/vocabulary.ts'
import type { Custody } from '#src/handovers/custody.ts'

/** How long people may wait for transport, and be on the way, minutes. */
export type HandoverLimits = { readonly waitMinutes: number; readonly roadMinutes: number }

/** What holds until the commander decides otherwise. */
export const usualHandoverLimits: HandoverLimits = { waitMinutes: 30, roadMinutes: 60 }

const timedStage = ({ state }: Pick<Custody, 'state'>): TimedStage | undefined =>
  timedStages.find((stage) => stage === state)

const limitMs = (stage: TimedStage, limits: HandoverLimits): number =>
  (stage === 'at-post' ? limits.waitMinutes : limits.roadMinutes) * 60_000

/** When a hand-over is past its limit, Unix time in milliseconds; undefined where no limit runs. */
export const overdueAtMs = (
  custody: Pick<Custody, 'state' | 'sinceMs'>,
  limits: HandoverLimits,
): number | undefined => {
  const stage = timedStage(custody)
  return stage === undefined ? undefined : custody.sinceMs + limitMs(stage, limits)
}

export type DueEscalation = { readonly stage: TimedStage; readonly toRole: HandoverEscalationRole }

/**
 * Whom a hand-over goes to now, or `undefined` where it stays: the lead after the limit of its stage, the commander after the
 * same time again. A stage that is over escalates no further.
 */
export const handoverEscalationDue = (
  custody: Pick<Custody, 'state' | 'sinceMs' | 'escalatedTo'>,
  limits: HandoverLimits,
  nowMs: number,
): DueEscalation | undefined => {
  const stage = timedStage(custody)
  if (stage === undefined) return undefined
  const step = custody.escalatedTo[stage].length
  const toRole = handoverEscalationRoles[step]
  if (toRole === undefined || nowMs < custody.sinceMs + limitMs(stage, limits) * (step + 1)) return undefined
  return { stage, toRole }
}
