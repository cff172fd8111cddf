import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf, printable } from '../primitives.ts'
import { accountRoles, type Role, roles } from '../roles.ts'
import { OpenSessionView } from './own-account.ts'
import { Login } from './sign-in.ts'

const closed = { additionalProperties: false } as const
const Uuid = Type.String({ format: 'uuid', maxLength: 36 })
const Words = Type.String({ minLength: 1, maxLength: 60, pattern: printable })
const TwoNames = Type.Object({ zh: Words, en: Words }, closed)
const HeldRole = oneOf(accountRoles as [Role, ...Role[]])
const onAccount = Type.Object({ accountId: Uuid }, closed)

/** Who manages accounts: within the own area, with a factor proved lately, and never the own account's powers. */
const administrators = {
  roles: ['administrator'],
  area: 'actor',
  purpose: 'administration',
  recentFactor: true,
} as const

/** An account as those see it who manage or watch accounts. */
export const AccountView = Type.Object(
  {
    id: Type.String(),
    login: Login,
    name: BilingualText,
    role: oneOf(roles),
    areaCode: DivisionCode,
    crew: Type.Union([BilingualText, Type.Null()]),
    disabledAt: Type.Union([Instant, Type.Null()]),
    /** Until when its login is locked after failures. */
    lockedUntil: Type.Union([Instant, Type.Null()]),
    lastSeenAt: Type.Union([Instant, Type.Null()]),
    openSessions: Count,
    hasPassword: Type.Boolean(),
    hasTotp: Type.Boolean(),
    passkeys: Count,
    identityProvider: Type.Boolean(),
    /** Whether its role asks for a second factor that it does not have. */
    lacksSecondFactor: Type.Boolean(),
  },
  closed,
)
export type AccountView = Static<typeof AccountView>

export const accountStates = ['active', 'disabled'] as const

export const listAccounts = defineEndpoint({
  id: 'access.accounts',
  method: 'GET',
  path: '/api/access/accounts',
  summary: 'Accounts of the area',
  description:
    'Accounts in the area of whoever asks, by login, a hundred at a time; `after` is the last login of the page before.',
  access: {
    roles: ['administrator', 'data-protection-officer', 'auditor'],
    area: 'actor',
    purpose: 'service-health',
  },
  audit: { action: 'access.accounts', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: 60, pattern: printable })),
      role: Type.Optional(HeldRole),
      state: Type.Optional(oneOf(accountStates)),
      after: Type.Optional(Type.String({ maxLength: 64, pattern: printable })),
    },
    closed,
  ),
  output: Type.Object({ accounts: Type.Array(AccountView), more: Type.Boolean() }, closed),
  errors: [],
})

/** A one-time link, shown once. */
export const IssuedLink = Type.Object(
  { token: Type.String(), front: oneOf(['field', 'console']), expiresAt: Instant },
  closed,
)
export type IssuedLink = Static<typeof IssuedLink>

export const createAccount = defineEndpoint({
  id: 'access.create-account',
  method: 'POST',
  path: '/api/access/create-account',
  summary: 'Create an account',
  description: 'Makes an account in the area of whoever asks, and a one-time link for its first sign-in.',
  access: { ...administrators, area: 'body.area' },
  audit: { action: 'access.create-account', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      login: Login,
      name: TwoNames,
      role: HeldRole,
      area: DivisionCode,
      crew: Type.Optional(TwoNames),
    },
    closed,
  ),
  output: Type.Object({ accountId: Type.String(), link: Type.Union([IssuedLink, Type.Null()]) }, closed),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_AREA', 'LOGIN_TAKEN', 'RECENT_FACTOR_NEEDED'],
})

export const changeAccount = defineEndpoint({
  id: 'access.change-account',
  method: 'POST',
  path: '/api/access/change-account',
  summary: 'Change an account',
  description:
    'Gives an account another role, area, crew or name. What it may do changes at once: its sessions and keys end.',
  access: { ...administrators, area: 'body.area' },
  audit: { action: 'access.change-account', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      accountId: Uuid,
      name: Type.Optional(TwoNames),
      role: Type.Optional(HeldRole),
      area: Type.Optional(DivisionCode),
      crew: Type.Optional(Type.Union([TwoNames, Type.Null()])),
    },
    closed,
  ),
  output: Type.Object({ ended: Count }, closed),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_AREA', 'NO_SUCH_ACCOUNT', 'NOT_ONESELF', 'RECENT_FACTOR_NEEDED'],
})

