import { computations } from './computations.ts'

/** One piece of work for the thread. */
type Asked = { readonly name: string; readonly input: unknown }

const known: Readonly<Record<string, (input: never) => unknown>> = computations

/** What the pool of threads runs. */
export const answer = ({ name, input }: Asked): unknown => {
  const compute = Object.hasOwn(known, name) ? known[name] : undefined
  if (compute === undefined) throw new Error(`no computation ${name}`)
  return compute(input as never)
}
