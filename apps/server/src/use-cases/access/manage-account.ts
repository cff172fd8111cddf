import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { type Account, findAccountById, setAccountDisabled } from '@guankou/db/queries/access/accounts.ts'
import { deleteCredentials, deleteTotp } from '@guankou/db/queries/access/credentials.ts'
import { deletePasskeys } from '@guankou/db/queries/access/passkeys.ts'
import { readSessionsOf, revokeSessionsOf } from '@guankou/db/queries/access/sessions.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { toSessionViews } from '#src/use-cases/access/own-account.ts'
import { codeLogin } from '#src/use-cases/access/prove-factor.ts'

/** An account that the actor manages; nobody manages the own one where that would give or take powers. */
export const findManaged = async (
  tx: AreaTransaction,
  actor: Actor,
  accountId: string,
  whose: 'any' | 'of-others' = 'of-others',
): Promise<Result<Account>> => {
  if (whose === 'of-others' && accountId === actor.accountId) return refused('NOT_ONESELF')
  const account = await findAccountById(tx, accountId)
  if (account === undefined || !mayActIn(actor, account.areaCode)) return refused('NO_SUCH_ACCOUNT')
  return done(account)
}

type Ended = Result<{ readonly ended: number }>

/** Takes an account out of use; its sessions end at once, and its keys count no more. */
export const disableAccount = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  accountId: string,
): Promise<Ended> => {
  const at = new Date(now())
  const result = await inArea(db, actor.areaCode, async (tx): Promise<Ended> => {
    const found = await findManaged(tx, actor, accountId)
    if (!found.ok) return found
    await setAccountDisabled(tx, accountId, at)
    const ended = await revokeSessionsOf(tx, accountId, at)
    await auditAccess(tx, actor, { action: 'access.disable-account', subject: accountId }, now())
    return done({ ended })
  })
  access.sessions.forgetAccount(accountId)
  return result
}

/** Lets a disabled account be used again. */
export const enableAccount = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  accountId: string,
): Promise<Result<{ readonly enabled: true }>> => {
  const result = await inArea(db, actor.areaCode, async (tx): Promise<Result<{ readonly enabled: true }>> => {
    const found = await findManaged(tx, actor, accountId)
    if (!found.ok) return found
    await setAccountDisabled(tx, accountId, null)
    await auditAccess(tx, actor, { action: 'access.enable-account', subject: accountId }, now())
    return done({ enabled: true })
  })
  access.sessions.forgetAccount(accountId)
  return result
}

/** Forgets the failures of an account, in signing in and in codes. */
export const unlockAccount = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  accountId: string,
): Promise<Result<{ readonly wasLocked: boolean }>> => {
  const found = await inArea(db, actor.areaCode, async (tx) => {
    const managed = await findManaged(tx, actor, accountId, 'any')
    if (managed.ok)
      await auditAccess(tx, actor, { action: 'access.unlock-account', subject: accountId }, now())
    return managed
  })
  if (!found.ok) return found
  const [byLogin, byCodes] = await Promise.all([
    access.lockOut.unlock(found.value.login),
    access.lockOut.unlock(codeLogin(accountId)),
  ])
  return done({ wasLocked: byLogin || byCodes })
}

/** Takes all that an account can prove itself with, for somebody who lost it. */
export const resetFactors = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  accountId: string,
): Promise<Ended> => {
  const at = new Date(now())
  const found = await inArea(db, actor.areaCode, (tx) => findManaged(tx, actor, accountId))
  if (!found.ok) return found
  // Not in the request role: what proves who somebody is lies out of its reach.
  const ended = await db.query.transaction().execute(async (tx) => {
    const taken = [
      (await deleteCredentials(tx, accountId)) ? 'password or identity provider' : '',
      (await deleteTotp(tx, accountId)) ? 'authenticator' : '',
      (await deletePasskeys(tx, accountId)) > 0 ? 'passkeys' : '',
    ].filter((each) => each !== '')
    const act = { action: 'access.reset-factors', subject: accountId, detail: taken.join(', ') || 'nothing' }
    await auditAccess(tx, actor, act, now())
    return revokeSessionsOf(tx, accountId, at)
  })
  access.sessions.forgetAccount(accountId)
  return done({ ended })
}

/** Where an account of the area is signed in. */
export const listAccountSessions = ({ db, now }: ServerContext, actor: Actor, accountId: string) =>
  inArea(db, actor.areaCode, async (tx) => {
    const found = await findManaged(tx, actor, accountId, 'any')
    if (!found.ok) return found
    return done({
      sessions: toSessionViews(await readSessionsOf(tx, accountId, new Date(now())), actor.sessionId),
    })
  })

/** Ends one session of an account, or all of them. */
export const endAccountSessions = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  { accountId, sessionId }: { readonly accountId: string; readonly sessionId: string | undefined },
): Promise<Ended> => {
  const result = await inArea(db, actor.areaCode, async (tx): Promise<Ended> => {
    const found = await findManaged(tx, actor, accountId, 'any')
    if (!found.ok) return found
    const which = sessionId === undefined ? {} : { only: sessionId }
    const ended = await revokeSessionsOf(tx, accountId, new Date(now()), which)
    if (ended === 0 && sessionId !== undefined) return refused('NO_SUCH_SESSION')
    const act = { action: 'access.end-account-sessions', subject: accountId, detail: `${ended} ended` }
    await auditAccess(tx, actor, act, now())
    return done({ ended })
  })
  access.sessions.forgetAccount(accountId)
  return result
}
