import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'

export type PlanFault = 'window-is-empty' | 'windows-overlap' | 'ladder-runs-back' | 'code-twice'

/** What is wrong with a plan beyond its form; a plan without faults can be followed by every rule here. */
export const planFaults = ({ windows, ladder, signs }: FollowUpPlan): readonly PlanFault[] => [
  ...(windows.some(({ fromMinute, untilMinute }) => fromMinute >= untilMinute)
    ? (['window-is-empty'] as const)
    : []),
  ...(windows.some(
    ({ fromMinute }, index) => index > 0 && fromMinute < (windows[index - 1]?.untilMinute ?? 0),
  )
    ? (['windows-overlap'] as const)
    : []),
  ...(ladder.some(
    ({ afterMinutes }, index) => index > 0 && afterMinutes < (ladder[index - 1]?.afterMinutes ?? 0),
  )
    ? (['ladder-runs-back'] as const)
    : []),
  ...(new Set(signs.map(({ code }) => code)).size < signs.length ? (['code-twice'] as const) : []),
]
