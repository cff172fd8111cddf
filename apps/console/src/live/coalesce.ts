/** What a coalescer needs of its surroundings, so that a test can turn the clock. */
export type CoalescerPorts = {
  readonly nowMs: () => number
  readonly after: (delayMs: number, act: () => void) => () => void
}

export type Coalescer = { readonly request: () => void; readonly stop: () => void }

/**
 * Turns many requests into few rounds: the first request starts a round at once; rounds start at least `everyMs` apart
 * and never overlap; a request that comes during a round gets one of its own afterwards, so that what was committed
 * after the round had read is never missed.
 */
export const createCoalescer = (
  everyMs: number,
  round: () => Promise<void>,
  ports: CoalescerPorts,
): Coalescer => {
  let startedAtMs = Number.NEGATIVE_INFINITY
  let running = false
  let wanted = false
  let stopped = false
  let cancel: (() => void) | undefined

  const startWhenDue = (): void => {
    if (!wanted || running || stopped || cancel !== undefined) return
    const waitMs = startedAtMs + everyMs - ports.nowMs()
    if (waitMs > 0) {
      cancel = ports.after(waitMs, () => {
        cancel = undefined
        startWhenDue()
      })
      return
    }
    wanted = false
    running = true
    startedAtMs = ports.nowMs()
    void round().finally(() => {
      running = false
      startWhenDue()
    })
  }

  return {
    request: () => {
      wanted = true
      startWhenDue()
    },
    stop: () => {
      stopped = true
      cancel?.()
    },
  }
}
