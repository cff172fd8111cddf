import Type, { type Static } from 'typebox'
import { mostShownCertificates, ShownCertificate } from '../certificates/shown.ts'
import { classified } from '../data-classes.ts'
import { Listed, mostListed } from '../matching/listed.ts'
import {
  AreaCode,
  CivilDate,
  DivisionCode,
  Instant,
  OriginCode,
  oneOf,
  printable,
  UuidV7,
} from '../primitives.ts'
import {
  ambientNotes,
  conveyanceKinds,
  documentKinds,
  evidenceKinds,
  thermometryMethods,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** One temperature: a number in degrees Celsius, or the note that it was under the threshold. */
export const TemperatureReading = Type.Object(
  {
    at: Instant,
    method: oneOf(thermometryMethods),
    temperatureCelsius: Type.Optional(classified('health', Type.Number({ minimum: 30, maximum: 45 }))),
    underThreshold: Type.Optional(classified('health', Type.Literal(true))),
    /** The thermometer, as it calls itself or as it is labelled. */
    device: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: printable })),
    /** What around the person can move a reading. */
    ambient: Type.Optional(oneOf(ambientNotes)),
  },
  closed,
)

/** A stay in an area during the exposure window. */
export const Exposure = Type.Object(
  { areaCode: AreaCode, leftOn: CivilDate, evidence: oneOf(evidenceKinds) },
  closed,
)

export const TravelDocument = Type.Object(
  {
    kind: oneOf(documentKinds),
    number: Type.Optional(
      classified('identity', Type.String({ minLength: 1, maxLength: 32, pattern: printable })),
    ),
  },
  closed,
)

const Seat = Type.Integer({ minimum: 1, maximum: 100 })

/**
 * Somebody of an earlier screening whom the inspector confirmed to be the one here. What was not entered of document,
 * name and phone is taken from there by the server, so that a phone need not know whom it confirms.
 */
export const SameAs = Type.Object({ screeningId: UuidV7, seat: Seat }, closed)

/** A place as a ticket names it: a row and a letter, or a number that counts places from the front and row by row. */
export const SeatLabel = Type.String({ pattern: '^[1-9][0-9]{0,2}[A-K]?$', minLength: 1, maxLength: 4 })

export const Traveller = Type.Object(
  {
    /** Numbers the people of one record; where somebody sat says `seatLabel`. */
    seat: Seat,
    seatLabel: Type.Optional(SeatLabel),
    sameAs: Type.Optional(SameAs),
    name: Type.Optional(
      classified('identity', Type.String({ minLength: 1, maxLength: 80, pattern: printable })),
    ),
    document: TravelDocument,
    phone: Type.Optional(
      classified('identity', Type.String({ minLength: 3, maxLength: 20, pattern: '^[0-9+ ()-]*$' })),
    ),
    origin: Type.Object({ code: OriginCode, evidence: oneOf(evidenceKinds) }, closed),
    exposures: classified('health', Type.Array(Exposure, { maxItems: 20 })),
    contactWithCase: classified('health', Type.Boolean()),
    /** Match lists that their document stood on at that hour; left out where none did. */
    listed: Type.Optional(classified('health', Type.Array(Listed, { minItems: 1, maxItems: mostListed }))),
    readings: classified('health', Type.Array(TemperatureReading, { maxItems: 4 })),
    symptoms: classified(
      'health',
      Type.Array(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }), { maxItems: 20, uniqueItems: true }),
    ),
    /** Health certificates that were shown; no rule looks at them. */
    certificates: Type.Optional(Type.Array(ShownCertificate, { maxItems: mostShownCertificates })),
  },
  closed,
)

/** A run of a train, ferry, flight or coach. Together with a place it is a ticket, and tickets name people. */
export const Service = Type.Object(
  {
    number: classified('identity', Type.String({ minLength: 1, maxLength: 20, pattern: printable })),
    departsOn: CivilDate,
    carriage: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{1,3}$', minLength: 1, maxLength: 3 })),
  },
  closed,
)
export type Service = Static<typeof Service>

export const Conveyance = Type.Object(
  {
    kind: oneOf(conveyanceKinds),
    plate: Type.Optional(
      classified('identity', Type.String({ minLength: 1, maxLength: 16, pattern: printable })),
    ),
    withoutPlate: Type.Optional(Type.Literal(true)),
    service: Type.Optional(Service),
    /** Of a conveyance with rows of seats, how many there are in a row. */
    seatsPerRow: Type.Optional(Type.Integer({ minimum: 2, maximum: 10 })),
  },
  closed,
)

/**
 * One vehicle (or other conveyance, or person on foot) screened at a post, with everyone aboard.
 * The id is made on the phone; the milliseconds it carries are those of `occurredAt`, so that a record that is sent
 * again can never become a second one.
 */
export const RecordScreening = Type.Object(
  {
    kind: Type.Literal('screening.record'),
    schemaVersion: Type.Literal(1),
    id: UuidV7,
    jurisdiction: DivisionCode,
    postId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    lane: Type.Integer({ minimum: 1, maximum: 60 }),
    startedAt: Instant,
    occurredAt: Instant,
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    rulesVersion: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    conveyance: Conveyance,
    queueVehicles: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
    travellers: Type.Array(Traveller, { minItems: 1, maxItems: 100 }),
    /** The id under which the same was refused before it was put right. */
    corrects: Type.Optional(UuidV7),
  },
  { ...closed, $id: 'RecordScreening' },
)

export type RecordScreening = Static<typeof RecordScreening>
export type Traveller = Static<typeof Traveller>
export type SameAs = Static<typeof SameAs>
export type Exposure = Static<typeof Exposure>
export type TemperatureReading = Static<typeof TemperatureReading>
export type TravelDocument = Static<typeof TravelDocument>
export type Conveyance = Static<typeof Conveyance>
