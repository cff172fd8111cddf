import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { endPairing } from '@guankou/contract/pairing/endpoints.ts'
import type { PairingSide } from '@guankou/contract/pairing/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { type StoredPairing, updatePairing } from '@guankou/db/queries/pairing/pairings.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { addFact, ownPairing, standingOf, viewOf } from '#src/use-cases/pairing/pairing-scope.ts'

/** Ends a pairing that is under way; its code is worth nothing from then on. */
export const endOf = async (
  transaction: AreaTransaction,
  pairing: StoredPairing,
  by: { readonly accountId: string; readonly side: PairingSide; readonly at: Date },
): Promise<StoredPairing> => {
  await addFact(transaction, pairing, by, { kind: 'ended' })
  const change = { ended_at: by.at, ended_by: by.side, code: null }
  await updatePairing(transaction, pairing, change)
  return { ...pairing, ...change, last_seq: pairing.last_seq + 1 }
}

/** Either of the two ends it. */
export const end = async (
  context: ServerContext,
  actor: Actor,
  { pairingId }: BodyOf<typeof endPairing>,
): Promise<Result<OutputOf<typeof endPairing>>> => {
  const nowMs = context.now()
  const ended = await inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await ownPairing(transaction, actor, pairingId, true)
    if (found === undefined) return undefined
    const { pairing, side } = found
    if (standingOf(pairing, nowMs).state === 'ended') return pairing
    const act = { action: 'pairing.end', subject: pairingId, outcome: 'done', detail: side }
    await auditIdentity(transaction, actor, act, nowMs)
    return endOf(transaction, pairing, { accountId: actor.accountId, side, at: new Date(nowMs) })
  })
  return ended === undefined ? refused('UNKNOWN_PAIRING') : done(await viewOf(context, ended, actor))
}
