import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { withdrawMatches as declared } from '@guankou/contract/matching/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { deleteMatchEntries, emptyMatchList, endMatchList } from '@guankou/db/queries/matching/match-lists.ts'
import { findRunningList, type RunningList } from '@guankou/db/queries/matching/read-lists.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { digestUnder, openListKey } from '#src/use-cases/matching/list-keys.ts'

type Body = BodyOf<typeof declared>
type Withdrawing = { readonly context: ServerContext; readonly actor: Actor; readonly nowMs: number }

const endWhole = async (
  tx: AreaTransaction,
  { jurisdiction, id }: RunningList,
  { actor, nowMs }: Withdrawing,
): Promise<number> => {
  const end = { jurisdiction, listId: id, endedAt: new Date(nowMs), endedBy: actor.accountId }
  await endMatchList(tx, { ...end, ground: 'withdrawn' })
  return emptyMatchList(tx, jurisdiction, id)
}

const takeOff = async (
  tx: AreaTransaction,
  list: RunningList,
  entries: NonNullable<Body['entries']>,
  { context }: Withdrawing,
): Promise<number | undefined> => {
  const key = await openListKey(context.identity.sealer, list)
  if (key === undefined) return undefined
  const digests = entries.map((entry) => ({
    kind: entry.kind,
    digest: digestUnder(key, digestedText(entry)),
  }))
  return deleteMatchEntries(tx, { jurisdiction: list.jurisdiction, listId: list.id }, digests)
}

/** Ends a list or takes entries off it; what is taken off is destroyed and not marked. */
export const withdrawMatches = async (
  context: ServerContext,
  actor: Actor,
  { listId, entries }: Body,
): Promise<Result<{ readonly takenOff: number }>> => {
  const nowMs = context.now()
  const withdrawing = { context, actor, nowMs }
  const takenOff = await inArea(context.db, actor.areaCode, async (tx) => {
    const list = await findRunningList(tx, listId, new Date(nowMs))
    if (list === undefined) return undefined
    if (list.keptFor !== null) return 'kept'
    const count =
      entries === undefined
        ? await endWhole(tx, list, withdrawing)
        : await takeOff(tx, list, entries, withdrawing)
    if (count === undefined) return undefined
    const { accountId, deviceId } = actor
    const detail = entries === undefined ? `ended with ${count} entries` : `${count} entries taken off`
    const entry = {
      accountId,
      deviceId,
      action: 'matching.withdraw',
      subject: listId,
      outcome: 'done',
      detail,
    }
    await recordAudit(executeIn(tx), list.jurisdiction, [entry], nowMs)
    return count
  })
  if (takenOff === undefined) return refused('UNKNOWN_MATCH_LIST', '/listId')
  if (takenOff === 'kept') return refused('MATCH_LIST_KEPT', '/listId')
  context.packs.forget()
  return done({ takenOff })
}
