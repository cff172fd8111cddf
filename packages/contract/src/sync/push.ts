import Type, { type Static } from 'typebox'
import { DeviceProof } from '../access/device-proof.ts'
import { defineEndpoint } from '../endpoint.ts'
import { retryRules } from '../errors/error-entry.ts'
import { BilingualText, Instant, oneOf } from '../primitives.ts'
import { communityRoles } from '../roles.ts'

/** At most this many commands travel in one push. */
export const maxCommandsPerPush = 500

/** More than a phone could ever hold. */
const OutboxCount = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

/** How full the phone's outbox is, for the server's device page. */
export const OutboxCounts = Type.Object(
  { queued: OutboxCount, rejected: OutboxCount, unreadable: OutboxCount },
  { additionalProperties: false },
)

/**
 * Commands are deliberately loose here: each is judged alone, so that one malformed command is rejected by name and
 * its neighbours are taken.
 */
export const PushBody = Type.Object(
  {
    deviceId: Type.String({ format: 'uuid', maxLength: 36 }),
    sentAt: Instant,
    outbox: OutboxCounts,
    commands: Type.Array(Type.Unknown(), { minItems: 1, maxItems: maxCommandsPerPush }),
    /** Of `[outbox, commands]`; a device whose key is registered is not heard without it. */
    proof: Type.Optional(DeviceProof),
  },
  { additionalProperties: false },
)

const Accepted = Type.Object(
  {
    outcome: Type.Literal('accepted'),
    id: Type.String(),
    recordedAt: Instant,
    duplicate: Type.Boolean(),
    /** Of a screening: seats that named somebody earlier whose identity can no longer be read. */
    withoutIdentity: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 100 }))),
  },
  { additionalProperties: false },
)

const Rejected = Type.Object(
  {
    outcome: Type.Literal('rejected'),
    /** The id as sent, or null where none could be read. */
    id: Type.Union([Type.String(), Type.Null()]),
    code: Type.String(),
    retry: oneOf(retryRules),
    path: Type.Optional(Type.String()),
    text: BilingualText,
  },
  { additionalProperties: false },
)

export const PushOutcome = Type.Union([Accepted, Rejected])

/** One outcome per command, in the order sent. */
export const PushAnswer = Type.Object(
  { receivedAt: Instant, outcomes: Type.Array(PushOutcome) },
  { additionalProperties: false },
)

export type PushBody = Static<typeof PushBody>
export type PushOutcome = Static<typeof PushOutcome>
export type PushAnswer = Static<typeof PushAnswer>
export type OutboxCounts = Static<typeof OutboxCounts>

export const pushCommands = defineEndpoint({
  id: 'sync.push',
  method: 'POST',
  path: '/api/sync/push',
  summary: 'Upload commands from a device',
  description:
    'Takes up to 500 commands and answers one outcome for each, in order, after commit. A bad command never fails its neighbours. A command sealed as a parcel is recorded under the name of its maker, whoever carries it.',
  access: {
    roles: ['inspector', 'post-lead', 'transport-crew', 'clinic-staff', ...communityRoles, 'service-account'],
    area: 'per-command',
    purpose: 'screening',
  },
  audit: { action: 'sync.push', record: 'every' },
  limits: { group: 'sync', bodyBytes: 4_194_304 },
  body: PushBody,
  output: PushAnswer,
  errors: ['DEVICE_REVOKED', 'DEVICE_WIPE_REQUESTED', 'DEVICE_NOT_ENROLLED', 'DEVICE_PROOF_WRONG'],
})
