import { parentPort } from 'node:worker_threads'
import { computations } from './computations.ts'

/** One piece of work for the thread. */
export type Asked = { readonly id: number; readonly name: string; readonly input: unknown }
export type Answered = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: string; readonly isRange: boolean }
)

const known: Readonly<Record<string, (input: never) => unknown>> = computations

const answer = ({ id, name, input }: Asked): Answered => {
  try {
    const compute = Object.hasOwn(known, name) ? known[name] : undefined
    if (compute === undefined) return { id, error: `no computation ${name}`, isRange: false }
    return { id, value: compute(input as never) }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return { id, error: text, isRange: error instanceof RangeError }
  }
}

parentPort?.on('message', (asked: Asked) => parentPort?.postMessage(answer(asked)))
