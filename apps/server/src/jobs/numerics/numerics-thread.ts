import { Piscina } from 'piscina'
import type { ComputationName, Computations } from './computations.ts'

export type Compute = <N extends ComputationName>(
  name: N,
  input: Parameters<Computations[N]>[0],
) => Promise<ReturnType<Computations[N]>>

/**
 * A thread beside the one that answers requests. Begun with the first question, it works on one at a time, and ends when it was
 * asked nothing for a while, for it keeps the memory that its work took; to stop ends it in the middle.
 */
export type NumericsThread = { readonly compute: Compute; readonly stop: () => Promise<void> }

export const createNumericsThread = (restMs = 10_000): NumericsThread => {
  const pool = new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    name: 'answer' satisfies keyof typeof import('./worker.ts'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: restMs,
    atomics: 'disabled',
  })
  let isStopped = false
  return {
    compute: async (name, input) => {
      // A pool that was destroyed would begin anew.
      if (isStopped) throw new Error('the numerics thread was stopped')
      return pool.run({ name, input })
    },
    stop: () => {
      isStopped = true
      return pool.destroy()
    },
  }
}
