import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf } from '../primitives.ts'
import { roles } from '../roles.ts'
import { PasskeyView } from './passkeys.ts'
import { peopleRoles } from './people.ts'
import { Login, Password } from './sign-in.ts'

const closed = { additionalProperties: false } as const
const none = Type.Object({}, closed)
const Uuid = Type.String({ format: 'uuid', maxLength: 36 })

/** How somebody signed in. */
export const signInMethods = ['link', 'password', 'passkey', 'identity-provider'] as const

export const OpenSessionView = Type.Object(
  {
    id: Type.String(),
    method: oneOf(signInMethods),
    front: Type.Union([Type.String(), Type.Null()]),
    /** What the browser calls itself, cut short. */
    agent: Type.Union([Type.String(), Type.Null()]),
    device: Type.Union([Type.String(), Type.Null()]),
    createdAt: Instant,
    lastSeenAt: Type.Union([Instant, Type.Null()]),
    expiresAt: Instant,
    /** Whether it is the one that asks. */
    own: Type.Boolean(),
  },
  closed,
)
export type OpenSessionView = Static<typeof OpenSessionView>

const setUp = {
  roles: peopleRoles,
  area: 'actor',
  purpose: 'sign-in',
  despite: ['second-factor-set-up'],
} as const

export const OwnAccount = Type.Object(
  {
    accountId: Type.String(),
    login: Login,
    name: BilingualText,
    role: oneOf(roles),
    areaCode: DivisionCode,
    hasPassword: Type.Boolean(),
    hasTotp: Type.Boolean(),
    backupCodesLeft: Count,
    passkeys: Type.Array(PasskeyView),
    identityProvider: Type.Boolean(),
    secondFactorNeeded: Type.Boolean(),
    /** Until when the last proof of a factor counts; null where none is asked for. */
    provedUntil: Type.Union([Instant, Type.Null()]),
  },
  closed,
)
export type OwnAccount = Static<typeof OwnAccount>

export const readOwnAccount = defineEndpoint({
  id: 'access.own-account',
  method: 'GET',
  path: '/api/access/own-account',
  summary: 'One’s own account',
  description:
    'What the account that is signed in can prove itself with, and for how long the last proof counts.',
  access: { ...setUp, despite: ['second-factor', 'second-factor-set-up'] },
  audit: { action: 'access.own-account', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: OwnAccount,
  errors: [],
})

export const listOwnSessions = defineEndpoint({
  id: 'access.own-sessions',
  method: 'GET',
  path: '/api/access/own-sessions',
  summary: 'One’s own sessions',
  description: 'Where the account that is signed in is signed in, the session used last first.',
  access: { roles: peopleRoles, area: 'actor', purpose: 'sign-in' },
  audit: { action: 'access.own-sessions', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ sessions: Type.Array(OpenSessionView) }, closed),
  errors: [],
})

export const endOwnSessions = defineEndpoint({
  id: 'access.end-own-sessions',
  method: 'POST',
  path: '/api/access/end-own-sessions',
  summary: 'End one’s own sessions',
  description: 'Ends one session of the account that is signed in, or all but the present one.',
  access: { roles: peopleRoles, area: 'actor', purpose: 'sign-in' },
  audit: { action: 'access.end-own-sessions', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ sessionId: Type.Optional(Uuid) }, closed),
  output: Type.Object({ ended: Count }, closed),
  errors: ['NO_SUCH_SESSION'],
})

export const setPassword = defineEndpoint({
  id: 'access.set-password',
  method: 'POST',
  path: '/api/access/set-password',
  summary: 'Set a password',
  description:
    'Sets or changes the password of the account that is signed in and ends its other sessions. Says whether the list of leaked passwords could be asked.',
  access: { ...setUp, recentFactor: true },
  audit: { action: 'access.set-password', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 4_096 },
  body: Type.Object({ password: Password }, closed),
  output: Type.Object({ breachList: oneOf(['not-listed', 'unreachable', 'off']), ended: Count }, closed),
  errors: ['PASSWORD_TOO_WEAK', 'PASSWORD_BREACHED'],
})

export const startTotp = defineEndpoint({
  id: 'access.start-totp',
  method: 'POST',
  path: '/api/access/start-totp',
  summary: 'Begin an authenticator',
  description:
    'A new secret for an authenticator app (TOTP, RFC 6238), shown once; it counts from its first confirmed code on.',
  access: { ...setUp, recentFactor: true },
  audit: { action: 'access.start-totp', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: none,
  output: Type.Object({ uri: Type.String(), secret: Type.String() }, closed),
  errors: ['TOTP_SET_UP_ALREADY'],
})

const BackupCodes = Type.Object({ backupCodes: Type.Array(Type.String()) }, closed)

export const confirmTotp = defineEndpoint({
  id: 'access.confirm-totp',
  method: 'POST',
  path: '/api/access/confirm-totp',
  summary: 'Confirm an authenticator',
  description:
    'Takes the first code of the new authenticator and gives backup codes, each good once, shown once.',
  access: { ...setUp, recentFactor: true },
  audit: { action: 'access.confirm-totp', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 1_024 },
  body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }, closed),
  output: BackupCodes,
  errors: ['SIGN_IN_FAILED', 'SIGN_IN_LOCKED', 'TOTP_NOT_STARTED'],
})

export const removeTotp = defineEndpoint({
  id: 'access.remove-totp',
  method: 'POST',
  path: '/api/access/remove-totp',
  summary: 'Remove the authenticator',
  description: 'Forgets the authenticator of the account that is signed in, with its backup codes.',
  access: { roles: peopleRoles, area: 'actor', purpose: 'sign-in', recentFactor: true },
  audit: { action: 'access.remove-totp', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: none,
  output: Type.Object({ removed: Type.Boolean() }, closed),
  errors: ['LAST_SECOND_FACTOR'],
})

export const renewBackupCodes = defineEndpoint({
  id: 'access.renew-backup-codes',
  method: 'POST',
  path: '/api/access/renew-backup-codes',
  summary: 'Renew the backup codes',
  description: 'Gives new backup codes; the old ones are good no more.',
  access: { roles: peopleRoles, area: 'actor', purpose: 'sign-in', recentFactor: true },
  audit: { action: 'access.renew-backup-codes', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: none,
  output: BackupCodes,
  errors: ['TOTP_NOT_STARTED'],
})
