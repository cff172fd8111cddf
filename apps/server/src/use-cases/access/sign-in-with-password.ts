import { findUsableAccount } from '@guankou/db/queries/access/accounts.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient, Extras } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import type { Tried } from '#src/sign-in/lock-out.ts'
import { TooManyPasswordsError } from '#src/sign-in/password-hash.ts'
import { openSession, type SignedIn } from '#src/use-cases/access/open-session.ts'

type Refused = Extract<Result<never>, { ok: false }>

/** The refusal of a try that did not pass. */
export const refusalOfTry = (tried: Exclude<Tried, { is: 'passed' }>): Refused =>
  tried.is === 'failed'
    ? refused('SIGN_IN_FAILED')
    : { ok: false, refusal: { code: 'SIGN_IN_LOCKED', retryAfterSeconds: tried.seconds } }

/** Runs what checks a password, and refuses where too many are being checked already. */
export const orBusy = async <T>(work: () => Promise<T>): Promise<T | Refused> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooManyPasswordsError) return refused('BUSY')
    throw error
  }
}

/** Signs in with a password. Nothing in the answer or its time tells whether the login exists. */
export const signInWithPassword = (
  { db, now, access }: ServerContext,
  typed: { readonly login: string; readonly password: string },
  client: CallingClient,
): Promise<Result<SignedIn> & Pick<Extras, 'subject'>> =>
  orBusy(async () => {
    const login = typed.login.trim().toLowerCase()
    const found = await findUsableAccount(db.query, { login })
    const account = found?.role === 'service-account' ? undefined : found
    const tried = await access.lockOut.attempt(login, client.address, () =>
      access.credentials.isPassword(account?.id, typed.password),
    )
    const subject = account === undefined ? {} : { subject: account.id }
    if (tried.is !== 'passed') return { ...refusalOfTry(tried), ...subject }
    if (account === undefined) return refused('SIGN_IN_FAILED')
    const entrance = {
      ...client,
      method: 'password',
      action: 'access.password-sign-in',
      deviceId: null,
      secondFactorProved: false,
    } as const
    return db.query
      .transaction()
      .execute(async (tx) => done(await openSession(tx, access.policy, account, entrance, now())))
  })
