import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { MaskedField } from '../identity/look-up.ts'
import { Count, Instant, OriginCode, oneOf, printable, UuidV7 } from '../primitives.ts'
import { conveyanceKinds, documentKinds } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** How far back a plate is looked for, days, and how many passages and people are told. */
export const passageDays = 30
export const mostPassages = 5
/** Passengers of anything larger are strangers to one another; they are not offered. */
export const mostOffered = 9

/** One time that the vehicle was screened. */
export const Passage = Type.Object(
  {
    screeningId: UuidV7,
    occurredAt: Instant,
    postId: Type.Integer(),
    conveyanceKind: oneOf(conveyanceKinds),
    people: Count,
  },
  closed,
)
export type Passage = Static<typeof Passage>

/** Somebody who was in the vehicle, with most of them covered: enough to ask “is it you again?”. */
export const Occupant = Type.Object(
  {
    screeningId: UuidV7,
    seat: Type.Integer({ minimum: 1, maximum: 100 }),
    occurredAt: Instant,
    /** In the vehicle when it passed last. */
    lastAboard: Type.Boolean(),
    originCode: OriginCode,
    documentKind: oneOf(documentKinds),
    /** Empty where nothing was given, or where the key of the day is destroyed. */
    fields: Type.Array(MaskedField),
  },
  closed,
)
export type Occupant = Static<typeof Occupant>

export const PassagesAnswer = Type.Object(
  { passages: Type.Array(Passage), occupants: Type.Array(Occupant) },
  closed,
)
export type PassagesAnswer = Static<typeof PassagesAnswer>

export const readPassages = defineEndpoint({
  id: 'screening.passages',
  method: 'POST',
  path: '/api/screenings/passages',
  summary: 'When a vehicle passed before, and who was in it',
  description:
    'The last passages of a plate in the area of whoever asks and its known occupants, masked, for an inspector who has the vehicle in front of them. Says nothing of findings. Counted against a limit, and shown to each person offered.',
  access: { roles: ['inspector', 'post-lead'], area: 'actor', purpose: 'screening' },
  audit: { action: 'screening.passages', record: 'every' },
  limits: { group: 'read', bodyBytes: 512 },
  body: Type.Object(
    {
      plate: classified('identity', Type.String({ minLength: 1, maxLength: 16, pattern: printable })),
    },
    closed,
  ),
  output: PassagesAnswer,
  errors: ['INVALID_INPUT', 'TEXT_NOT_WELL_FORMED', 'LOOK_UP_LIMIT_REACHED'],
})
