import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { householdFields } from '../households/look-up.ts'
import { relations, specialNeeds, verifiedHows, visitTasks } from '../households/vocabulary.ts'
import { accessWays, seenPurposes } from '../identity/purposes.ts'
import { BilingualText, CivilDate, Count, Instant, oneOf } from '../primitives.ts'
import { roles } from '../roles.ts'
import { HeldUntil } from './held-until.ts'

const closed = { additionalProperties: false } as const
const nullable = <const T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Somebody came to see the household: by role, not by name. A team on its round stands once a day. */
export const HouseholdSeenBy = Type.Object(
  {
    at: Instant,
    role: oneOf(roles),
    purpose: oneOf(seenPurposes),
    way: oneOf(accessWays),
    fields: Type.Array(oneOf(householdFields)),
    /** In the officer’s words, where the installation shows them; they may name others. */
    reason: nullable(classified('identity', Type.String())),
  },
  closed,
)
export type HouseholdSeenBy = Static<typeof HouseholdSeenBy>

/** A visit as far as it is about the person. */
export const HeldVisit = Type.Object(
  {
    at: Instant,
    tasks: Type.Array(oneOf(visitTasks)),
    temperatureCelsius: nullable(classified('health', Type.Number())),
    symptoms: classified('health', Type.Array(BilingualText)),
    verified: nullable(oneOf(verifiedHows)),
  },
  closed,
)
export type HeldVisit = Static<typeof HeldVisit>

/** What a household holds of one person; of the others who live there it tells nothing. */
export const HeldHousehold = Type.Object(
  {
    district: BilingualText,
    /** When the person was entered. */
    since: Instant,
    /** False where they are known to have left. */
    livesHere: Type.Boolean(),
    fields: Type.Array(
      Type.Object(
        {
          field: oneOf(householdFields),
          masked: Type.String(),
          text: Type.Optional(classified('identity', Type.String())),
        },
        closed,
      ),
    ),
    relation: oneOf(relations),
    birthYear: nullable(classified('identity', Type.Integer())),
    needs: classified('health', Type.Array(oneOf(specialNeeds))),
    stays: classified('health', Type.Array(Type.Object({ area: BilingualText, until: CivilDate }, closed))),
    contactWithCase: nullable(classified('health', Type.Boolean())),
    visits: Type.Array(HeldVisit),
    /** Visits that there were in all. */
    visitCount: Count,
    identityHeld: HeldUntil,
    seenBy: Type.Array(HouseholdSeenBy),
  },
  closed,
)
export type HeldHousehold = Static<typeof HeldHousehold>
