import { createHmac } from 'node:crypto'
import type { Database } from '@guankou/db/database.ts'
import { findAccountByLogin } from '@guankou/db/queries/access/accounts.ts'
import { ensureAuthUser, readSubjectOf, spendCode } from '@guankou/db/queries/access/credentials.ts'
import type { Logger } from 'pino'
import { deriveBytes, deriveKey } from '#src/identity/master-key.ts'
import { type BreachList, createBreachList } from '#src/sign-in/breach-list.ts'
import {
  addressOf,
  createSignInLibrary,
  ownerField,
  providerId,
  type SignInLibrary,
} from '#src/sign-in/library.ts'
import type { SignInSettings } from '#src/sign-in/settings.ts'

/** A code counts in its own half minute, the one before and the one after (RFC 6238 §5.2). */
const codeGoodForMs = 2 * 60_000
const backupCodeCount = 10

/** The parameters that an identity provider sends a browser back with. */
export type ProviderReturn = Readonly<Record<string, string | undefined>>

export type NewTotp = {
  readonly uri: string
  /** The secret as a person types it (base 32). */
  readonly secret: string
  readonly sealedSecret: string
}

export type Credentials = {
  readonly breachList: BreachList
  /** Whether it is the password of that account; takes as long where there is no account or no password. */
  readonly isPassword: (accountId: string | undefined, password: string) => Promise<boolean>
  readonly newTotp: (login: string) => Promise<NewTotp>
  /** Whether a code is the authenticator's now, and was not used before; the first one puts it in use. */
  readonly isTotpCode: (accountId: string, code: string) => Promise<boolean>
  readonly newBackupCodes: () => Promise<{ readonly codes: readonly string[]; readonly sealed: string }>
  /** Whether a backup code is one of those left; takes it away. */
  readonly isBackupCode: (accountId: string, code: string) => Promise<boolean>
  readonly backupCodesLeft: (accountId: string) => Promise<number>
  /** Where to send a browser that signs in at the city's identity provider, and the cookie to send along. */
  readonly visitProvider: () => Promise<{ readonly url: string; readonly cookies: readonly string[] }>
  /** Who came back from there. @returns the account, or undefined where it is nobody's or was not confirmed */
  readonly returnFromProvider: (
    query: ProviderReturn,
    cookie: string | undefined,
  ) => Promise<string | undefined>
}

type Parts = {
  readonly db: Database
  readonly rootKey: Buffer
  readonly settings: SignInSettings
  readonly now: () => number
  readonly log: Logger
}

/** The library refuses by throwing; whatever else it throws is a fault. */
const isRefusal = (error: unknown): boolean => {
  const { name, statusCode } = error as { name?: unknown; statusCode?: unknown }
  return name === 'APIError' && typeof statusCode === 'number' && statusCode < 500
}

const passes = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** Who a subject of the identity provider is: whoever was tied to it first; a login that changed hands ties nobody. */
const subjectFinder =
  ({ db, now }: Pick<Parts, 'db' | 'now'>) =>
  async (subject: string, login: unknown): Promise<string | undefined> => {
    if (typeof login !== 'string') return undefined
    const account = await findAccountByLogin(db.query, login.trim().toLowerCase())
    if (account === undefined || account.role === 'service-account') return undefined
    const tied = await readSubjectOf(db.query, account.id, providerId)
    if (tied !== undefined && tied !== subject) return undefined
    const user = { accountId: account.id, address: addressOf(account.id), now: new Date(now()) }
    await ensureAuthUser(db.query, user)
    return account.id
  }

const totpParts = (library: SignInLibrary, secret: string) => ({
  newTotp: async (login: string): Promise<NewTotp> => {
    const [{ generateRandomString, symmetricEncrypt }, { createOTP }] = await Promise.all([
      import('better-auth/crypto'),
      import('@better-auth/utils/otp'),
    ])
    const plain = generateRandomString(32)
    const uri = createOTP(plain, { digits: 6, period: 30 }).url('关口 Guankou', login)
    return {
      uri,
      secret: new URL(uri).searchParams.get('secret') ?? '',
      sealedSecret: await symmetricEncrypt({ key: secret, data: plain }),
    }
  },
  newBackupCodes: async () => {
    const { generateRandomString, symmetricEncrypt } = await import('better-auth/crypto')
    const codes = Array.from({ length: backupCodeCount }, () => {
      const code = generateRandomString(10, 'a-z', '0-9')
      return `${code.slice(0, 5)}-${code.slice(5)}`
    })
    return { codes, sealed: await symmetricEncrypt({ key: secret, data: JSON.stringify(codes) }) }
  },
  isBackupCode: (accountId: string, code: string) =>
    passes(() =>
      library.as(accountId, ({ auth, headers }) => auth.api.verifyBackupCode({ body: { code }, headers })),
    ),
  backupCodesLeft: async (accountId: string) => {
    const { value } = await library.inOneCall(({ auth }) =>
      auth.api.viewBackupCodes({ body: { [ownerField]: accountId } }),
    )
    return value.backupCodes.length
  },
})

const providerParts = (library: SignInLibrary, settings: SignInSettings) => ({
  visitProvider: async () => {
    const consoleAddress = `${settings.publicOrigin ?? ''}/console/`
    const { value } = await library.inOneCall(({ auth }) =>
      auth.api.signInSocial({
        body: { provider: providerId, callbackURL: consoleAddress, disableRedirect: true },
        returnHeaders: true,
      }),
    )
    const { url } = value.response
    if (url === undefined) throw new Error('the identity provider gave no address to go to')
    return { url, cookies: value.headers.getSetCookie() }
  },
  returnFromProvider: async (query: ProviderReturn, cookie: string | undefined) => {
    const { signedIn } = await library.inOneCall(({ auth }) =>
      auth.api.callbackOAuth({
        method: 'GET',
        params: { id: providerId },
        query,
        headers: new Headers(cookie === undefined ? {} : { cookie }),
        asResponse: true,
      }),
    )
    return signedIn
  },
})

/** What proves who somebody is; the sign-in library checks it and keeps it. */
export const createCredentials = ({ db, rootKey, settings, now, log }: Parts): Credentials => {
  const secret = deriveBytes(rootKey, 'sign-in-secrets')
  const codeKey = deriveKey(rootKey, 'spent-codes')
  const findSubject = subjectFinder({ db, now })
  const library = createSignInLibrary({ db, secret, settings, log, findSubject })
  const isUnspent = (accountId: string, code: string): Promise<boolean> =>
    spendCode(db.query, {
      accountId,
      digest: createHmac('sha256', codeKey).update(`${accountId}|${code}`).digest().subarray(0, 16),
      // By the clock that the library compares codes with.
      now: new Date(),
      goneBefore: new Date(Date.now() - codeGoodForMs),
    })
  return {
    breachList: createBreachList(settings.breachList, log),
    isPassword: (accountId, password) =>
      passes(() =>
        library.inOneCall(({ auth }) =>
          auth.api.signInEmail({ body: { email: addressOf(accountId ?? 'nobody'), password } }),
        ),
      ),
    ...totpParts(library, secret.toString('base64')),
    isTotpCode: async (accountId, code) =>
      (await passes(() =>
        library.as(accountId, ({ auth, headers }) => auth.api.verifyTOTP({ body: { code }, headers })),
      )) && isUnspent(accountId, code),
    ...providerParts(library, settings),
  }
}
