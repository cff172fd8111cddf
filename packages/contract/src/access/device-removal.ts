import Type from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { type Bilingual, oneOf } from '../primitives.ts'

const closed = { additionalProperties: false } as const

/** Why a device is taken out of use: a closed list, because free text names people. */
export const revocationReasons = ['lost', 'stolen', 'damaged', 'handed-back', 'misused', 'other'] as const
export type RevocationReason = (typeof revocationReasons)[number]

export const revocationReasonNames: Readonly<Record<RevocationReason, Bilingual>> = {
  lost: { zh: '遗失', en: 'Lost' },
  stolen: { zh: '被盗', en: 'Stolen' },
  damaged: { zh: '损坏', en: 'Damaged' },
  'handed-back': { zh: '交回', en: 'Handed back' },
  misused: { zh: '使用不当', en: 'Misused' },
  other: { zh: '其他', en: 'Other' },
}

const Id = Type.String({ format: 'uuid', maxLength: 36 })

export const revokeDevice = defineEndpoint({
  id: 'access.revoke-device',
  method: 'POST',
  path: '/api/access/revoke-device',
  summary: 'Take a phone out of use, or wipe it',
  description:
    'Nothing of the phone is accepted any more. With wipe it also deletes all it holds at its next contact; without, it keeps what was not sent, sealed.',
  access: { roles: ['post-lead', 'administrator'], area: 'actor', purpose: 'administration' },
  audit: { action: 'access.revoke-device', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ deviceId: Id, reason: oneOf(revocationReasons), wipe: Type.Boolean() }, closed),
  output: Type.Object({ revoked: Type.Literal(true) }, closed),
  errors: ['UNKNOWN_DEVICE'],
})

export const restoreDevice = defineEndpoint({
  id: 'access.restore-device',
  method: 'POST',
  path: '/api/access/restore-device',
  summary: 'Put a phone back into use',
  description:
    'Ends a revocation, and calls back a wipe that the phone has not carried out. A phone that was wiped has to be enrolled again.',
  access: { roles: ['post-lead', 'administrator'], area: 'actor', purpose: 'administration' },
  audit: { action: 'access.restore-device', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ deviceId: Id }, closed),
  output: Type.Object({ restored: Type.Literal(true) }, closed),
  errors: ['UNKNOWN_DEVICE', 'DEVICE_WIPED'],
})
