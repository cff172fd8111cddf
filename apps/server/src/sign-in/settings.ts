import { readFile } from 'node:fs/promises'
import { oneOf, printable } from '@guankou/contract/primitives.ts'
import { accountRoles, type Role } from '@guankou/contract/roles.ts'
import Type, { type Static } from 'typebox'
import { compileChecker } from '#src/schema-checker.ts'

const closed = { additionalProperties: false } as const
const Words = Type.String({ minLength: 1, maxLength: 80, pattern: printable })
const Address = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 300 })

const IdentityProvider = Type.Object(
  {
    /** What the button on the sign-in page says. */
    name: Type.Object({ zh: Words, en: Words }, closed),
    /** OpenID Connect issuer; its configuration is read from `/.well-known/openid-configuration` below it. */
    issuer: Address,
    clientId: Words,
    /** File with the client's secret; the environment's GUANKOU_OIDC_CLIENT_SECRET goes first. */
    clientSecretFile: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    /** Claim that carries the login of the account here. */
    loginClaim: Type.Optional(Words),
    /** Further origins of the provider, where its tokens or keys are at another host than its issuer. */
    origins: Type.Optional(Type.Array(Address, { maxItems: 10 })),
    scopes: Type.Optional(Type.Array(Words, { maxItems: 10 })),
    /** `provider`: the provider has asked for a second factor already; `here`: it is asked for here. */
    secondFactor: Type.Optional(oneOf(['provider', 'here'])),
  },
  closed,
)
export type IdentityProviderSettings = Static<typeof IdentityProvider> & { readonly clientSecret?: string }

const BreachList = Type.Union([
  Type.Object({ file: Type.String({ minLength: 1, maxLength: 300 }) }, closed),
  Type.Object({ url: Address }, closed),
])
export type BreachListSettings = Static<typeof BreachList>

const SettingsFile = Type.Object(
  {
    /** Where browsers reach the server; passkeys and the identity provider need it. */
    publicOrigin: Type.Optional(Type.String({ pattern: '^https?://[^/\\s]+$', maxLength: 200 })),
    identityProvider: Type.Optional(IdentityProvider),
    breachList: Type.Optional(BreachList),
    /** Roles that must have a second factor; left out: those that a real city should guard, and none in a demo. */
    secondFactorRoles: Type.Optional(Type.Array(oneOf(accountRoles as [Role, ...Role[]]), { maxItems: 20 })),
    /** Whether sensitive acts ask for a factor again; left out: yes, except in a demo. */
    recentFactor: Type.Optional(Type.Boolean()),
    /** After how many minutes without a call a session at a desk ends; left out: 60, and never in a demo. */
    idleMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 720 })),
  },
  closed,
)

/** How a city has people sign in. */
export type SignInSettings = Omit<Static<typeof SettingsFile>, 'identityProvider'> & {
  readonly identityProvider?: IdentityProviderSettings
}

/** Thrown where the settings of sign-in cannot be used; says what to change. */
export class SignInSettingsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SignInSettingsError'
  }
}

const check = compileChecker(SettingsFile)

const parse = (file: string, text: string): Static<typeof SettingsFile> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new SignInSettingsError(`${file} is not JSON. · ${file} 不是有效的 JSON。`, { cause })
  }
  const checked = check(value)
  if (checked.ok) return checked.value
  throw new SignInSettingsError(
    `${file}: ${checked.refusal.path ?? ''} ${checked.detail}. · ${file} 的设置有误，见左。`,
  )
}

/**
 * Reads the settings of sign-in.
 * @param source.file  may be missing: then nothing is configured
 * @param source.clientSecret  from the environment, instead of a file
 * @throws SignInSettingsError
 */
export const readSignInSettings = async (source: {
  readonly file: string
  readonly clientSecret: string | undefined
}): Promise<SignInSettings> => {
  const text = await readFile(source.file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new SignInSettingsError(`${source.file} cannot be read. · 无法读取 ${source.file}。`, { cause })
  })
  if (text === undefined) return {}
  const { identityProvider, ...settings } = parse(source.file, text)
  if (identityProvider === undefined) return settings
  if (settings.publicOrigin === undefined)
    throw new SignInSettingsError(
      `${source.file}: an identity provider needs publicOrigin. · 使用身份认证平台须填写 publicOrigin。`,
    )
  const { clientSecretFile } = identityProvider
  const secret =
    source.clientSecret ??
    (clientSecretFile === undefined
      ? undefined
      : await readFile(clientSecretFile, 'utf8').catch((cause: unknown) => {
          throw new SignInSettingsError(
            `${clientSecretFile} cannot be read. · 无法读取 ${clientSecretFile}。`,
            { cause },
          )
        }))
  return {
    ...settings,
    identityProvider: { ...identityProvider, ...(secret && { clientSecret: secret.trim() }) },
  }
}
