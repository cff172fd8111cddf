import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { joinPairing } from '@guankou/contract/pairing/endpoints.ts'
import { longestHours } from '@guankou/contract/pairing/vocabulary.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import {
  findPairing,
  findPairingByCode,
  readPairingsOf,
  type StoredPairing,
  updatePairing,
} from '@guankou/db/queries/pairing/pairings.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { addFact, openedAt, standingOf, viewOf } from '#src/use-cases/pairing/pairing-scope.ts'

type Input = BodyOf<typeof joinPairing>

const find = async (
  transaction: AreaTransaction,
  actor: Actor,
  { code, pairingId }: Input,
): Promise<StoredPairing | undefined> => {
  if (code !== undefined) return findPairingByCode(transaction, code)
  if (pairingId === undefined) return undefined
  const found = await findPairing(transaction, { id: pairingId, openedAt: openedAt(pairingId) }, true)
  const isAsked = found?.wanted_account === actor.accountId || found?.desk_account === actor.accountId
  return isAsked ? found : undefined
}

const isElsewhere = async (
  transaction: AreaTransaction,
  actor: Actor,
  besides: string,
  nowMs: number,
): Promise<boolean> =>
  (await readPairingsOf(transaction, actor.accountId, new Date(nowMs - longestHours * 3_600_000))).some(
    (each) =>
      each.id !== besides &&
      each.desk_account === actor.accountId &&
      standingOf(each, nowMs).state === 'running',
  )

/** Joins by the code that was told, or a pairing that waits for whoever asks; a desk is in one at a time. */
export const join = async (
  context: ServerContext,
  actor: Actor,
  input: Input,
): Promise<Result<OutputOf<typeof joinPairing>>> => {
  const nowMs = context.now()
  const at = new Date(nowMs)
  const joined = await inArea(
    context.db,
    actor.areaCode,
    async (transaction): Promise<Result<StoredPairing>> => {
      const pairing = await find(transaction, actor, input)
      if (pairing === undefined) return refused('UNKNOWN_PAIRING')
      const { state } = standingOf(pairing, nowMs)
      if (pairing.desk_account === actor.accountId && state === 'running') return done(pairing)
      if (state !== 'waiting') return refused('UNKNOWN_PAIRING')
      if (await isElsewhere(transaction, actor, pairing.id, nowMs)) return refused('PAIRING_BUSY')
      const change = { desk_account: actor.accountId, joined_at: at, code: null }
      await updatePairing(transaction, pairing, change)
      const own = { ...pairing, ...change }
      const seq = await addFact(
        transaction,
        own,
        { accountId: actor.accountId, side: 'desk', at },
        { kind: 'joined' },
      )
      const act = { action: 'pairing.join', subject: pairing.id, outcome: 'done', detail: null }
      await auditIdentity(transaction, actor, act, nowMs)
      return done({ ...own, last_seq: seq, last_at: at })
    },
  )
  return joined.ok ? done(await viewOf(context, joined.value, actor)) : joined
}
