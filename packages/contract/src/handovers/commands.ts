import Type, { type Static } from 'typebox'
import { DeviceProof } from '../access/device-proof.ts'
import { classified } from '../data-classes.ts'
import { DivisionCode, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import { cancelReasons, closeReasons, custodySides, handoverParts } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** SHA-256 of the canonical text of an opening, base64url; the last letter carries four bits, so that there is one way to write it. */
export const OpeningDigest = Type.String({
  pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$',
  minLength: 43,
  maxLength: 43,
})

export const HandoverPerson = Type.Object(
  {
    seat: Type.Integer({ minimum: 1, maximum: 100 }),
    part: classified('health', oneOf(handoverParts)),
  },
  closed,
)
export type HandoverPerson = Static<typeof HandoverPerson>

const named = { schemaVersion: Type.Literal(1), id: UuidV7, jurisdiction: DivisionCode, occurredAt: Instant }

/**
 * Somebody is to be handed over, with everyone who goes along and everyone who sat near. People are the screening and their
 * seats; who they are is not said. The id is that of the hand-over.
 */
export const OpenHandover = Type.Object(
  {
    kind: Type.Literal('handover.open'),
    ...named,
    postId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    screeningId: UuidV7,
    people: Type.Array(HandoverPerson, { minItems: 1, maxItems: 100 }),
    /** Of a conveyance with rows of seats, how many there are in a row. */
    seatsPerRow: Type.Optional(Type.Integer({ minimum: 2, maximum: 10 })),
  },
  { ...closed, $id: 'OpenHandover' },
)
export type OpenHandover = Static<typeof OpenHandover>

const about = { ...named, handoverId: UuidV7 }

/** One side signs on its own device, with the key of that device. */
export const SignHandover = Type.Object(
  {
    kind: Type.Literal('handover.sign'),
    ...about,
    side: oneOf(custodySides),
    /** What was opened, as the signer had it; null where they had nothing but the code. */
    opening: Type.Union([OpeningDigest, Type.Null()]),
    proof: DeviceProof,
  },
  { ...closed, $id: 'SignHandover' },
)
export type SignHandover = Static<typeof SignHandover>

const Note = classified('identity', Type.String({ minLength: 1, maxLength: 500, pattern: printable }))

export const NoteHandover = Type.Object(
  { kind: Type.Literal('handover.note'), ...about, note: Note },
  { ...closed, $id: 'NoteHandover' },
)
export type NoteHandover = Static<typeof NoteHandover>

export const CloseHandover = Type.Object(
  {
    kind: Type.Literal('handover.close'),
    ...about,
    reason: classified('health', oneOf(closeReasons)),
    note: Type.Optional(Note),
  },
  { ...closed, $id: 'CloseHandover' },
)
export type CloseHandover = Static<typeof CloseHandover>

export const CancelHandover = Type.Object(
  {
    kind: Type.Literal('handover.cancel'),
    ...about,
    reason: classified('health', oneOf(cancelReasons)),
    note: Type.Optional(Note),
  },
  { ...closed, $id: 'CancelHandover' },
)
export type CancelHandover = Static<typeof CancelHandover>

/** What follows an opening. */
export type HandoverStep = SignHandover | NoteHandover | CloseHandover | CancelHandover
