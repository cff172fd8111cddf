import type { Refusal } from '@guankou/contract/errors.ts'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal; readonly detail: string }

export type Checker<T> = (value: unknown) => Checked<T>

/** Longest path that is sent back: a path repeats the sender's own keys, and those can be of any length. */
const longestPath = 200

/** Compiles a schema into a check that names the first field that is not as required (JSON Pointer, RFC 6901). */
export const compileChecker = <const S extends TSchema>(schema: S): Checker<Static<S>> => {
  const validator = Compile(schema)
  return (value) => {
    if (validator.Check(value)) return { ok: true, value: value as Static<S> }
    const [first] = validator.Errors(value)
    const path = (first?.instancePath ?? '').slice(0, longestPath)
    return {
      ok: false,
      refusal: { code: 'INVALID_INPUT', path },
      detail: first?.message ?? 'not as required',
    }
  }
}
