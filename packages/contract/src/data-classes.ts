import type { TSchema } from 'typebox'

/**
 * How a field must be treated, written in the schema as `x-data-class`.
 * `identity`: encrypted at rest, never in a log, a list or a metric. `health`: about one person's health.
 * `operational`: about the work. `public`: anyone may see it.
 */
export type DataClass = 'identity' | 'health' | 'operational' | 'public'

/** Marks a schema with its data class; JSON Schema readers see an annotation. */
export const classified = <S extends TSchema>(dataClass: DataClass, schema: S): S =>
  ({ ...schema, 'x-data-class': dataClass }) as S

/** Reads the class back, or `undefined` where none was given. */
export const dataClassOf = (schema: object): DataClass | undefined =>
  (schema as { 'x-data-class'?: DataClass })['x-data-class']
