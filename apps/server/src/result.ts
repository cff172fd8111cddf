import type { Refusal } from '@guankou/contract/errors.ts'

/** A use-case ends in a value or a refusal; bugs throw. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

export const done = <T>(value: T): Result<T> => ({ ok: true, value })

export const refused = (code: Refusal['code'], path?: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: path === undefined ? { code } : { code, path },
})
