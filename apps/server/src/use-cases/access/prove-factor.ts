import type { SessionView } from '@guankou/contract/access/session.ts'
import type { FactorProof } from '@guankou/contract/access/sign-in.ts'
import { findAccountById } from '@guankou/db/queries/access/accounts.ts'
import { readFactorsOf } from '@guankou/db/queries/access/credentials.ts'
import { usePasskey } from '@guankou/db/queries/access/passkeys.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { CallingClient } from '#src/endpoint.ts'
import { done, type Result, refused } from '#src/result.ts'
import { passkeySite, verifyAssertion } from '#src/sign-in/passkeys.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { completeSignIn } from '#src/use-cases/access/complete-sign-in.ts'
import { type SignedIn, viewOf } from '#src/use-cases/access/open-session.ts'
import { orBusy, refusalOfTry } from '#src/use-cases/access/sign-in-with-password.ts'

/** Under which login the guesses at codes of an account are counted; no login looks like it. */
export const codeLogin = (accountId: string): string => `codes of ${accountId}`

type Proved = Result<true>

const checkPasskey = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  proof: Extract<FactorProof, { is: 'passkey' }>,
  client: CallingClient,
): Promise<Proved> => {
  const site = passkeySite(access.settings, client)
  if (site === undefined) return refused('PASSKEYS_NOT_CONFIGURED')
  const asserted = await verifyAssertion({ db, now }, site, proof.assertion)
  if (asserted?.passkey.accountId !== actor.accountId) return refused('PASSKEY_NOT_ACCEPTED')
  await usePasskey(db.query, asserted.passkey.id, asserted.counter, new Date(now()))
  return done(true)
}

const checkProof = async (
  context: ServerContext,
  actor: Actor,
  proof: FactorProof,
  client: CallingClient,
): Promise<Proved> => {
  if (proof.is === 'passkey') return checkPasskey(context, actor, proof, client)
  const { db, access } = context
  const { accountId } = actor
  const account = await findAccountById(db.query, accountId)
  // What opened the session cannot be its second factor as well.
  if (account === undefined || (proof.is === 'password' && actor.lacks !== null))
    return refused('SIGN_IN_FAILED')
  const { totp } = await readFactorsOf(db.query, accountId)
  const check = async (): Promise<boolean> => {
    if (proof.is === 'password') return access.credentials.isPassword(accountId, proof.password)
    if (!totp) return false
    return proof.is === 'code'
      ? access.credentials.isTotpCode(accountId, proof.code)
      : access.credentials.isBackupCode(accountId, proof.code)
  }
  const login = proof.is === 'password' ? account.login : codeLogin(accountId)
  const tried = await access.lockOut.attempt(login, client.address, check)
  return tried.is === 'passed' ? done(true) : refusalOfTry(tried)
}

/** Proves a factor in a session: the second one that it lacks, or any before a sensitive act. */
export const proveFactor = (
  context: ServerContext,
  actor: Actor,
  proof: FactorProof,
  client: CallingClient,
): Promise<Result<{ readonly view: SessionView; readonly session: SignedIn | undefined }>> =>
  orBusy(async () => {
    const checked = await checkProof(context, actor, proof, client)
    if (!checked.ok) return checked
    const { db, now, access } = context
    const session = await db.query.transaction().execute(async (tx) => {
      const act = { action: 'access.prove-factor', subject: actor.accountId, detail: proof.is }
      await auditAccess(tx, actor, act, now())
      return completeSignIn(tx, actor, now())
    })
    access.sessions.forgetAccount(actor.accountId)
    return done({ view: session?.view ?? viewOf(actor, actor.sessionExpiresAtMs), session })
  })
