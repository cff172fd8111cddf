import type { TSchema } from 'typebox'

/**
 * How a field must be treated, written in the schema as `x-data-class`.
 * `identity`: encrypted at rest, never in a log, a list or a metric. `health`: about one person's health.
 * `operational`: about the work. `public`: anyone may see it.
 * What carries no mark is about the work.
 */
export type DataClass = 'identity' | 'health' | 'operational' | 'public'

/** Marks a schema with its data class; JSON Schema readers see an annotation. */
export const classified = <S extends TSchema>(dataClass: DataClass, schema: S): S =>
  ({ ...schema, 'x-data-class': dataClass }) as S

/** Reads the class back, or `undefined` where none was given. */
export const dataClassOf = (schema: object): DataClass | undefined =>
  (schema as { 'x-data-class'?: DataClass })['x-data-class']

type Schema = { readonly [key: string]: unknown }

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Every schema inside a schema, itself included. */
const within = (schema: unknown): readonly Schema[] => {
  if (!isSchema(schema)) return []
  const { properties, items, anyOf, allOf } = schema
  const inner = [
    ...(isSchema(properties) ? Object.values(properties) : []),
    ...[anyOf, allOf, items].flatMap((variants) => variants ?? []),
  ]
  return [schema, ...inner.flatMap(within)]
}

/**
 * Classes of data that something of this schema can hold, however deep.
 * @example dataClassesIn({ items: classified('health', {}) }).has('health') // true
 */
export const dataClassesIn = (schema: object | undefined): ReadonlySet<DataClass> =>
  new Set(within(schema).map((inner) => dataClassOf(inner) ?? 'operational'))
