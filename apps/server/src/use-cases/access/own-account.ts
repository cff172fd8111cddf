import type { OpenSessionView, OwnAccount } from '@guankou/contract/access/own-account.ts'
import type { PasskeyView } from '@guankou/contract/access/passkeys.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findAccountById } from '@guankou/db/queries/access/accounts.ts'
import { readFactorsOf } from '@guankou/db/queries/access/credentials.ts'
import { type Passkey, readPasskeysOf } from '@guankou/db/queries/access/passkeys.ts'
import { type OpenSession, readSessionsOf, revokeSessionsOf } from '@guankou/db/queries/access/sessions.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'

export const toPasskeyView = ({ id, label, createdAt, lastUsedAt }: Passkey): PasskeyView => ({
  id,
  label,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

/** What the account that is signed in can prove itself with. */
export const readOwnAccount = async (
  { db, access }: ServerContext,
  actor: Actor,
): Promise<Result<OwnAccount>> => {
  const account = await findAccountById(db.query, actor.accountId)
  if (account === undefined) return refused('NOT_SIGNED_IN')
  const factors = await readFactorsOf(db.query, actor.accountId)
  return done({
    accountId: account.id,
    login: account.login,
    name: account.name,
    role: account.role,
    areaCode: account.areaCode,
    hasPassword: factors.password,
    hasTotp: factors.totp,
    backupCodesLeft: factors.totp ? await access.credentials.backupCodesLeft(account.id) : 0,
    passkeys: (await readPasskeysOf(db.query, account.id)).map(toPasskeyView),
    identityProvider: factors.identityProvider,
    secondFactorNeeded: access.policy.needsSecondFactor(account.role),
    provedUntil: Number.isFinite(actor.provedUntilMs) ? new Date(actor.provedUntilMs).toISOString() : null,
  })
}

/** Sessions as they are shown. @param ownId  the session that asks */
export const toSessionViews = (sessions: readonly OpenSession[], ownId: string): OpenSessionView[] =>
  sessions.map(({ createdAt, lastSeenAt, expiresAt, ...session }) => ({
    ...session,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
    own: session.id === ownId,
  }))

export const listOwnSessions = async ({ db, now }: ServerContext, actor: Actor): Promise<OpenSessionView[]> =>
  toSessionViews(
    await inArea(db, actor.areaCode, (tx) => readSessionsOf(tx, actor.accountId, new Date(now()))),
    actor.sessionId,
  )

/** Ends one own session, or all others where none is named. */
export const endOwnSessions = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  sessionId: string | undefined,
): Promise<Result<{ readonly ended: number }>> => {
  const which = sessionId === undefined ? { except: actor.sessionId } : { only: sessionId }
  const ended = await inArea(db, actor.areaCode, async (tx) => {
    const count = await revokeSessionsOf(tx, actor.accountId, new Date(now()), which)
    const act = { action: 'access.end-own-sessions', subject: actor.accountId, detail: `${count} ended` }
    if (count > 0) await auditAccess(tx, actor, act, now())
    return count
  })
  access.sessions.forgetAccount(actor.accountId)
  return ended === 0 && sessionId !== undefined ? refused('NO_SUCH_SESSION') : done({ ended })
}
