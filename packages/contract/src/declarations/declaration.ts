import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { CivilDate, DivisionCode, Instant, OriginCode, printable, UuidV7 } from '../primitives.ts'
import { Conveyance, SeatLabel, TravelDocument } from '../screening/record-screening.ts'

const closed = { additionalProperties: false } as const

/** More people than this do not fit one code that cameras read at arm's length; a second declaration takes the others. */
export const mostDeclaredPeople = 8
export const mostDeclaredStays = 10

/** Hours that a signed declaration can be shown: answers about health grow old. The draft can be signed again. */
export const declarationValidHours = 24

/** Names one declaration through all its versions: 80 random bits in base 32, made on the phone that declares. */
export const DeclarationId = Type.String({ pattern: '^[A-Z2-7]{16}$', minLength: 16, maxLength: 16 })

export const DeclaredStay = Type.Object({ areaCode: DivisionCode, leftOn: CivilDate }, closed)

export const DeclaredPerson = Type.Object(
  {
    name: Type.Optional(
      classified('identity', Type.String({ minLength: 1, maxLength: 80, pattern: printable })),
    ),
    /** Where the ticket says they sit. */
    seatLabel: Type.Optional(SeatLabel),
    document: TravelDocument,
    phone: Type.Optional(
      classified('identity', Type.String({ minLength: 3, maxLength: 20, pattern: '^[0-9+ ()-]*$' })),
    ),
    originCode: OriginCode,
    stays: classified('health', Type.Array(DeclaredStay, { maxItems: mostDeclaredStays })),
    contactWithCase: classified('health', Type.Boolean()),
    symptoms: classified(
      'health',
      Type.Array(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }), { maxItems: 20, uniqueItems: true }),
    ),
  },
  closed,
)

const { kind, plate, withoutPlate, service } = Conveyance.properties
/** How people say that they come: a plate, where there is one, and the train, ferry, flight or coach of a ticket. */
export const DeclaredConveyance = Type.Object({ kind, plate, withoutPlate, service }, closed)

/** What a family or the people of a car say before they come. It is what they say and no more: nothing follows from it. */
export const Declaration = Type.Object(
  {
    id: DeclarationId,
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    rulesVersion: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    conveyance: DeclaredConveyance,
    people: Type.Array(DeclaredPerson, { minItems: 1, maxItems: mostDeclaredPeople }),
  },
  { ...closed, $id: 'Declaration' },
)

export type DeclaredStay = Static<typeof DeclaredStay>
export type DeclaredPerson = Static<typeof DeclaredPerson>
export type Declaration = Static<typeof Declaration>

/** What phones need to know a declaration of this city from any other text. */
export const DeclarationKey = Type.Object(
  {
    cityCode: DivisionCode,
    /** Raw Ed25519 public key, base64. */
    publicKey: Type.String(),
  },
  closed,
)
export type DeclarationKey = Static<typeof DeclarationKey>

/**
 * A declaration was shown at a post and confirmed. Says which screening took its place, and nothing of what it held;
 * from then on it is not signed again. The milliseconds of the id are those of `occurredAt`.
 */
export const UseDeclaration = Type.Object(
  {
    kind: Type.Literal('declarations.use'),
    schemaVersion: Type.Literal(1),
    id: UuidV7,
    jurisdiction: DivisionCode,
    postId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    occurredAt: Instant,
    declarationId: DeclarationId,
    screeningId: UuidV7,
  },
  { ...closed, $id: 'UseDeclaration' },
)
export type UseDeclaration = Static<typeof UseDeclaration>
