import Type, { type Static } from 'typebox'
import { doorOutcomes, relations, visitTasks } from '../households/vocabulary.ts'
import { LookUpAnswer, LookUpLimits, MaskedField } from '../identity/look-up.ts'
import { BilingualText, CivilDate, Count, DivisionCode, oneOf, UuidV7 } from '../primitives.ts'
import { quarantineFields } from '../quarantine/people.ts'
import { quarantineSites, quarantineStates } from '../quarantine/vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** An order that was found, with the person covered; nothing of their health. */
export const OrderMatch = Type.Object(
  {
    quarantineId: UuidV7,
    jurisdiction: DivisionCode,
    district: BilingualText,
    responseName: BilingualText,
    site: oneOf(quarantineSites),
    state: oneOf(quarantineStates),
    inForce: Type.Boolean(),
    countedFrom: CivilDate,
    lastDay: CivilDate,
    /** Which day today is, and of how many. */
    dayNumber: Type.Integer(),
    days: Type.Integer(),
    person: Type.Array(Type.Object({ field: oneOf(quarantineFields), masked: Type.String() }, closed)),
  },
  closed,
)
export type OrderMatch = Static<typeof OrderMatch>

/** A household that was found, with its people covered; nothing of their health, exposure or needs. */
export const HouseholdMatch = Type.Object(
  {
    householdId: UuidV7,
    jurisdiction: DivisionCode,
    district: BilingualText,
    /** The head of the address alone; null where its day is destroyed. */
    addressHead: nullable(Type.String()),
    /** How many live there, also where not all are listed. */
    people: Count,
    members: Type.Array(
      Type.Object({ personId: UuidV7, relation: oneOf(relations), fields: Type.Array(MaskedField) }, closed),
    ),
    due: Type.Array(Type.Object({ task: oneOf(visitTasks), dueBy: CivilDate }, closed)),
    lastOutcome: nullable(oneOf(doorOutcomes)),
    /** Local day of the last visit that was complete, and of the last time somebody stood at the door. */
    visitedOn: nullable(CivilDate),
    triedOn: nullable(CivilDate),
  },
  closed,
)
export type HouseholdMatch = Static<typeof HouseholdMatch>

const beside = { more: Type.Boolean(), limits: LookUpLimits } as const

/** What was found for a question: by what it asks, one of three. */
export const PairingLookUp = Type.Union([
  Type.Object({ is: Type.Literal('screenings'), ...LookUpAnswer.properties }, closed),
  Type.Object({ is: Type.Literal('orders'), orders: Type.Array(OrderMatch), ...beside }, closed),
  Type.Object({ is: Type.Literal('households'), households: Type.Array(HouseholdMatch), ...beside }, closed),
])
export type PairingLookUp = Static<typeof PairingLookUp>

/** More orders or households than one person has; what is beyond is said to be there. */
export const mostFoundInPairing = 10
export const mostMembersShown = 20
