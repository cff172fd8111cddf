import selectSerializer from '@fastify/fast-json-stringify-compiler'
import type { FastifySerializerCompiler } from 'fastify'

type Route = Parameters<FastifySerializerCompiler<object>>[0]
type Serializer = ReturnType<FastifySerializerCompiler<object>>

const compile = selectSerializer()() as FastifySerializerCompiler<object>

/** By schema: that of a refusal stands in more than a thousand answers. */
const compiled = new WeakMap<object, Serializer>()

const serializerOf = (route: Route): Serializer => {
  const known = compiled.get(route.schema)
  if (known !== undefined) return known
  const made = compile(route)
  compiled.set(route.schema, made)
  return made
}

/** Compiles the schema of an answer when it is first given: most of a server's start would be those never given. */
export const compileSerializer: FastifySerializerCompiler<object> = (route) => {
  let serialize: Serializer | undefined
  return (data) => {
    serialize ??= serializerOf(route)
    return serialize(data)
  }
}
