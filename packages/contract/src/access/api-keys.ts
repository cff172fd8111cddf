import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Instant, printable } from '../primitives.ts'

const closed = { additionalProperties: false } as const
const Uuid = Type.String({ format: 'uuid', maxLength: 36 })

const administrators = {
  roles: ['administrator'],
  area: 'actor',
  purpose: 'administration',
  recentFactor: true,
} as const

/** A key of a service account, without the key. */
export const ApiKeyView = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    /** Endpoints that it may call, among those open to service accounts. */
    scopes: Type.Array(Type.String()),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Type.Union([Instant, Type.Null()]),
    lastUsedAt: Type.Union([Instant, Type.Null()]),
  },
  closed,
)
export type ApiKeyView = Static<typeof ApiKeyView>

export const listApiKeys = defineEndpoint({
  id: 'access.api-keys',
  method: 'GET',
  path: '/api/access/api-keys',
  summary: 'Keys of a service account',
  description: 'Each key with its scopes, its end and its last use; and the scopes that there are to give.',
  access: { roles: ['administrator', 'auditor'], area: 'actor', purpose: 'service-health' },
  audit: { action: 'access.api-keys', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ account: Uuid }, closed),
  output: Type.Object({ keys: Type.Array(ApiKeyView), scopes: Type.Array(Type.String()) }, closed),
  errors: ['NO_SUCH_ACCOUNT'],
})

export const createApiKey = defineEndpoint({
  id: 'access.create-api-key',
  method: 'POST',
  path: '/api/access/create-api-key',
  summary: 'Create a key',
  description:
    'A key for a service account, sent as a bearer token. It is shown once, may call the endpoints it names and no others, and ends by itself.',
  access: administrators,
  audit: { action: 'access.create-api-key', record: 'every' },
  limits: { group: 'write', bodyBytes: 8_192 },
  body: Type.Object(
    {
      accountId: Uuid,
      label: Type.String({ minLength: 1, maxLength: 60, pattern: printable }),
      scopes: Type.Array(Type.String({ maxLength: 60, pattern: '^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$' }), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
      }),
      validDays: Type.Integer({ minimum: 1, maximum: 366 }),
    },
    closed,
  ),
  output: Type.Object({ id: Type.String(), key: Type.String(), expiresAt: Instant }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'NOT_A_SERVICE_ACCOUNT', 'SCOPE_NOT_ALLOWED', 'RECENT_FACTOR_NEEDED'],
})

export const revokeApiKey = defineEndpoint({
  id: 'access.revoke-api-key',
  method: 'POST',
  path: '/api/access/revoke-api-key',
  summary: 'Revoke a key',
  description: 'Ends a key of a service account at once.',
  access: administrators,
  audit: { action: 'access.revoke-api-key', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ accountId: Uuid, keyId: Uuid }, closed),
  output: Type.Object({ revoked: Type.Literal(true) }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'NO_SUCH_API_KEY', 'RECENT_FACTOR_NEEDED'],
})
