import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Instant, printable } from '../primitives.ts'
import { peopleRoles } from './people.ts'
import { SessionView } from './session.ts'

const closed = { additionalProperties: false } as const
const none = Type.Object({}, closed)

/** Bytes as the browser's WebAuthn JSON carries them (Web Authentication Level 3 §5.1.8): base64url without padding. */
const Bytes = (longest: number) =>
  Type.String({ minLength: 1, maxLength: longest, pattern: '^[A-Za-z0-9_-]*$' })
const Word = Type.String({ maxLength: 40, pattern: '^[a-z-]*$' })
const Descriptor = Type.Object(
  {
    id: Type.String(),
    type: Type.Literal('public-key'),
    transports: Type.Optional(Type.Array(Type.String())),
  },
  closed,
)

/** What a browser is asked to sign with a passkey (`PublicKeyCredentialRequestOptionsJSON`). */
export const PasskeyChallenge = Type.Object(
  {
    challenge: Type.String(),
    rpId: Type.String(),
    timeout: Type.Integer(),
    userVerification: Type.Literal('required'),
  },
  closed,
)

/** What a browser answers to that (`AuthenticationResponseJSON`), the parts that are read here. */
export const PasskeyAssertion = Type.Object(
  {
    id: Bytes(1_400),
    rawId: Bytes(1_400),
    type: Type.Literal('public-key'),
    response: Type.Object(
      {
        clientDataJSON: Bytes(4_000),
        authenticatorData: Bytes(4_000),
        signature: Bytes(4_000),
        userHandle: Type.Optional(Bytes(200)),
      },
      closed,
    ),
    clientExtensionResults: none,
  },
  closed,
)
export type PasskeyAssertion = Static<typeof PasskeyAssertion>

/** What a browser answers to a new passkey (`RegistrationResponseJSON`), the parts that are read here. */
export const PasskeyAttestation = Type.Object(
  {
    id: Bytes(1_400),
    rawId: Bytes(1_400),
    type: Type.Literal('public-key'),
    response: Type.Object(
      {
        clientDataJSON: Bytes(4_000),
        attestationObject: Bytes(16_000),
        transports: Type.Optional(Type.Array(Word, { maxItems: 10 })),
      },
      closed,
    ),
    clientExtensionResults: none,
  },
  closed,
)
export type PasskeyAttestation = Static<typeof PasskeyAttestation>

export const startPasskeySignIn = defineEndpoint({
  id: 'access.passkey-challenge',
  method: 'POST',
  path: '/api/access/passkey-challenge',
  summary: 'Ask for a passkey challenge',
  description:
    'A challenge to be signed by a passkey within five minutes, to sign in or to prove a factor again.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.passkey-challenge', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 1_024 },
  body: none,
  output: PasskeyChallenge,
  errors: ['PASSKEYS_NOT_CONFIGURED'],
})

export const signInWithPasskey = defineEndpoint({
  id: 'access.passkey-sign-in',
  method: 'POST',
  path: '/api/access/passkey-sign-in',
  summary: 'Sign in with a passkey',
  description:
    'Opens a session for the account that the passkey belongs to. The authenticator has verified its user, so no second factor is asked for.',
  access: { roles: 'anyone', area: 'none', purpose: 'sign-in' },
  audit: { action: 'access.passkey-sign-in', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 16_384 },
  body: Type.Object({ assertion: PasskeyAssertion }, closed),
  output: SessionView,
  errors: ['PASSKEY_NOT_ACCEPTED', 'PASSKEYS_NOT_CONFIGURED', 'SIGN_IN_LOCKED'],
})

export const startPasskey = defineEndpoint({
  id: 'access.start-passkey',
  method: 'POST',
  path: '/api/access/start-passkey',
  summary: 'Begin a new passkey',
  description: 'What the browser is to make a passkey from, for the account that is signed in.',
  access: {
    roles: peopleRoles,
    area: 'actor',
    purpose: 'sign-in',
    despite: ['second-factor-set-up'],
    recentFactor: true,
  },
  audit: { action: 'access.start-passkey', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: none,
  output: Type.Object(
    {
      challenge: Type.String(),
      rp: Type.Object({ id: Type.String(), label: Type.String() }, closed),
      user: Type.Object({ id: Type.String(), login: Type.String(), displayText: Type.String() }, closed),
      algorithms: Type.Array(Type.Integer()),
      timeout: Type.Integer(),
      excludeCredentials: Type.Array(Descriptor),
    },
    closed,
  ),
  errors: ['PASSKEYS_NOT_CONFIGURED'],
})

export const PasskeyView = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    createdAt: Instant,
    lastUsedAt: Type.Union([Instant, Type.Null()]),
  },
  closed,
)
export type PasskeyView = Static<typeof PasskeyView>

export const addPasskey = defineEndpoint({
  id: 'access.add-passkey',
  method: 'POST',
  path: '/api/access/add-passkey',
  summary: 'Add a passkey',
  description: 'Keeps the passkey that a browser made from a challenge of ours.',
  access: {
    roles: peopleRoles,
    area: 'actor',
    purpose: 'sign-in',
    despite: ['second-factor-set-up'],
    recentFactor: true,
  },
  audit: { action: 'access.add-passkey', record: 'every' },
  limits: { group: 'write', bodyBytes: 32_768 },
  body: Type.Object(
    {
      label: Type.String({ minLength: 1, maxLength: 60, pattern: printable }),
      attestation: PasskeyAttestation,
    },
    closed,
  ),
  output: PasskeyView,
  errors: ['PASSKEY_NOT_ACCEPTED', 'PASSKEYS_NOT_CONFIGURED'],
})

export const removePasskey = defineEndpoint({
  id: 'access.remove-passkey',
  method: 'POST',
  path: '/api/access/remove-passkey',
  summary: 'Remove a passkey',
  description: 'Forgets a passkey of the account that is signed in.',
  access: { roles: peopleRoles, area: 'actor', purpose: 'sign-in', recentFactor: true },
  audit: { action: 'access.remove-passkey', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ passkeyId: Type.String({ format: 'uuid', maxLength: 36 }) }, closed),
  output: Type.Object({ removed: Type.Literal(true) }, closed),
  errors: ['NO_SUCH_PASSKEY', 'LAST_SECOND_FACTOR'],
})
