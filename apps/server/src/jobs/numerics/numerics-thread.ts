import { Worker } from 'node:worker_threads'
import type { ComputationName, Computations } from './computations.ts'
import type { Answered, Asked } from './worker.ts'

const program = new URL('./worker.ts', import.meta.url)

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }

export type Compute = <N extends ComputationName>(
  name: N,
  input: Parameters<Computations[N]>[0],
) => Promise<ReturnType<Computations[N]>>

/**
 * A thread beside the one that answers requests. Begun with the first question, it works on one at a time, and ends when it was
 * asked nothing for a while, for what it holds after an hour's work is not given back before; to stop ends it in the middle.
 */
export type NumericsThread = { readonly compute: Compute; readonly stop: () => Promise<void> }

export const createNumericsThread = (
  restMs = 10_000,
  open: () => Worker = () => new Worker(program),
): NumericsThread => {
  let worker: Worker | undefined
  let ending: NodeJS.Timeout | undefined
  let asked = 0
  let isStopped = false
  const waiting = new Map<number, Waiting>()
  const giveUp = (of: Worker, error: Error): void => {
    if (of !== worker) return
    worker = undefined
    for (const each of waiting.values()) each.reject(error)
    waiting.clear()
  }
  const take = (answered: Answered): void => {
    const each = waiting.get(answered.id)
    waiting.delete(answered.id)
    if ('value' in answered) each?.resolve(answered.value)
    else each?.reject(answered.isRange ? new RangeError(answered.error) : new Error(answered.error))
    if (waiting.size === 0) ending = setTimeout(end, restMs).unref()
  }
  const end = (): void => {
    const ended = worker
    worker = undefined
    void ended?.terminate()
  }
  const begin = (): Worker => {
    const begun = open()
    begun.unref()
    begun.on('message', take)
    begun.on('error', (error) => giveUp(begun, error))
    begun.on('exit', () => giveUp(begun, new Error('the numerics thread ended')))
    return begun
  }
  return {
    compute: (name, input) =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(new Error('the numerics thread was stopped'))
          return
        }
        clearTimeout(ending)
        worker ??= begin()
        asked += 1
        waiting.set(asked, { resolve: resolve as (value: unknown) => void, reject })
        worker.postMessage({ id: asked, name, input } satisfies Asked)
      }),
    stop: async () => {
      isStopped = true
      clearTimeout(ending)
      await worker?.terminate()
    },
  }
}
