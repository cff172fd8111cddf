import { findAccountById } from '@guankou/db/queries/access/accounts.ts'
import {
  deleteTotp,
  ensureAuthUser,
  isTotpStarted,
  readFactorsOf,
  writeBackupCodes,
  writeUnconfirmedTotp,
} from '@guankou/db/queries/access/credentials.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import { addressOf } from '#src/sign-in/library.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { completeSignIn } from '#src/use-cases/access/complete-sign-in.ts'
import type { SignedIn } from '#src/use-cases/access/open-session.ts'
import { codeLogin } from '#src/use-cases/access/prove-factor.ts'
import { refusalOfTry } from '#src/use-cases/access/sign-in-with-password.ts'

/** Begins an authenticator for the account that is signed in; one that was begun before and never used is replaced. */
export const startTotp = async (
  { db, now, access }: ServerContext,
  actor: Actor,
): Promise<Result<{ readonly uri: string; readonly secret: string }>> => {
  const { accountId } = actor
  const account = await findAccountById(db.query, accountId)
  if (account === undefined) return refused('NOT_SIGNED_IN')
  const { uri, secret, sealedSecret } = await access.credentials.newTotp(account.login)
  const { sealed } = await access.credentials.newBackupCodes()
  const isBegun = await db.query.transaction().execute(async (tx) => {
    await ensureAuthUser(tx, { accountId, address: addressOf(accountId), now: new Date(now()) })
    const totp = { id: v7(), accountId, sealedSecret, sealedBackupCodes: sealed }
    if (!(await writeUnconfirmedTotp(tx, totp))) return false
    await auditAccess(tx, actor, { action: 'access.start-totp', subject: accountId }, now())
    return true
  })
  return isBegun ? done({ uri, secret }) : refused('TOTP_SET_UP_ALREADY')
}

type Confirmed = { readonly backupCodes: string[]; readonly session: SignedIn | undefined }

/** Takes the first code of an authenticator: it counts from now on, and the session lacks nothing. */
export const confirmTotp = async (
  context: ServerContext,
  actor: Actor,
  code: string,
  client: CallingClient,
): Promise<Result<Confirmed>> => {
  const { db, now, access } = context
  const { accountId } = actor
  if (!(await isTotpStarted(db.query, accountId))) return refused('TOTP_NOT_STARTED')
  const tried = await access.lockOut.attempt(codeLogin(accountId), client.address, () =>
    access.credentials.isTotpCode(accountId, code),
  )
  if (tried.is !== 'passed') return refusalOfTry(tried)
  const { codes, sealed } = await access.credentials.newBackupCodes()
  const session = await db.query.transaction().execute(async (tx) => {
    await writeBackupCodes(tx, accountId, sealed)
    await auditAccess(tx, actor, { action: 'access.confirm-totp', subject: accountId }, now())
    return completeSignIn(tx, actor, now())
  })
  access.sessions.forgetAccount(accountId)
  return done({ backupCodes: [...codes], session })
}

/** Takes the authenticator away, unless the role would be left without a second factor. */
export const removeTotp = async (
  { db, now, access }: ServerContext,
  actor: Actor,
): Promise<Result<{ readonly removed: boolean }>> => {
  const { accountId, role } = actor
  const { passkeys } = await readFactorsOf(db.query, accountId)
  if (access.policy.needsSecondFactor(role) && passkeys === 0) return refused('LAST_SECOND_FACTOR')
  const removed = await db.query.transaction().execute(async (tx) => {
    const there = await deleteTotp(tx, accountId)
    if (there) await auditAccess(tx, actor, { action: 'access.remove-totp', subject: accountId }, now())
    return there
  })
  return done({ removed })
}

/** Gives new backup codes in place of the old ones. */
export const renewBackupCodes = async (
  { db, now, access }: ServerContext,
  actor: Actor,
): Promise<Result<{ readonly backupCodes: string[] }>> => {
  const { accountId } = actor
  const { codes, sealed } = await access.credentials.newBackupCodes()
  const written = await db.query.transaction().execute(async (tx) => {
    if (!(await writeBackupCodes(tx, accountId, sealed))) return false
    await auditAccess(tx, actor, { action: 'access.renew-backup-codes', subject: accountId }, now())
    return true
  })
  return written ? done({ backupCodes: [...codes] }) : refused('TOTP_NOT_STARTED')
}
