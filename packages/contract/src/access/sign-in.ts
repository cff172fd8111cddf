import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, printable } from '../primitives.ts'
import { PasskeyAssertion } from './passkeys.ts'
import { peopleRoles } from './people.ts'
import { SessionView } from './session.ts'

const closed = { additionalProperties: false } as const

/** The name under which an account signs in: small letters, digits and the marks between them. */
export const Login = Type.String({
  minLength: 2,
  maxLength: 64,
  pattern: '^[a-z0-9][a-z0-9._-]*$',
  description: 'login of an account',
})

/** What is typed as a login; more than can be one, so that a slip is a wrong login and not a wrong request. */
export const TypedLogin = Type.String({ minLength: 1, maxLength: 100, pattern: printable })

export const Password = Type.String({ minLength: 1, maxLength: 200, description: 'a password, in clear' })

export const readSignInWays = defineEndpoint({
  id: 'access.sign-in-ways',
  method: 'GET',
  path: '/api/access/sign-in-ways',
  summary: 'Ways to sign in',
  description: 'What this installation offers beside a password and a one-time link.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.sign-in-ways', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object(
    {
      passkeys: Type.Boolean(),
      identityProvider: Type.Union([Type.Object({ label: BilingualText }, closed), Type.Null()]),
    },
    closed,
  ),
  errors: [],
})

export const signInWithPassword = defineEndpoint({
  id: 'access.password-sign-in',
  method: 'POST',
  path: '/api/access/password-sign-in',
  summary: 'Sign in with a password',
  description:
    'Opens a session. Where a second factor is due, the session lacks it and may do nothing but prove it or set it up. After several failures the login and the address are locked for a while, which the refusal tells.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.password-sign-in', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 4_096 },
  body: Type.Object({ login: TypedLogin, password: Password }, closed),
  output: SessionView,
  errors: ['SIGN_IN_FAILED', 'SIGN_IN_LOCKED'],
})

export const FactorProof = Type.Union([
  Type.Object({ is: Type.Literal('password'), password: Password }, closed),
  Type.Object({ is: Type.Literal('code'), code: Type.String({ pattern: '^[0-9]{6}$' }) }, closed),
  Type.Object(
    {
      is: Type.Literal('backup-code'),
      code: Type.String({ minLength: 8, maxLength: 20, pattern: '^[A-Za-z0-9-]*$' }),
    },
    closed,
  ),
  Type.Object({ is: Type.Literal('passkey'), assertion: PasskeyAssertion }, closed),
])
export type FactorProof = Static<typeof FactorProof>

export const proveFactor = defineEndpoint({
  id: 'access.prove-factor',
  method: 'POST',
  path: '/api/access/prove-factor',
  summary: 'Prove a factor',
  description:
    'Proves the second factor that a session lacks, for which a password does not do; or any factor once more before a sensitive act.',
  access: { roles: peopleRoles, area: 'actor', purpose: 'sign-in', despite: ['second-factor'] },
  audit: { action: 'access.prove-factor', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 16_384 },
  body: Type.Object({ proof: FactorProof }, closed),
  output: SessionView,
  errors: ['SIGN_IN_FAILED', 'SIGN_IN_LOCKED', 'PASSKEY_NOT_ACCEPTED', 'PASSKEYS_NOT_CONFIGURED'],
})

export const startProviderSignIn = defineEndpoint({
  id: 'access.provider-sign-in',
  method: 'GET',
  path: '/api/access/identity-provider',
  summary: 'Go to the identity provider',
  description:
    'Sends the browser to the identity provider of the city, with a state that only this browser can bring back.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.provider-sign-in', record: 'denied' },
  limits: { group: 'sign-in', bodyBytes: 0 },
  output: Type.Object({}, closed),
  redirects: true,
  errors: ['IDENTITY_PROVIDER_NOT_CONFIGURED', 'IDENTITY_PROVIDER_FAILED'],
})

const Parameter = Type.Optional(Type.String({ maxLength: 2_000 }))

export const finishProviderSignIn = defineEndpoint({
  id: 'access.provider-return',
  method: 'GET',
  path: '/api/access/callback/identity-provider',
  summary: 'Come back from the identity provider',
  description:
    'Takes the code of the identity provider (OpenID Connect Core 1.0 §3.1.2.5), opens a session for the account that is tied to the subject, and sends the browser on to the console.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.provider-return', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 0 },
  query: Type.Object(
    {
      code: Parameter,
      state: Parameter,
      iss: Parameter,
      session_state: Parameter,
      scope: Parameter,
      error: Parameter,
      error_description: Parameter,
      error_uri: Parameter,
    },
    closed,
  ),
  output: Type.Object({}, closed),
  redirects: true,
  errors: ['IDENTITY_PROVIDER_NOT_CONFIGURED', 'IDENTITY_PROVIDER_FAILED', 'SIGN_IN_FAILED'],
})
