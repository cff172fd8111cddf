import type { Refusal } from '@guankou/contract/errors.ts'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { printableText } from '#src/printable-text.ts'

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal; readonly detail: string }

export type Checker<T> = (value: unknown) => Checked<T>

/** Longest path that is sent back: a path repeats the sender's own keys, and those can be of any length. */
const longestPath = 200

const invalid = (path: string, detail: string): Checked<never> => ({
  ok: false,
  refusal: { code: 'INVALID_INPUT', path: printableText(path.slice(0, longestPath)) },
  detail,
})

/** Compiles a schema into a check that names the first field that is not as required (JSON Pointer, RFC 6901). */
export const compileChecker = <const S extends TSchema>(schema: S): Checker<Static<S>> => {
  const validator = Compile(schema)
  return (value) => {
    try {
      if (validator.Check(value)) return { ok: true, value: value as Static<S> }
      const [first] = validator.Errors(value)
      return invalid(first?.instancePath ?? '', first?.message ?? 'not as required')
    } catch (error) {
      // Comparing the items of a list goes as deep as they are nested, and that may be deeper than the stack.
      if (error instanceof RangeError) return invalid('', 'nested too deeply')
      throw error
    }
  }
}
