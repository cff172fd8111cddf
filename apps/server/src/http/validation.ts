import type { Refusal } from '@guankou/contract/errors.ts'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { type Checker, compileChecker } from '#src/schema-checker.ts'

/** What a failed check hands to the error handler. */
export class InputError extends Error {
  readonly refusal: Refusal
  readonly detail: string
  constructor(refusal: Refusal, detail: string) {
    super(detail)
    this.name = 'InputError'
    this.refusal = refusal
    this.detail = detail
  }
}

/** By schema: compiled once in a process, however many servers it starts. */
const checkers = new WeakMap<TSchema, Checker<unknown>>()

const checkerOf = (schema: TSchema): Checker<unknown> => {
  const known = checkers.get(schema)
  if (known !== undefined) return known
  const made = compileChecker(schema)
  checkers.set(schema, made)
  return made
}

/** Checks with the compiled schemas of the contract. Query values arrive as text and are converted; bodies never are. */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = checkerOf(schema)
  return (data: unknown) => {
    const checked = check(httpPart === 'querystring' ? Value.Convert(schema, { ...(data as object) }) : data)
    return checked.ok ? { value: checked.value } : { error: new InputError(checked.refusal, checked.detail) }
  }
}
