import type { PasskeyAssertion } from '@guankou/contract/access/passkeys.ts'
import { findUsableAccount } from '@guankou/db/queries/access/accounts.ts'
import { usePasskey } from '@guankou/db/queries/access/passkeys.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient, Extras } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import { passkeySite, verifyAssertion } from '#src/sign-in/passkeys.ts'
import { openSession, type SignedIn } from '#src/use-cases/access/open-session.ts'

/**
 * Signs in with a passkey. It cannot be guessed, so a login that is locked for guessing lets it in. The authenticator
 * has verified whoever holds it: that is two factors.
 */
export const signInWithPasskey = async (
  { db, now, access }: ServerContext,
  assertion: PasskeyAssertion,
  client: CallingClient,
): Promise<Result<SignedIn> & Pick<Extras, 'subject'>> => {
  const site = passkeySite(access.settings, client)
  if (site === undefined) return refused('PASSKEYS_NOT_CONFIGURED')
  const asserted = await verifyAssertion({ db, now }, site, assertion)
  if (asserted === undefined) return refused('PASSKEY_NOT_ACCEPTED')
  const { passkey, counter } = asserted
  const account = await findUsableAccount(db.query, { id: passkey.accountId })
  if (account === undefined) return { ...refused('PASSKEY_NOT_ACCEPTED'), subject: passkey.accountId }
  const entrance = {
    ...client,
    method: 'passkey',
    action: 'access.passkey-sign-in',
    deviceId: null,
    secondFactorProved: true,
  } as const
  return db.query.transaction().execute(async (tx) => {
    await usePasskey(tx, passkey.id, counter, new Date(now()))
    return done(await openSession(tx, access.policy, account, entrance, now()))
  })
}
