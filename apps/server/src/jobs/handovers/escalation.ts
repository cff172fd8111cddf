import type { ServerContext } from '#src/context.ts'
import { escalateHandovers } from '#src/use-cases/handovers/escalate-handovers.ts'

const everyMs = 15_000

export type HandoverEscalation = { readonly runOnce: () => Promise<void>; readonly stop: () => Promise<void> }

/** Hands up what takes too long, by the clock. Several servers may do so: of two that meet, one adds the fact. */
export const startHandoverEscalation = (context: ServerContext): HandoverEscalation => {
  let running: Promise<void> | undefined
  const runOnce = (): Promise<void> => {
    running ??= escalateHandovers(context)
      .then(() => undefined)
      .catch((error: unknown) =>
        context.log.warn({ err: error }, 'hand-overs were not handed up; it is tried again'),
      )
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
