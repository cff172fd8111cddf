import type { Role } from '@guankou/contract/roles.ts'
import type { Database } from '@guankou/db/database.ts'
import { type Account, findAccountByLogin, findAccountByRole } from '@guankou/db/queries/access/accounts.ts'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { frontOfRole } from '#src/use-cases/access/front-of-role.ts'
import { issueSignInLink } from '#src/use-cases/access/sign-in.ts'

export type PrintedLink = { readonly account: Account; readonly url: string; readonly expiresAt: Date }

/** Address that opens a front with a one-time token; behind `#`, so that it reaches no log on the way. */
const linkAddress = (origin: string, front: string, token: string): string =>
  `${origin}/${front}/sign-in#token=${token}`

/** Makes a one-time link for an account. @param front  left out: the one the role works with */
export const makeLink = async (
  db: Database,
  account: Account,
  origin: string,
  front: 'field' | 'console' = frontOfRole(account.role),
  nowMs: number = Date.now(),
): Promise<PrintedLink> => {
  const { token, expiresAtMs } = await issueSignInLink(db, account, nowMs)
  return { account, url: linkAddress(origin, front, token), expiresAt: new Date(expiresAtMs) }
}

/** The account that a person at the terminal means. @throws CommandFailure where there is none */
export const requireAccount = async (
  db: Database,
  who: { readonly login?: string; readonly role?: Role },
): Promise<Account> => {
  const account =
    who.login === undefined
      ? await findAccountByRole(db.query, who.role ?? 'administrator')
      : await findAccountByLogin(db.query, who.login)
  if (account !== undefined) return account
  throw new CommandFailure(
    `There is no account for ${who.login ?? who.role ?? 'administrator'}. · 没有这个账号。`,
    exitCodes.badInput,
  )
}
