import Type, { type Static } from 'typebox'
import { defineEndpoint, lacks } from '../endpoint.ts'
import { BilingualText, DivisionCode, Instant, oneOf, printable } from '../primitives.ts'
import { accountRoles, roles } from '../roles.ts'

const closed = { additionalProperties: false } as const

/** Who is signed in, as the fronts see it. */
export const SessionView = Type.Object(
  {
    accountId: Type.String(),
    name: BilingualText,
    role: oneOf(roles),
    areaCode: DivisionCode,
    crew: Type.Union([BilingualText, Type.Null()]),
    deviceId: Type.Union([Type.String(), Type.Null()]),
    expiresAt: Instant,
    /** What has to be done before the session may be used; left out once it may. */
    lacks: Type.Optional(oneOf(lacks)),
  },
  closed,
)
export type SessionView = Static<typeof SessionView>

export const signIn = defineEndpoint({
  id: 'access.sign-in',
  method: 'POST',
  path: '/api/access/sign-in',
  summary: 'Sign in with a one-time link',
  description:
    'Spends the token of a one-time link and opens a session, held in a cookie that scripts cannot read. A field device names itself so that it can be revoked.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.sign-in', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 4_096 },
  body: Type.Object(
    {
      token: Type.String({ minLength: 16, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' }),
      device: Type.Optional(
        Type.Object(
          {
            id: Type.String({ format: 'uuid', maxLength: 36 }),
            label: Type.String({ minLength: 1, maxLength: 80, pattern: printable }),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  output: SessionView,
  errors: ['SIGN_IN_LINK_SPENT', 'DEVICE_REVOKED', 'DEVICE_NOT_ENROLLED'],
})

const everyone = accountRoles

export const readSession = defineEndpoint({
  id: 'access.session',
  method: 'GET',
  path: '/api/access/session',
  summary: 'Who is signed in',
  description: 'The account, role and area of the session.',
  access: { roles: everyone, area: 'actor', purpose: 'sign-in', despite: lacks },
  audit: { action: 'access.session', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: SessionView,
  errors: [],
})

export const signOut = defineEndpoint({
  id: 'access.sign-out',
  method: 'POST',
  path: '/api/access/sign-out',
  summary: 'Sign out',
  description:
    'Ends the session. Records that wait on the phone stay there, under the name of who made them.',
  access: { roles: everyone, area: 'actor', purpose: 'sign-in', despite: lacks },
  audit: { action: 'access.sign-out', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({}, closed),
  output: Type.Object({ signedOut: Type.Literal(true) }, closed),
  errors: [],
})
