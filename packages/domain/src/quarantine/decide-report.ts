import type { HelpKind } from '@guankou/contract/quarantine/vocabulary.ts'
import { readCommandTime, refuse } from '#src/screening/command-time.ts'
import { clockToleranceMs } from '#src/screening/decide.ts'
import { type DecidedQuarantineFact, observed } from './decide-step.ts'
import type { Episode } from './episode.ts'
import type { QuarantineOrder } from './facts.ts'

/** What the person themselves sends: how they are, or what they need. */
export type OwnWord = { readonly id: string; readonly occurredAt: string } & (
  | {
      readonly is: 'report'
      readonly temperatureCelsius?: number
      readonly signs: readonly string[]
    }
  | { readonly is: 'help'; readonly help: HelpKind }
)

/**
 * Whether the word of somebody in quarantine is taken. One that was kept on their phone counts for when it was said, as long as
 * that lies within the episode, whatever has become of it since.
 */
export const decideOwnWord = (
  { order, episode }: { readonly order: QuarantineOrder; readonly episode: Episode },
  word: OwnWord,
  nowMs: number,
): DecidedQuarantineFact => {
  const time = readCommandTime(word, nowMs)
  if (!time.ok) return time
  if (time.atMs < order.orderedAtMs - clockToleranceMs)
    return refuse('QUARANTINE_TIME_RUNS_BACK', '/occurredAt')
  // Whoever was handed on is heard here until somebody else has received them.
  if (episode.closedAtMs !== undefined && time.atMs > episode.closedAtMs)
    return refuse(episode.state === 'moved' ? 'QUARANTINE_MOVED' : 'QUARANTINE_OVER', '/occurredAt')
  const fact = { id: word.id, atMs: time.atMs }
  if (word.is === 'help') return { ok: true, fact: { ...fact, kind: 'help', help: word.help } }
  const seen = observed(order, word)
  return 'ok' in seen ? seen : { ok: true, fact: { ...fact, kind: 'report', ...seen } }
}
