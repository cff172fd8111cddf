import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { CivilDate, DivisionCode, Instant, OriginCode, oneOf, printable, UuidV7 } from '../primitives.ts'
import { Signs, Temperature } from '../quarantine/observation.ts'
import { doorWays } from '../quarantine/vocabulary.ts'
import { documentKinds } from '../screening/vocabulary.ts'
import {
  doorOutcomes,
  leftFor,
  refusalHandlings,
  relations,
  roleOfPart,
  specialNeeds,
  verifiedHows,
  visitParts,
  visitTasks,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const is = <const W extends string>(word: W) => Type.Literal(word)
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: printable })
const part = (maxLength: number) => classified('identity', words(maxLength))

/** Where a household lives, in the parts by which one walks. What a place does not have is left out. */
export const DoorAddress = Type.Object(
  {
    estate: part(60),
    building: Type.Optional(part(30)),
    stair: Type.Optional(part(20)),
    floor: Type.Optional(part(10)),
    door: part(20),
    /** Of the building, where somebody stood before it. */
    longitude: Type.Optional(classified('identity', Type.Number({ minimum: -180, maximum: 180 }))),
    latitude: Type.Optional(classified('identity', Type.Number({ minimum: -90, maximum: 90 }))),
  },
  closed,
)
export type DoorAddress = Static<typeof DoorAddress>

const relation = oneOf(relations)
const aboutPerson = {
  /** Who answers for them where they cannot themselves. */
  reportedById: UuidV7,
  exposure: classified(
    'health',
    Type.Object(
      {
        /** Where they stayed in the window, and until when. */
        stays: Type.Array(Type.Object({ originCode: OriginCode, until: CivilDate }, closed), {
          maxItems: 10,
        }),
        contact: Type.Boolean(),
      },
      closed,
    ),
  ),
  needs: classified(
    'health',
    Type.Array(oneOf(specialNeeds), { maxItems: specialNeeds.length, uniqueItems: true }),
  ),
}

const identifying = {
  name: part(60),
  document: Type.Object({ kind: oneOf(documentKinds), number: part(40) }, closed),
  phone: part(30),
  /** Of a register; the three at the door ask for people by name and are not told it. */
  birthYear: classified('identity', Type.Integer({ minimum: 1850, maximum: 2200 })),
}

const shownIdentifying = {
  name: classified('identity', Type.String()),
  document: Type.Object({ kind: oneOf(documentKinds), masked: Type.String() }, closed),
  maskedPhone: Type.String(),
}

const { name, ...otherIdentifying } = identifying
const { name: shownName, ...otherShown } = shownIdentifying

/** Somebody who lives behind a door. */
export const Member = Type.Object(
  {
    name,
    relation,
    ...Type.Partial(Type.Object({ ...otherIdentifying, ...aboutPerson })).properties,
  },
  closed,
)
export type Member = Static<typeof Member>

/** The same as it is told: document and phone with most of them covered. */
export const ShownMember = Type.Object(
  {
    name: shownName,
    relation,
    ...Type.Partial(Type.Object({ ...otherShown, ...aboutPerson })).properties,
  },
  closed,
)
export type ShownMember = Static<typeof ShownMember>

/** Of somebody what has changed, field by field, so that two who change one person apart from each other both stand. */
export const MemberChange = Type.Partial(Type.Object({ ...identifying, relation, ...aboutPerson }), closed)
export type MemberChange = Static<typeof MemberChange>

export const ShownMemberChange = Type.Partial(
  Type.Object({ ...shownIdentifying, relation, ...aboutPerson }),
  closed,
)
export type ShownMemberChange = Static<typeof ShownMemberChange>

/** What may be taken off again. */
export const clearable = ['document', 'phone', 'reportedById', 'exposure'] as const

const PersonId = UuidV7

/** Results of a quarantine check where the door opened. */
export const checkResults = ['reached', 'not-there', 'refused'] as const

const EpisodeAtDoor = { quarantineId: UuidV7, way: oneOf(doorWays) }
const mostChecks = 20

/** Somebody in quarantine behind a door, or the house itself: the contact of their episode. */
export const QuarantineChecked = Type.Object(
  {
    ...EpisodeAtDoor,
    result: oneOf(checkResults),
    temperatureCelsius: Type.Optional(Temperature),
    signs: Signs,
  },
  closed,
)
export type QuarantineChecked = Static<typeof QuarantineChecked>

