import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { BilingualText, Instant, oneOf } from '../primitives.ts'
import { contactStatuses } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** Symptoms, or what was found in a house, by the codes of the plan. */
export const Signs = classified(
  'health',
  Type.Array(Type.String({ pattern: '^[a-z][a-z-]{0,39}$', maxLength: 40 }), {
    maxItems: 20,
    uniqueItems: true,
  }),
)
export const Temperature = classified('health', Type.Number({ minimum: 30, maximum: 45 }))

/** One contact that was or is due. */
export const DueContactView = Type.Object(
  { from: Instant, until: Instant, status: oneOf(contactStatuses) },
  closed,
)
export type DueContactView = Static<typeof DueContactView>

export const NamedSign = Type.Object({ code: Type.String(), name: BilingualText }, closed)
