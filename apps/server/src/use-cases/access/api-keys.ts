import type { ApiKeyView } from '@guankou/contract/access/api-keys.ts'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import type { Account } from '@guankou/db/queries/access/accounts.ts'
import {
  type ApiKey,
  insertApiKey,
  readApiKeysOf,
  revokeApiKey as revoke,
} from '@guankou/db/queries/access/api-keys.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditAccess } from '#src/use-cases/access/audit-access.ts'
import { findManaged } from '#src/use-cases/access/manage-account.ts'
import { newApiKey, tokenDigest } from '#src/use-cases/access/tokens.ts'

const msPerDay = 86_400_000

const all: readonly EndpointDeclaration[] = Object.values(endpoints)

/** What a key can be given: the endpoints that are open to service accounts and do not manage the account itself. */
export const possibleScopes: readonly string[] = all
  .filter(
    ({ id, access }) =>
      access.roles !== 'anyone' && access.roles.includes('service-account') && !id.startsWith('access.'),
  )
  .map(({ id }) => id)
  .toSorted()

const toView = (key: ApiKey): ApiKeyView => ({
  id: key.id,
  label: key.label,
  scopes: [...key.scopes],
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt.toISOString(),
  revokedAt: key.revokedAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
})

/** Keys of an account, and the scopes that there are. */
export const listApiKeys = ({ db }: ServerContext, actor: Actor, accountId: string) =>
  inArea(db, actor.areaCode, async (tx) => {
    const found = await findManaged(tx, actor, accountId, 'any')
    if (!found.ok) return found
    return done({ keys: (await readApiKeysOf(tx, accountId)).map(toView), scopes: [...possibleScopes] })
  })

const findService = async (
  tx: AreaTransaction,
  actor: Actor,
  accountId: string,
): Promise<Result<Account>> => {
  const found = await findManaged(tx, actor, accountId)
  if (found.ok && found.value.role !== 'service-account') return refused('NOT_A_SERVICE_ACCOUNT')
  return found
}

export type KeyWish = {
  readonly accountId: string
  readonly label: string
  readonly scopes: readonly string[]
  readonly validDays: number
}

/** Makes a key. @returns the key, which is not kept */
export const createApiKey = (
  { db, now }: ServerContext,
  actor: Actor,
  { accountId, label, scopes, validDays }: KeyWish,
): Promise<Result<{ readonly id: string; readonly key: string; readonly expiresAt: string }>> =>
  inArea(db, actor.areaCode, async (tx) => {
    const found = await findService(tx, actor, accountId)
    if (!found.ok) return found
    const unknown = scopes.findIndex((scope) => !possibleScopes.includes(scope))
    if (unknown >= 0) return refused('SCOPE_NOT_ALLOWED', `/scopes/${unknown}`)
    const [id, key, createdAt] = [v7(), newApiKey(), new Date(now())]
    const expiresAt = new Date(now() + validDays * msPerDay)
    const createdBy = actor.accountId
    await insertApiKey(tx, {
      id,
      accountId,
      tokenDigest: tokenDigest(key),
      label,
      scopes,
      createdAt,
      createdBy,
      expiresAt,
    })
    const detail = `${id}: ${scopes.join(', ')}`
    await auditAccess(tx, actor, { action: 'access.create-api-key', subject: accountId, detail }, now())
    return done({ id, key, expiresAt: expiresAt.toISOString() })
  })

/** Ends a key at once. */
export const revokeApiKey = async (
  { db, now, access }: ServerContext,
  actor: Actor,
  { accountId, keyId }: { readonly accountId: string; readonly keyId: string },
): Promise<Result<{ readonly revoked: true }>> => {
  const result = await inArea(db, actor.areaCode, async (tx): Promise<Result<{ readonly revoked: true }>> => {
    const found = await findManaged(tx, actor, accountId, 'any')
    if (!found.ok) return found
    if (!(await revoke(tx, { accountId, id: keyId, now: new Date(now()) }))) return refused('NO_SUCH_API_KEY')
    const act = { action: 'access.revoke-api-key', subject: accountId, detail: keyId }
    await auditAccess(tx, actor, act, now())
    return done({ revoked: true })
  })
  access.sessions.forgetAccount(accountId)
  return result
}
