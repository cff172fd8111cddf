import Type from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { modes } from './modes.ts'
import { Instant, oneOf } from './primitives.ts'

export const readHealth = defineEndpoint({
  id: 'health.read',
  method: 'GET',
  path: '/api/health',
  summary: 'Whether the server and its database answer',
  description: 'For load balancers and phones: 200 when the database answers, 503 otherwise.',
  access: { roles: 'anyone', area: 'none', purpose: 'service-health' },
  audit: { action: 'health.read', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object(
    { status: Type.Literal('ok'), version: Type.String(), now: Instant, mode: oneOf(modes) },
    { additionalProperties: false },
  ),
  errors: ['DATABASE_UNAVAILABLE'],
})
