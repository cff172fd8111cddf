import type { AccountView } from '@guankou/contract/access/accounts.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import {
  type AccountFilter,
  type ListedAccount,
  readAccounts,
} from '@guankou/db/queries/access/account-list.ts'
import { type Factors, readFactors } from '@guankou/db/queries/access/credentials.ts'
import { readLockedLogins } from '@guankou/db/queries/access/sign-in-attempts.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { codeLogin } from '#src/use-cases/access/prove-factor.ts'

const pageLength = 100
const noFactors: Factors = { password: false, totp: false, passkeys: 0, identityProvider: false }

type Page = { readonly accounts: AccountView[]; readonly more: boolean }

/** A page of the accounts in the actor's area, with what they can prove themselves with. */
export const listAccounts = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  filter: Omit<AccountFilter, 'limit'>,
): Promise<Page> => {
  const at = new Date(now())
  const read = await inArea(db, actor.areaCode, (tx) =>
    readAccounts(tx, { ...filter, limit: pageLength + 1 }, at),
  )
  const page = read.slice(0, pageLength).filter(({ areaCode }) => mayActIn(actor, areaCode))
  // Of these tables a request sees nothing; what is read is of accounts that it sees.
  const factors = await readFactors(
    db.query,
    page.map(({ id }) => id),
  )
  const digestsOf = ({ id, login }: ListedAccount) =>
    [login, codeLogin(id)].map((each) => access.lockOut.loginDigest(each))
  const locked = await readLockedLogins(db.query, page.flatMap(digestsOf), at)
  const lockedUntil = (account: ListedAccount): string | null => {
    const ends = digestsOf(account).flatMap((digest) => locked.get(digest.toString('hex')) ?? [])
    return ends.length === 0 ? null : new Date(Math.max(...ends.map(Number))).toISOString()
  }
  const accounts = page.map((account): AccountView => {
    const { password, totp, passkeys, identityProvider } = factors.get(account.id) ?? noFactors
    return {
      id: account.id,
      login: account.login,
      name: account.name,
      role: account.role,
      areaCode: account.areaCode,
      crew: account.crew,
      disabledAt: account.disabledAt?.toISOString() ?? null,
      lockedUntil: lockedUntil(account),
      lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
      openSessions: account.openSessions,
      hasPassword: password,
      hasTotp: totp,
      passkeys,
      identityProvider,
      lacksSecondFactor: access.policy.needsSecondFactor(account.role) && !totp && passkeys === 0,
    }
  })
  return { accounts, more: read.length > pageLength }
}
