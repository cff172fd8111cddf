import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { confirmMatch as declared } from '@guankou/contract/matching/endpoints.ts'
import { type MatchReason, matchReasons } from '@guankou/contract/matching/reasons.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { findMatchEntry, findRunningList } from '@guankou/db/queries/matching/read-lists.ts'
import { digestedText } from '@guankou/domain/matching/matches-of.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { digestUnder, openListKey } from '#src/use-cases/matching/list-keys.ts'

type Body = BodyOf<typeof declared>

/** Whether phones of an area carry the lists of a jurisdiction: their own, and those of what they lie in. */
export const isCarriedIn = (areaCode: number, jurisdiction: number): boolean =>
  liesIn(jurisdiction, areaCode) || liesIn(areaCode, jurisdiction)

/**
 * Compares the whole digest. Lists of the city above the area are compared as well, as phones carry them; that is read in
 * the server's own role, by the id that the phone got with its pack.
 */
export const confirmMatch = async (
  context: ServerContext,
  actor: Actor,
  shown: Body,
): Promise<Result<OutputOf<typeof declared>>> => {
  const nowMs = context.now()
  const now = new Date(nowMs)
  const { query } = context.db
  const list = await findRunningList(query, shown.listId, now)
  if (list === undefined || !isCarriedIn(actor.areaCode, list.jurisdiction))
    return refused('UNKNOWN_MATCH_LIST', '/listId')
  const key = await openListKey(context.identity.sealer, list)
  if (key === undefined) return refused('UNKNOWN_MATCH_LIST', '/listId')
  const digest = digestUnder(key, digestedText(shown))
  const found = await findMatchEntry(query, list, { kind: shown.kind, digest }, now)
  const reason: MatchReason | null = matchReasons.find((each) => each === found?.reason) ?? null
  const entry = {
    accountId: actor.accountId,
    deviceId: actor.deviceId,
    action: 'matching.confirm',
    subject: list.id,
    outcome: 'done',
    detail: `${shown.kind}, ${reason === null ? 'not listed' : `listed: ${reason}`}`,
  }
  await query.transaction().execute((tx) => recordAudit(executeIn(tx), actor.areaCode, [entry], nowMs))
  return done({ listed: reason !== null, reason })
}