export const disableAccount = defineEndpoint({
  id: 'access.disable-account',
  method: 'POST',
  path: '/api/access/disable-account',
  summary: 'Disable an account',
  description:
    'Ends its sessions and keys at once and lets nobody sign in with it until it is enabled again.',
  access: administrators,
  audit: { action: 'access.disable-account', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: onAccount,
  output: Type.Object({ ended: Count }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'NOT_ONESELF', 'RECENT_FACTOR_NEEDED'],
})

export const enableAccount = defineEndpoint({
  id: 'access.enable-account',
  method: 'POST',
  path: '/api/access/enable-account',
  summary: 'Enable an account',
  description: 'Lets a disabled account sign in again; keys that were not revoked count again.',
  access: administrators,
  audit: { action: 'access.enable-account', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: onAccount,
  output: Type.Object({ enabled: Type.Literal(true) }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'NOT_ONESELF', 'RECENT_FACTOR_NEEDED'],
})

export const issueLink = defineEndpoint({
  id: 'access.issue-link',
  method: 'POST',
  path: '/api/access/issue-link',
  summary: 'Issue a sign-in link',
  description:
    'A one-time link for an account, good for a day and shown once; it is to be handed over in person.',
  access: administrators,
  audit: { action: 'access.issue-link', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: onAccount,
  output: IssuedLink,
  errors: ['NO_SUCH_ACCOUNT', 'NOT_ONESELF', 'RECENT_FACTOR_NEEDED'],
})

export const unlockAccount = defineEndpoint({
  id: 'access.unlock-account',
  method: 'POST',
  path: '/api/access/unlock-account',
  summary: 'Unlock an account',
  description: 'Forgets the failed sign-ins of an account, so that it may try again at once.',
  access: administrators,
  audit: { action: 'access.unlock-account', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: onAccount,
  output: Type.Object({ wasLocked: Type.Boolean() }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'RECENT_FACTOR_NEEDED'],
})

export const resetFactors = defineEndpoint({
  id: 'access.reset-factors',
  method: 'POST',
  path: '/api/access/reset-factors',
  summary: 'Reset the factors of an account',
  description:
    'Takes password, authenticator, backup codes and passkeys of an account away, unties it from the identity provider and ends its sessions; it gets in again by a link.',
  access: administrators,
  audit: { action: 'access.reset-factors', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: onAccount,
  output: Type.Object({ ended: Count }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'NOT_ONESELF', 'RECENT_FACTOR_NEEDED'],
})

export const listAccountSessions = defineEndpoint({
  id: 'access.account-sessions',
  method: 'GET',
  path: '/api/access/account-sessions',
  summary: 'Sessions of an account',
  description: 'Where an account of the area is signed in.',
  access: { roles: ['administrator', 'auditor'], area: 'actor', purpose: 'service-health' },
  audit: { action: 'access.account-sessions', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ account: Uuid }, closed),
  output: Type.Object({ sessions: Type.Array(OpenSessionView) }, closed),
  errors: ['NO_SUCH_ACCOUNT'],
})

export const endAccountSessions = defineEndpoint({
  id: 'access.end-account-sessions',
  method: 'POST',
  path: '/api/access/end-account-sessions',
  summary: 'End sessions of an account',
  description: 'Ends one session of an account of the area, or all of them, at once.',
  access: administrators,
  audit: { action: 'access.end-account-sessions', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ accountId: Uuid, sessionId: Type.Optional(Uuid) }, closed),
  output: Type.Object({ ended: Count }, closed),
  errors: ['NO_SUCH_ACCOUNT', 'NO_SUCH_SESSION', 'RECENT_FACTOR_NEEDED'],
})
