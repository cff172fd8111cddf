import type { ServerContext } from '#src/context.ts'
import { type Rounds, startRounds } from './rounds.ts'

const everyMs = 15_000

/**
 * Hands up by the clock what nobody took care of, one round at a time.
 * @param escalate  one round   @param failed  what the log says of a round that failed; the next one tries again
 */
export const startEscalationRounds = (
  context: ServerContext,
  escalate: (context: ServerContext) => Promise<unknown>,
  failed: string,
): Rounds =>
  startRounds(
    everyMs,
    () => escalate(context),
    (error) => context.log.warn({ err: error }, failed),
  )
