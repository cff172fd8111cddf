import { findUsableAccount } from '@guankou/db/queries/access/accounts.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient, Extras } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import type { ProviderReturn } from '#src/sign-in/credentials.ts'
import { openSession, type SignedIn } from '#src/use-cases/access/open-session.ts'

/** Where to send a browser that signs in at the city's identity provider. */
export const visitProvider = async ({
  access,
  log,
}: ServerContext): Promise<Result<{ readonly url: string; readonly cookies: readonly string[] }>> => {
  if (access.settings.identityProvider === undefined) return refused('IDENTITY_PROVIDER_NOT_CONFIGURED')
  try {
    return done(await access.credentials.visitProvider())
  } catch (error) {
    // Its configuration could not be read, say; people sign in another way meanwhile.
    log.error({ err: error }, 'the identity provider cannot be used')
    return refused('IDENTITY_PROVIDER_FAILED')
  }
}

/** Signs in whom the identity provider confirmed. */
export const returnFromProvider = async (
  { db, now, access, log }: ServerContext,
  query: ProviderReturn,
  cookie: string | undefined,
  client: CallingClient,
): Promise<Result<SignedIn> & Pick<Extras, 'subject'>> => {
  const { identityProvider } = access.settings
  if (identityProvider === undefined) return refused('IDENTITY_PROVIDER_NOT_CONFIGURED')
  const accountId = await access.credentials.returnFromProvider(query, cookie).catch((error: unknown) => {
    log.error({ err: error }, 'the identity provider could not be asked')
    return undefined
  })
  if (accountId === undefined) return refused('IDENTITY_PROVIDER_FAILED')
  const account = await findUsableAccount(db.query, { id: accountId })
  if (account === undefined) return { ...refused('SIGN_IN_FAILED'), subject: accountId }
  const entrance = {
    ...client,
    method: 'identity-provider',
    action: 'access.provider-return',
    deviceId: null,
    secondFactorProved: identityProvider.secondFactor === 'provider',
  } as const
  return db.query
    .transaction()
    .execute(async (tx) => done(await openSession(tx, access.policy, account, entrance, now())))
}
