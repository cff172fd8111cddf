import { endpoints } from '@guankou/contract/endpoints.ts'
import type { FastifySchema } from 'fastify'
import { describe, expect, it } from 'vitest'
import { describeOperation } from './openapi.ts'
import { compileSerializer } from './serialization.ts'

type Answers = Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>

const schemasOf = ({ response }: FastifySchema): readonly object[] =>
  Object.values(response as Answers).flatMap((answer) =>
    answer.content === undefined ? [answer] : Object.values(answer.content).map(({ schema }) => schema),
  )

const route = (schema: object) => ({ schema, method: 'GET', url: '/', httpStatus: '200' })

/** Fails where the schema cannot be compiled; that a value does not fit is no matter here. */
const compiles = (schema: object): boolean => {
  try {
    compileSerializer(route(schema))({})
    return true
  } catch (error) {
    return error instanceof Error && !/schema/i.test(`${error.name} ${error.stack?.split('\n')[1]}`)
  }
}

describe('answers', () => {
  it('of every endpoint have a schema that can be compiled', () => {
    for (const endpoint of Object.values(endpoints))
      for (const schema of schemasOf(describeOperation(endpoint)))
        expect(compiles(schema), endpoint.id).toBe(true)
  })

  it('hold what their schema names and nothing else', () => {
    const schema = { type: 'object', properties: { code: { type: 'string' } }, additionalProperties: false }
    const serialize = compileSerializer(route(schema))
    expect(serialize({ code: 'X', secret: 'y' })).toBe('{"code":"X"}')
    expect(compileSerializer(route(schema))({ code: 'Z' })).toBe('{"code":"Z"}')
  })

  it('are refused where a schema is none', () => {
    expect(() => compileSerializer(route({ type: 'no such type' }))({})).toThrow()
  })
})
