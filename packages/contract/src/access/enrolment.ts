import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { DivisionCode, Instant, printable } from '../primitives.ts'
import { communityRoles } from '../roles.ts'
import { DeviceProof, DevicePublicKey } from './device-proof.ts'

const closed = { additionalProperties: false } as const

/** Letters and digits of an enrolment code: none that look alike (Crockford's base 32). */
export const enrolmentAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const enrolmentCodeLength = 10
/** For this long a code may be used, milliseconds. */
export const enrolmentCodeValidMs = 10 * 60_000

/**
 * A code as a person may type it, in the one way it is compared: capitals, no gaps, look-alikes resolved.
 * @example readEnrolmentCode('k7qm4-xtdo1') // 'K7QM4XTD01'
 */
export const readEnrolmentCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

/** A code in two groups, as it is shown. @example showEnrolmentCode('K7QM4XTD01') // 'K7QM4-XTD01' */
export const showEnrolmentCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

const DeviceId = Type.String({ format: 'uuid', maxLength: 36 })
const DeviceLabel = Type.String({ minLength: 1, maxLength: 80, pattern: printable })

export const EnrolmentCode = Type.Object(
  { code: Type.String(), label: Type.String(), areaCode: DivisionCode, expiresAt: Instant },
  closed,
)
export type EnrolmentCode = Static<typeof EnrolmentCode>

export const issueEnrolmentCode = defineEndpoint({
  id: 'access.issue-enrolment-code',
  method: 'POST',
  path: '/api/access/enrolment-codes',
  summary: 'Make a code that enrols one phone',
  description:
    'Makes a code that one phone may use within ten minutes to become a device of the area. The code is answered once and not kept.',
  access: { roles: ['post-lead', 'administrator'], area: 'body.area', purpose: 'administration' },
  audit: { action: 'access.issue-enrolment-code', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ area: DivisionCode, label: DeviceLabel }, closed),
  output: EnrolmentCode,
  errors: ['OUTSIDE_AREA', 'UNKNOWN_AREA'],
})

export const enrolDevice = defineEndpoint({
  id: 'access.enrol-device',
  method: 'POST',
  path: '/api/access/enrol',
  summary: 'Enrol a phone with a code',
  description:
    'Spends an enrolment code and registers the public key of the phone, which proves that it holds the private one.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.enrol-device', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 2_048 },
  body: Type.Object(
    {
      code: Type.String({ pattern: `^[${enrolmentAlphabet}]{10}$`, minLength: 10, maxLength: 10 }),
      deviceId: DeviceId,
      publicKey: DevicePublicKey,
      sentAt: Instant,
      proof: DeviceProof,
    },
    closed,
  ),
  output: Type.Object({ deviceId: Type.String(), label: Type.String(), areaCode: DivisionCode }, closed),
  errors: ['ENROLMENT_CODE_SPENT', 'DEVICE_PROOF_WRONG', 'DEVICE_KEY_TAKEN', 'DEVICE_REVOKED'],
})

export const bindDevice = defineEndpoint({
  id: 'access.bind-device',
  method: 'POST',
  path: '/api/access/bind-device',
  summary: 'Bind a session to the key of its phone',
  description:
    'The phone proves that it holds the key of the device the session names. Answers the attribution under which records of this session may travel sealed.',
  access: {
    roles: ['inspector', 'post-lead', 'transport-crew', 'clinic-staff', ...communityRoles],
    area: 'actor',
    purpose: 'sign-in',
  },
  audit: { action: 'access.bind-device', record: 'every' },
  limits: { group: 'write', bodyBytes: 2_048 },
  body: Type.Object(
    { deviceId: DeviceId, publicKey: DevicePublicKey, sentAt: Instant, proof: DeviceProof },
    closed,
  ),
  output: Type.Object({ attribution: Type.String(), until: Instant }, closed),
  errors: ['DEVICE_NOT_ENROLLED', 'DEVICE_PROOF_WRONG', 'DEVICE_KEY_TAKEN'],
})
