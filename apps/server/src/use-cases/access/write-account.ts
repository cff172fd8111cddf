import type { IssuedLink } from '@guankou/contract/access/accounts.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type Account, insertAccount, updateAccount } from '@guankou/db/queries/access/accounts.ts'
import { revokeSessionsOf } from '@guankou/db/queries/access/sessions.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { frontOfRole } from '#src/use-cases/access/front-of-role.ts'
import { findManaged } from '#src/use-cases/access/manage-account.ts'
import { issueSignInLink } from '#src/use-cases/access/sign-in.ts'

const linkFor = async ({ db, now }: ServerContext, actor: Actor, account: Account): Promise<IssuedLink> => {
  const { token, expiresAtMs } = await issueSignInLink(db, account, now(), actor.accountId)
  return { token, front: frontOfRole(account.role), expiresAt: new Date(expiresAtMs).toISOString() }
}

export type NewAccount = {
  readonly login: string
  readonly name: Bilingual
  readonly role: Role
  readonly area: number
  readonly crew?: Bilingual
}

/** Makes an account; a person's comes with a link to sign in for the first time. */
export const createAccount = async (
  context: ServerContext,
  actor: Actor,
  { login, name, role, area, crew }: NewAccount,
): Promise<Result<{ readonly accountId: string; readonly link: IssuedLink | null }>> => {
  const { db, now } = context
  const account: Account = { id: v7(), login, name, role, areaCode: area, crew: crew ?? null }
  const made = await inArea(db, actor.areaCode, async (tx) => {
    if (!(await insertAccount(tx, account))) return false
    const act = { action: 'access.create-account', subject: account.id, detail: `${role}, ${area}` }
    await auditAccess(tx, actor, act, now())
    return true
  })
  if (!made) return refused('LOGIN_TAKEN', '/login')
  const link = role === 'service-account' ? null : await linkFor(context, actor, account)
  return done({ accountId: account.id, link })
}

export type AccountChange = {
  readonly accountId: string
  readonly name?: Bilingual
  readonly role?: Role
  readonly area?: number
  readonly crew?: Bilingual | null
}

/** Changes an account; where that changes what it may do, its sessions end. */
export const changeAccount = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  change: AccountChange,
): Promise<Result<{ readonly ended: number }>> => {
  const { accountId, name, role, area, crew } = change
  const changesPowers = role !== undefined || area !== undefined
  const result = await inArea(db, actor.areaCode, async (tx): Promise<Result<{ ended: number }>> => {
    const found = await findManaged(tx, actor, accountId, changesPowers ? 'of-others' : 'any')
    if (!found.ok) return found
    const old = found.value
    const account: Account = {
      ...old,
      name: name ?? old.name,
      role: role ?? old.role,
      areaCode: area ?? old.areaCode,
      crew: crew === undefined ? old.crew : crew,
    }
    // Before the account moves: afterwards it may lie where this transaction sees it no more.
    const ended = changesPowers ? await revokeSessionsOf(tx, accountId, new Date(now())) : 0
    await updateAccount(tx, account)
    const powers = `${old.role}, ${old.areaCode} to ${account.role}, ${account.areaCode}`
    const detail = changesPowers ? powers : 'name or crew'
    await auditAccess(tx, actor, { action: 'access.change-account', subject: accountId, detail }, now())
    return done({ ended })
  })
  access.sessions.forgetAccount(accountId)
  return result
}

/** A one-time link for an account of the area. Nobody makes one for the own account: a link proves who holds it. */
export const issueLink = async (
  context: ServerContext,
  actor: Actor,
  accountId: string,
): Promise<Result<IssuedLink>> => {
  const found = await inArea(context.db, actor.areaCode, (tx) => findManaged(tx, actor, accountId))
  return found.ok ? done(await linkFor(context, actor, found.value)) : found
}
