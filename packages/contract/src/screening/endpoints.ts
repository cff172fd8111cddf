import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Instant, UuidV7 } from '../primitives.ts'
import { RecordScreening } from './record-screening.ts'

/**
 * Seats whose `sameAs` named nobody that can still be read: they are recorded without identity, and somebody should ask
 * them. Left out where there is none.
 */
export const UnresolvedSeats = Type.Array(Type.Integer({ minimum: 1, maximum: 100 }))

export const RecordScreeningAnswer = Type.Object(
  {
    id: UuidV7,
    recordedAt: Instant,
    duplicate: Type.Boolean(),
    withoutIdentity: Type.Optional(UnresolvedSeats),
  },
  { additionalProperties: false },
)
export type RecordScreeningAnswer = Static<typeof RecordScreeningAnswer>

/** What a screening command may be refused for, alone or in a batch. */
export const recordScreeningRefusals = [
  'INVALID_INPUT',
  'TEXT_NOT_WELL_FORMED',
  'OUTSIDE_AREA',
  'COMMAND_ID_REUSED',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'OUTSIDE_COLLECTION',
  'IMPOSSIBLE_TIME',
  'UNKNOWN_POST',
  'UNKNOWN_LANE',
  'UNKNOWN_ORIGIN',
  'UNKNOWN_RESPONSE',
  'UNKNOWN_RULES_VERSION',
  'UNKNOWN_SYMPTOM',
  'PLATE_REQUIRED',
  'SEAT_TAKEN_TWICE',
  'READING_INCOMPLETE',
  'READING_TOO_FINE',
] as const

export const recordScreening = defineEndpoint({
  id: 'screening.record',
  method: 'POST',
  path: '/api/screenings',
  summary: 'Record one screening',
  description:
    'Records one conveyance with everyone aboard. The answer leaves after commit. Sending the same command again is answered as a duplicate and changes nothing.',
  access: { roles: ['inspector', 'post-lead', 'service-account'], area: 'per-command', purpose: 'screening' },
  audit: { action: 'screening.record', record: 'every' },
  limits: { group: 'sync', bodyBytes: 262_144 },
  body: RecordScreening,
  output: RecordScreeningAnswer,
  successStatus: 201,
  errors: recordScreeningRefusals,
})
