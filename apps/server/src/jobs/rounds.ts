/** A piece of work that the clock asks for again and again. */
export type Rounds = { readonly runOnce: () => Promise<void>; readonly stop: () => Promise<void> }

/**
 * Does a round at once and then by the clock, one at a time: whoever asks while one is at work waits for that one.
 * @param everyMs  from one start to the next   @param round  one round
 * @param failed  told of a round that failed; the next one tries again
 */
export const startRounds = (
  everyMs: number,
  round: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Rounds => {
  let running: Promise<void> | undefined
  const runOnce = (): Promise<void> => {
    running ??= round()
      .then(() => undefined)
      .catch(failed)
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
