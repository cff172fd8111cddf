import Type, { type Static } from 'typebox'
import { PhonePolicy } from '../access/phone-policy.ts'
import { defineEndpoint } from '../endpoint.ts'
import { Jurisdiction, Post } from '../places/place.ts'
import { Instant } from '../primitives.ts'
import { Response } from '../responses/response.ts'
import { communityRoles } from '../roles.ts'
import { TestQuota } from '../testing/quota.ts'

const closed = { additionalProperties: false } as const

/** Everything a phone needs to work without a network. */
export const PackContent = Type.Object(
  {
    jurisdictions: Type.Array(Jurisdiction),
    posts: Type.Array(Post),
    responses: Type.Array(Response),
    /** What is asked of phones; not in packs of older servers. */
    phones: Type.Optional(PhonePolicy),
    /** Seals commands for the server alone: raw P-256 public key, base64url. */
    sealingKey: Type.Optional(Type.String()),
    /** Whom to ask for a test today; left out where nothing has been allocated. */
    testing: Type.Optional(TestQuota),
  },
  closed,
)

/**
 * A pack as it travels: `content` is the exact JSON text that was signed (Ed25519, RFC 8032), so that the signature
 * can be checked before anything is parsed.
 */
export const Pack = Type.Object(
  {
    version: Type.String({ description: 'SHA-256 of content, hexadecimal' }),
    issuedAt: Instant,
    expiresAt: Instant,
    content: Type.String(),
    signature: Type.String({
      description: 'Ed25519 over version + "\\n" + issuedAt + "\\n" + expiresAt, base64',
    }),
    publicKey: Type.String({ description: 'raw Ed25519 public key, base64' }),
  },
  closed,
)

export type PackContent = Static<typeof PackContent>
export type Pack = Static<typeof Pack>

export const fetchPack = defineEndpoint({
  id: 'sync.pack',
  method: 'GET',
  path: '/api/sync/pack',
  summary: 'The reference data a phone works with',
  description:
    'Response rules, risk areas, posts and divisions of the actor’s area, signed and versioned. Send If-None-Match with the version held; 304 says it is current.',
  access: {
    roles: [
      'inspector',
      'post-lead',
      ...communityRoles,
      'desk-partner',
      'commander',
      'duty-planner',
      'administrator',
      'auditor',
      'service-account',
    ],
    area: 'actor',
    purpose: 'screening',
  },
  audit: { action: 'sync.pack', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Pack,
  errors: [],
})
