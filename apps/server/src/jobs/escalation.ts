import type { ServerContext } from '#src/context.ts'

const everyMs = 15_000

export type Escalation = { readonly runOnce: () => Promise<void>; readonly stop: () => Promise<void> }

/**
 * Hands up by the clock what nobody took care of, one round at a time.
 * @param escalate  one round   @param failed  what the log says of a round that failed; the next one tries again
 */
export const startRounds = (
  context: ServerContext,
  escalate: (context: ServerContext) => Promise<unknown>,
  failed: string,
): Escalation => {
  let running: Promise<void> | undefined
  const runOnce = (): Promise<void> => {
    running ??= escalate(context)
      .then(() => undefined)
      .catch((error: unknown) => context.log.warn({ err: error }, failed))
      .finally(() => {
        running = undefined
      })
    return running
  }
  void runOnce()
  const timer = setInterval(() => void runOnce(), everyMs)
  timer.unref()
  return {
    runOnce,
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
