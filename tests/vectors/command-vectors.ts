import { readFileSync } from 'node:fs'

export type Verdict = 'accepted' | { readonly code: string; readonly path: string }
type Change = { readonly at: string; readonly to?: unknown }
type Vectors = {
  readonly now: string
  readonly base: object
  readonly cases: readonly {
    readonly name: string
    readonly changes: readonly Change[]
    readonly expected: Verdict
  }[]
}

const vectors = JSON.parse(
  readFileSync(new URL('./screening-commands.json', import.meta.url), 'utf8'),
) as Vectors

const changed = (base: object, { at, to }: Change): object => {
  const copy = structuredClone(base) as Record<string, unknown>
  const keys = at.split('/').slice(1)
  const last = keys.pop() ?? ''
  const place = keys.reduce((node, key) => node[key] as Record<string, unknown>, copy)
  if (to === undefined) delete place[last]
  else place[last] = to
  return copy
}

/** The commands of `screening-commands.json` with their changes made, and what must become of each. */
export const commandVectors = {
  nowMs: Date.parse(vectors.now),
  cases: vectors.cases.map(({ name, changes, expected }) => ({
    name,
    expected,
    command: changes.reduce(changed, vectors.base),
  })),
}
