import Type, { type Static } from 'typebox'
import { PhonePolicy } from '../access/phone-policy.ts'
import { TrustList } from '../certificates/trust-list.ts'
import { DeclarationKey } from '../declarations/declaration.ts'
import { defineEndpoint } from '../endpoint.ts'
import { MatchKey, MatchList } from '../matching/match-list.ts'
import { Jurisdiction, Post } from '../places/place.ts'
import { DivisionCode, Instant } from '../primitives.ts'
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
    /** Lists of people and vehicles to be asked, as cut digests; left out where none runs. */
    matching: Type.Optional(Type.Array(MatchList)),
    /** Checks what people declare on the portal; not in packs of older servers. */
    declarations: Type.Optional(DeclarationKey),
    /** Checks health certificates; left out where the operator trusts nobody’s. */
    certificateKeys: Type.Optional(TrustList),
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

/** What says which content is in force: a pack without it, and the keys of its lists for those who screen. */
export const PackHead = Type.Object(
  {
    version: Pack.properties.version,
    issuedAt: Instant,
    expiresAt: Instant,
    signature: Pack.properties.signature,
    publicKey: Pack.properties.publicKey,
    /** Whose content it is: part of the address of the content. */
    area: DivisionCode,
    matchKeys: Type.Array(MatchKey),
  },
  closed,
)

/**
 * How one text becomes another: pieces of the old one as [from, length], in UTF-16 code units, and pieces that are new. It
 * needs no signature, because what comes out is checked against the version that was signed.
 */
export const PackDelta = Type.Array(
  Type.Union([
    Type.Array(Type.Integer({ minimum: 0 }), { minItems: 2, maxItems: 2 }),
    Type.String({ minLength: 1 }),
  ]),
)

export type PackContent = Static<typeof PackContent>
export type Pack = Static<typeof Pack>
export type PackHead = Static<typeof PackHead>
export type PackDelta = Static<typeof PackDelta>

/** A pack of a city stays under this, compressed. */
export const mostPackBytes = 2_000_000

const phoneAccess = {
  roles: [
    'inspector',
    'post-lead',
    'transport-crew',
    'clinic-staff',
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
} as const

export const fetchPack = defineEndpoint({
  id: 'sync.pack',
  method: 'GET',
  path: '/api/sync/pack',
  summary: 'The reference data a phone works with',
  description:
    'Response rules, risk areas, posts and divisions of the actor’s area, signed and versioned, all at once. Send If-None-Match with the version held; 304 says it is current. Phones ask for the head instead, and for what it names only where they do not hold it.',
  access: phoneAccess,
  audit: { action: 'sync.pack', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Pack,
  errors: [],
})

export const fetchPackHead = defineEndpoint({
  id: 'sync.pack-head',
  method: 'GET',
  path: '/api/sync/pack-head',
  summary: 'Which pack is in force',
  description:
    'Version, times and signature of the pack of the actor’s area, and for those who screen the keys of its match lists. Send If-None-Match with the version held; 304 says it is current.',
  access: phoneAccess,
  audit: { action: 'sync.pack-head', record: 'denied' },
  limits: { group: 'sync', bodyBytes: 0 },
  output: PackHead,
  errors: [],
})

/** SHA-256 of the content, hexadecimal: whoever was told it may have the content. */
const Version = Type.String({ pattern: '^[0-9a-f]{64}$', minLength: 64, maxLength: 64 })

/** Open to whoever has the address; that it may lie on the way makes it public, and nothing in it is about a person. */
const byAddress = { roles: 'anyone', area: 'none', purpose: 'public-information' } as const

export const fetchPackContent = defineEndpoint({
  id: 'sync.pack-content',
  method: 'GET',
  path: '/api/sync/pack-content',
  summary: 'The content of a pack, by its version',
  description:
    'The exact text that was signed, compressed once. It never changes under its address and is the same for all phones of an area, so that whatever is on the way may keep it for good. The address can only be learned from a head; digests in it mean nothing without the keys, which come with the head.',
  access: byAddress,
  audit: { action: 'sync.pack-content', record: 'denied' },
  limits: { group: 'sync', bodyBytes: 0 },
  query: Type.Object({ division: DivisionCode, version: Version }, closed),
  output: PackContent,
  errors: ['PACK_VERSION_GONE'],
})

export const fetchPackDelta = defineEndpoint({
  id: 'sync.pack-delta',
  method: 'GET',
  path: '/api/sync/pack-delta',
  summary: 'What changed between two versions of a pack',
  description:
    'Pieces of the content held and pieces that are new, in order. Refused where it would not be smaller than the content, or where the version held is too old to be known; the content is fetched instead.',
  access: byAddress,
  audit: { action: 'sync.pack-delta', record: 'denied' },
  limits: { group: 'sync', bodyBytes: 0 },
  query: Type.Object({ division: DivisionCode, from: Version, to: Version }, closed),
  output: PackDelta,
  errors: ['PACK_VERSION_GONE'],
})
