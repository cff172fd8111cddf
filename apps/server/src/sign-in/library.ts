import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database } from '@guankou/db/database.ts'
import type { BetterAuthOptions } from 'better-auth'
import type { Logger } from 'pino'
import { v7 } from 'uuid'
import { hashPassword, isPasswordOf } from '#src/sign-in/password-hash.ts'
import type { IdentityProviderSettings, SignInSettings } from '#src/sign-in/settings.ts'

export const providerId = 'identity-provider'

/** What the library calls the account that something belongs to. */
export const ownerField = 'userId'

/** What one call of the library leaves behind, and forgets when it is over. */
type CallState = {
  readonly kept: Map<string, string>
  /** The account that the library would have signed in. */
  signedIn: string | undefined
}

const calls = new AsyncLocalStorage<CallState>()

const callState = (): CallState => {
  const state = calls.getStore()
  if (state === undefined) throw new Error('the sign-in library was called outside of `inOneCall`')
  return state
}

/** Who stands behind a profile of the identity provider. @returns the account's id, `undefined` where it is nobody's */
export type FindSubject = (subject: string, login: unknown) => Promise<string | undefined>

type Parts = {
  readonly db: Database
  /** 32 bytes; seals authenticator secrets, backup codes and the state of a visit to the identity provider. */
  readonly secret: Buffer
  readonly settings: SignInSettings
  readonly log: Logger
  readonly findSubject: FindSubject
}

/** An address for an account that no mail can reach (RFC 2606 §2). */
export const addressOf = (accountId: string): string => `${accountId}@accounts.invalid`

const nobody = '00000000-0000-0000-0000-000000000000'

const providerOptions = (provider: IdentityProviderSettings, findSubject: FindSubject) => ({
  providerId,
  discoveryUrl: `${provider.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
  clientId: provider.clientId,
  ...(provider.clientSecret === undefined ? {} : { clientSecret: provider.clientSecret }),
  scopes: provider.scopes ?? ['openid', 'profile'],
  pkce: true,
  requireIdTokenVerification: true,
  // Accounts are made by administrators; whoever has none stays outside.
  disableSignUp: true,
  mapProfileToUser: async (profile: Record<string, unknown>) => {
    const login = profile[provider.loginClaim ?? 'preferred_username']
    const accountId = await findSubject(String(profile.sub), login)
    return { email: addressOf(accountId ?? nobody), emailVerified: true, name: accountId ?? nobody }
  },
})

const snakeCase = {
  user: {
    modelName: 'auth_users',
    fields: {
      emailVerified: 'email_verified',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  account: {
    modelName: 'auth_credentials',
    fields: {
      [ownerField]: 'account_id',
      accountId: 'subject',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'auth_second_factors',
      fields: {
        [ownerField]: 'account_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
} as const

/** Tokens of the identity provider are of no use here once somebody is signed in, so they are not kept. */
const withoutTokens = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
}

/** Its sessions are not ours: they live in memory, for the time of one call. */
const memoryOfOneCall = {
  get: (key: string) => callState().kept.get(key) ?? null,
  set: (key: string, value: string) => void callState().kept.set(key, value),
  delete: (key: string) => void callState().kept.delete(key),
  getAndDelete: (key: string) => {
    const { kept } = callState()
    const value = kept.get(key) ?? null
    kept.delete(key)
    return value
  },
  increment: (key: string) => {
    const { kept } = callState()
    const next = Number(kept.get(key) ?? 0) + 1
    kept.set(key, String(next))
    return next
  },
}

const hooks = {
  session: {
    create: {
      after: async (session: { readonly [ownerField]: string }) => {
        callState().signedIn = session[ownerField]
      },
    },
  },
  account: {
    create: { before: async (account: object) => ({ data: { ...account, ...withoutTokens } }) },
    update: { before: async (account: object) => ({ data: { ...account, ...withoutTokens } }) },
  },
}

const fixedOptions = {
  appName: '关口 Guankou',
  basePath: '/api/access',
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  advanced: { cookiePrefix: 'guankou', database: { generateId: () => v7() } },
  emailAndPassword: {
    enabled: true,
    disableSignUp: true,
    minPasswordLength: 1,
    maxPasswordLength: 256,
    password: {
      hash: hashPassword,
      verify: ({ hash, password }: { hash: string; password: string }) => isPasswordOf(hash, password),
    },
  },
  user: snakeCase.user,
  account: {
    ...snakeCase.account,
    storeStateStrategy: 'cookie',
    accountLinking: { enabled: true, trustedProviders: [providerId], requireLocalEmailVerified: false },
  },
  secondaryStorage: memoryOfOneCall,
  databaseHooks: hooks,
} satisfies BetterAuthOptions

const build = async ({ db, secret, settings, log, findSubject }: Parts) => {
  const [{ betterAuth }, { twoFactor }, { genericOAuth }, { bearer }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/two-factor'),
    import('better-auth/plugins/generic-oauth'),
    import('better-auth/plugins/bearer'),
  ])
  const { identityProvider } = settings
  const auth = betterAuth({
    ...fixedOptions,
    baseURL: settings.publicOrigin ?? 'http://localhost',
    secret: secret.toString('base64'),
    database: { db: db.query, type: 'postgres' },
    logger: {
      // What it says may hold what people typed, so only its own failures are passed on, and never the details.
      log: (level, message) => (level === 'error' ? log.debug({ message }, 'sign-in library') : undefined),
    },
    plugins: [
      bearer(),
      twoFactor({ issuer: '关口 Guankou', allowPasswordless: true, schema: snakeCase.twoFactor }),
      genericOAuth({
        config: identityProvider === undefined ? [] : [providerOptions(identityProvider, findSubject)],
      }),
    ],
  })
  return { auth, internals: await auth.$context }
}

type Built = Awaited<ReturnType<typeof build>>

export type SignInLibrary = {
  /** Runs one call of the library. @returns what it answered, and the account that it took for signed in */
  readonly inOneCall: <T>(
    work: (library: Built) => Promise<T>,
  ) => Promise<{ readonly value: T; readonly signedIn: string | undefined }>
  /** Runs one call of the library as an account that is signed in with us. */
  readonly as: <T>(
    accountId: string,
    work: (library: Built & { readonly headers: Headers }) => Promise<T>,
  ) => Promise<T>
}

/** Opens the library that keeps passwords and second factors; it is loaded on first use, as many never need it. */
export const createSignInLibrary = (parts: Parts): SignInLibrary => {
  let built: Promise<Built> | undefined
  const load = (): Promise<Built> => {
    built ??= build(parts)
    return built
  }
  const inOneCall: SignInLibrary['inOneCall'] = async (work) => {
    const state: CallState = { kept: new Map(), signedIn: undefined }
    const value = await calls.run(state, async () => work(await load()))
    return { value, signedIn: state.signedIn }
  }
  return {
    inOneCall,
    as: async (accountId, work) => {
      const { value } = await inOneCall(async (library) => {
        const { token } = await library.internals.internalAdapter.createSession(accountId)
        return work({ ...library, headers: new Headers({ authorization: `Bearer ${token}` }) })
      })
      return value
    },
  }
}
