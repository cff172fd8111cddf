import type { PushAnswer, PushOutcome } from '@guankou/contract/sync/push.ts'

/** Whether one outcome can be read; one that cannot counts as missing, and its neighbours are settled. */
export const isOutcome = (value: unknown): value is PushOutcome => {
  if (typeof value !== 'object' || value === null) return false
  const outcome = value as { outcome?: unknown; id?: unknown; code?: unknown; recordedAt?: unknown }
  if (outcome.outcome === 'accepted')
    return typeof outcome.id === 'string' && typeof outcome.recordedAt === 'string'
  return (
    outcome.outcome === 'rejected' &&
    (typeof outcome.id === 'string' || outcome.id === null) &&
    typeof outcome.code === 'string'
  )
}

/**
 * Whether a 200 really is the server's answer: captive portals answer 200 too. What is not counts as unreachable, so
 * that nothing is settled by a stranger.
 */
export const isPushAnswer = (value: unknown): value is PushAnswer => {
  if (typeof value !== 'object' || value === null) return false
  const { receivedAt, outcomes } = value as { receivedAt?: unknown; outcomes?: unknown }
  return typeof receivedAt === 'string' && !Number.isNaN(Date.parse(receivedAt)) && Array.isArray(outcomes)
}