/** What each of the three did in a visit. */
export const PartWork = Type.Union([
  Type.Object(
    {
      part: is('health'),
      people: Type.Array(
        Type.Object(
          {
            personId: PersonId,
            temperatureCelsius: Type.Optional(
              classified('health', Type.Number({ minimum: 30, maximum: 45 })),
            ),
            symptoms: classified('health', Type.Array(words(40), { maxItems: 20, uniqueItems: true })),
          },
          closed,
        ),
        { maxItems: 40 },
      ),
      /** Episodes whose contact this is; each once. */
      checks: Type.Optional(Type.Array(QuarantineChecked, { minItems: 1, maxItems: mostChecks })),
      /** Of a survey of the house: places where water stands, and those with larvae. */
      water: Type.Optional(
        Type.Object(
          {
            places: Type.Integer({ minimum: 0, maximum: 999 }),
            withLarvae: Type.Integer({ minimum: 0, maximum: 999 }),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  Type.Object(
    {
      part: is('street'),
      explained: Type.Boolean(),
      /** What the household lacks. */
      needs: classified('health', Type.Array(oneOf(specialNeeds), { maxItems: 9, uniqueItems: true })),
      note: Type.Optional(part(300)),
    },
    closed,
  ),
  Type.Object(
    {
      part: is('police'),
      people: Type.Array(Type.Object({ personId: PersonId, how: oneOf(verifiedHows) }, closed), {
        maxItems: 40,
      }),
      refusal: oneOf(refusalHandlings),
      note: Type.Optional(part(300)),
    },
    closed,
  ),
])
export type PartWork = Static<typeof PartWork>

/** Whose part it was where the phone of another was used; left out on the own one. */
const sharedPhone = {
  by: Type.Optional(
    Type.Object(
      {
        role: oneOf([roleOfPart.health, roleOfPart.street, roleOfPart.police]),
        accountId: Type.String({ format: 'uuid', minLength: 36, maxLength: 36 }),
      },
      closed,
    ),
  ),
}

const others = [
  Type.Object(
    {
      is: is('household-opened'),
      gridCellId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      address: DoorAddress,
    },
    closed,
  ),
  Type.Object({ is: is('address-corrected'), address: DoorAddress }, closed),
  Type.Object({ is: is('member-moved'), personId: PersonId, toHouseholdId: UuidV7 }, closed),
  Type.Object(
    { is: is('member-left'), personId: PersonId, leftFor: classified('health', oneOf(leftFor)) },
    closed,
  ),
  /** Two entries are one person; `keptId` goes on, and what was said of either stays on record. */
  Type.Object({ is: is('members-merged'), keptId: PersonId, mergedId: PersonId }, closed),
  Type.Object({ is: is('undone'), factId: UuidV7 }, closed),
  Type.Object({ is: is('task-asked'), task: oneOf(visitTasks), dueBy: CivilDate }, closed),
  /** The door opened. The visit carries the id of this fact. */
  Type.Object(
    {
      is: is('visit-opened'),
      tasks: Type.Array(oneOf(visitTasks), { minItems: 1, maxItems: visitTasks.length, uniqueItems: true }),
    },
    closed,
  ),
  Type.Object({ is: is('part-done'), visitId: UuidV7, work: PartWork, ...sharedPhone }, closed),
  Type.Object({ is: is('visit-signed'), visitId: UuidV7, part: oneOf(visitParts), ...sharedPhone }, closed),
  Type.Object(
    {
      is: is('door-outcome'),
      outcome: oneOf(doorOutcomes),
      /** Episodes for which this was an attempt in vain; each once. */
      checks: Type.Optional(
        Type.Array(Type.Object(EpisodeAtDoor, closed), { minItems: 1, maxItems: mostChecks }),
      ),
      tasks: Type.Array(oneOf(visitTasks), { maxItems: visitTasks.length, uniqueItems: true }),
      note: Type.Optional(part(300)),
    },
    closed,
  ),
] as const

const cleared = {
  cleared: Type.Optional(
    Type.Array(oneOf(clearable), { minItems: 1, maxItems: clearable.length, uniqueItems: true }),
  ),
}

/** Something that happened with a household. */
export const HouseholdHappening = Type.Union([
  /** The person carries the id of this fact. */
  Type.Object({ is: is('member-added'), member: Member }, closed),
  Type.Object({ is: is('member-changed'), personId: PersonId, change: MemberChange, ...cleared }, closed),
  ...others,
])
export type HouseholdHappening = Static<typeof HouseholdHappening>

/** The same as it is told to those at the door. */
export const ShownHouseholdHappening = Type.Union([
  Type.Object({ is: is('member-added'), member: ShownMember }, closed),
  Type.Object(
    { is: is('member-changed'), personId: PersonId, change: ShownMemberChange, ...cleared },
    closed,
  ),
  ...others,
])
export type ShownHouseholdHappening = Static<typeof ShownHouseholdHappening>

/** One fact of a household. The milliseconds of the id are those of `occurredAt`. */
export const RecordHouseholdFact = Type.Object(
  {
    kind: Type.Literal('households.record'),
    schemaVersion: Type.Literal(1),
    id: UuidV7,
    jurisdiction: DivisionCode,
    /** The id of the fact that opened it. */
    householdId: UuidV7,
    occurredAt: Instant,
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    happening: HouseholdHappening,
  },
  { ...closed, $id: 'RecordHouseholdFact' },
)
export type RecordHouseholdFact = Static<typeof RecordHouseholdFact>
