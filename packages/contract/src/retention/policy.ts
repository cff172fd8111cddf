import Type, { type Static } from 'typebox'
import { Count } from '../primitives.ts'

/**
 * What is kept for how long. `identity`: names, document numbers, phones, plates, their digests and every sealed free
 * text of the day. `health`: the facts themselves, with readings, symptoms and exposures. Roll-ups are counts and stay.
 */
export const retainedClasses = ['identity', 'health'] as const
export type RetainedClass = (typeof retainedClasses)[number]

/** Full days that are kept after the local day they belong to. */
export const RetentionDays = Type.Object(
  {
    identityDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
    healthDays: Type.Integer({ minimum: 1, maximum: 36_500 }),
  },
  { additionalProperties: false },
)
export type RetentionDays = Static<typeof RetentionDays>

/**
 * Where a response decides nothing else: identities for two incubation periods of 14 days, in which somebody may have to
 * be told; findings for half a year, in which a response is looked back on.
 */
export const defaultRetentionDays: RetentionDays = { identityDays: 28, healthDays: 180 }

/** Counts of what a day held, taken before it was destroyed. */
export const RetainedCounts = Type.Object(
  {
    vehicles: Count,
    travellers: Count,
    /** Sealed fields. */
    fields: Count,
  },
  { additionalProperties: false },
)
export type RetainedCounts = Static<typeof RetainedCounts>
