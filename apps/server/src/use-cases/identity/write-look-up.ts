import type { LookUpLimits, SearchedKind } from '@guankou/contract/identity/look-up.ts'
import type { LookUpPurpose } from '@guankou/contract/identity/purposes.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  type IdentityAccess,
  insertIdentityAccesses,
} from '@guankou/db/queries/identity-access/insert-accesses.ts'
import { insertLookUp, lockAccountLookUps } from '@guankou/db/queries/identity-access/look-ups.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { DataKeyOwner } from '#src/identity/day-key-store.ts'
import { done, type Result } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { readAllowance, readLimits } from '#src/use-cases/identity/limits.ts'

/** Refuses where an account has made as many look-ups as it may. */
export const mayLookUp = async (
  transaction: AreaTransaction,
  { accountId }: Pick<Actor, 'accountId'>,
  at: Date,
): Promise<Result<void>> => {
  const { waitSeconds } = await readAllowance(transaction, 'look-ups', accountId, at.getTime())
  return waitSeconds > 0
    ? { ok: false, refusal: { code: 'LOOK_UP_LIMIT_REACHED', retryAfterSeconds: waitSeconds } }
    : done(undefined)
}

/** A search that was made, and whom it found. */
export type MadeLookUp = {
  readonly at: Date
  /** The local day of whoever asks, whose key seals what they wrote. */
  readonly owner: DataKeyOwner
  readonly purpose: LookUpPurpose
  readonly reason: string
  readonly kind: SearchedKind
  /** In its normal form; kept as a digest. */
  readonly text: string
  readonly matches: number
  readonly accesses: readonly IdentityAccess[]
}

/** Writes search, accesses and audit as one; nothing is answered before it stands. @returns what is left to the account */
export const writeLookUp = async (
  context: ServerContext,
  actor: Actor,
  { at, owner, purpose, reason, kind, text, matches, accesses }: MadeLookUp,
): Promise<Result<LookUpLimits>> => {
  const { sealer } = context.identity
  const id = v7({ msecs: at.getTime() })
  const searchedDigest = await sealer.digestText(owner, `sought-${kind}`, text)
  const reasonSealed = await sealer.sealText(owner, `look-up|${id}|reason`, reason)
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<LookUpLimits>> => {
    await lockAccountLookUps(transaction, actor.accountId)
    const may = await mayLookUp(transaction, actor, at)
    if (!may.ok) return may
    await insertLookUp(transaction, {
      jurisdiction: actor.areaCode,
      at,
      id,
      accountId: actor.accountId,
      role: actor.role,
      purpose,
      kind,
      searchedDigest,
      matches,
      day: owner.day,
      reasonSealed,
    })
    await insertIdentityAccesses(transaction, accesses)
    const detail = `${purpose}, by ${kind}, ${matches} matches`
    const act = { action: 'identity.look-up', subject: id, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, at.getTime())
    return done(await readLimits(transaction, actor.accountId, at.getTime()))
  })
}
