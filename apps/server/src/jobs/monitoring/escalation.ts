import type { ServerContext } from '#src/context.ts'
import { escalateAlarms } from '#src/use-cases/monitoring/escalate-alarms.ts'

const everyMs = 15_000

export type Escalation = { readonly runOnce: () => Promise<void>; readonly stop: () => Promise<void> }

/** Hands alarms up that nobody acknowledges, by the clock. Several servers may do so: of two that meet, one adds the step. */
export const startEscalation = (context: ServerContext): Escalation => {
  let running: Promise<void> | undefined
  const runOnce = (): Promise<void> => {
    running ??= escalateAlarms(context)
      .then(() => undefined)
      .catch((error: unknown) =>
        context.log.warn({ err: error }, 'alarms were not handed up; it is tried again'),
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
