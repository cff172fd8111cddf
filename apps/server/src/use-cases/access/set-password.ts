import { findAccountById } from '@guankou/db/queries/access/accounts.ts'
import { ensureAuthUser, writePassword } from '@guankou/db/queries/access/credentials.ts'
import { revokeSessionsOf } from '@guankou/db/queries/access/sessions.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import type { BreachAnswer } from '#src/sign-in/breach-list.ts'
import { addressOf } from '#src/sign-in/library.ts'
import { hashPassword } from '#src/sign-in/password-hash.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { orBusy } from '#src/use-cases/access/sign-in-with-password.ts'

/** Shorter passwords are guessed; a longer lower bound is what NIST SP 800-63B §3.1.1.2 asks where there is no second factor. */
const shortest = 10
const fewestDifferent = 5

/** Whether a password is easy to guess from the login or from its own pattern. */
export const isTooWeak = (password: string, login: string): boolean => {
  const characters = [...password.normalize('NFC').toLowerCase()]
  if (characters.length < shortest || new Set(characters).size < fewestDifferent) return true
  return login.length >= 3 && characters.join('').includes(login.toLowerCase())
}

type PasswordSet = { readonly breachList: Exclude<BreachAnswer, 'leaked'>; readonly ended: number }

/** Sets the password of the account that is signed in, and ends its other sessions. */
export const setPassword = (
  { db, now, access }: ServerContext,
  actor: Actor,
  password: string,
): Promise<Result<PasswordSet>> =>
  orBusy(async () => {
    const account = await findAccountById(db.query, actor.accountId)
    if (account === undefined || account.role === 'service-account') return refused('ROLE_NOT_ALLOWED')
    if (isTooWeak(password, account.login)) return refused('PASSWORD_TOO_WEAK', '/password')
    const breachList = await access.credentials.breachList.ask(password)
    if (breachList === 'leaked') return refused('PASSWORD_BREACHED', '/password')
    const hash = await hashPassword(password)
    const nowMs = now()
    const at = new Date(nowMs)
    const { accountId } = actor
    const ended = await db.query.transaction().execute(async (tx) => {
      await ensureAuthUser(tx, { accountId, address: addressOf(accountId), now: at })
      await writePassword(tx, { id: v7(), accountId, hash, now: at })
      const count = await revokeSessionsOf(tx, accountId, at, { except: actor.sessionId })
      const detail = `list of leaked passwords: ${breachList}`
      await auditAccess(tx, actor, { action: 'access.set-password', subject: accountId, detail }, nowMs)
      return count
    })
    access.sessions.forgetAccount(accountId)
    return done({ breachList, ended })
  })
