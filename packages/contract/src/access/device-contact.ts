import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { type Bilingual, Instant, oneOf } from '../primitives.ts'
import { DeviceProof } from './device-proof.ts'

const closed = { additionalProperties: false } as const

/** Why records that were never sent cannot be sent any more. */
export const lossCauses = ['pin-tries', 'pin-forgotten', 'wipe'] as const
export type LossCause = (typeof lossCauses)[number]

export const lossCauseNames: Readonly<Record<LossCause, Bilingual>> = {
  'pin-tries': { zh: 'PIN 错误太多次', en: 'Too many wrong PINs' },
  'pin-forgotten': { zh: '忘记 PIN', en: 'PIN forgotten' },
  wipe: { zh: '清除手机', en: 'Phone wiped' },
}

const Id = Type.String({ format: 'uuid', maxLength: 36 })

/** Records of one account that a phone can no longer send: how many, and their ids as far as they fit. */
export const DeviceLoss = Type.Object(
  {
    accountId: Id,
    at: Instant,
    cause: oneOf(lossCauses),
    commands: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    commandIds: Type.Array(Id, { maxItems: 500 }),
  },
  closed,
)
export type DeviceLoss = Static<typeof DeviceLoss>

/** What a device is to do: go on, stop, or wipe itself. */
export const deviceStates = ['active', 'revoked', 'wipe'] as const
export type DeviceState = (typeof deviceStates)[number]

export const contactDevice = defineEndpoint({
  id: 'access.contact-device',
  method: 'POST',
  path: '/api/access/contact',
  summary: 'Contact of a phone under its own key',
  description:
    'Whoever is signed in or nobody: the phone says that it is there and what it lost, acknowledges a wipe, and hears what it is to do. Its key is the only proof.',
  access: { roles: 'anyone', area: 'none', purpose: 'service-health' },
  audit: { action: 'access.contact-device', record: 'every' },
  limits: { group: 'sync', bodyBytes: 262_144 },
  body: Type.Object(
    {
      deviceId: Id,
      sentAt: Instant,
      /** The request for a wipe that was carried out. */
      wiped: Type.Union([Instant, Type.Null()]),
      losses: Type.Array(DeviceLoss, { maxItems: 10 }),
      proof: DeviceProof,
    },
    closed,
  ),
  output: Type.Object(
    { state: oneOf(deviceStates), wipeRequestedAt: Type.Union([Instant, Type.Null()]) },
    closed,
  ),
  errors: ['DEVICE_NOT_ENROLLED', 'DEVICE_PROOF_WRONG'],
})
