import { createHash } from 'node:crypto'
import { quarantineFields } from '@guankou/contract/quarantine/people.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type EpisodeKey,
  insertEpisode,
  insertEpisodeFact,
  readEpisodeAfter,
  type StoredEpisode,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { insertSeals, readSeals, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { factsOfKind, type QuarantineFact } from '@guankou/domain/quarantine/facts.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import {
  episodeKey,
  type FollowedEpisode,
  followEpisode,
  keyOfEpisode,
  rowOfFact,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { openSeal, sealIn } from '#src/use-cases/quarantine/seal-person.ts'

const noContent = createHash('sha256').digest()

/** The person, sealed anew for the district that takes over; words of the district before stay with it. */
const sealsAcross = async (
  { db, identity }: ServerContext,
  from: EpisodeKey,
  to: { readonly key: EpisodeKey; readonly keptDay: string },
): Promise<StoredSeal[]> => {
  const seals = await readSeals(db.query, from)
  const across: StoredSeal[] = []
  for (const seal of seals) {
    if (!quarantineFields.some((field) => field === seal.place)) continue
    const text = await openSeal(identity.sealer, seal)
    if (text !== null) across.push(await sealIn(identity.sealer, to, seal.place, text))
  }
  return across
}

/** Days that were decided on beyond the plan go along as one fact. */
const extensionOf = (
  { order, episode }: FollowedEpisode,
  key: EpisodeKey,
): Extract<QuarantineFact, { kind: 'extended' }> | undefined =>
  episode.lastDay <= addDays(order.countedFrom, order.plan.days)
    ? undefined
    : {
        id: v7({ msecs: key.occurredAt.getTime() }),
        atMs: key.occurredAt.getTime(),
        kind: 'extended',
        lastDay: episode.lastDay,
        reason: 'other',
      }

/** Begins the episode of the district that somebody is handed on to. @returns whether it was not there yet */
const begin = async (context: ServerContext, before: FollowedEpisode, toArea: number): Promise<boolean> => {
  const { db } = context
  const nowMs = context.now()
  const recordedAt = new Date(nowMs)
  const { episode: old } = before.file
  const key = episodeKey(toArea, v7({ msecs: nowMs }))
  const keptDay = before.episode.lastDay
  const seals = await sealsAcross(context, keyOfEpisode(old), { key, keptDay })
  const stored: StoredEpisode = {
    ...old,
    jurisdiction: toArea,
    occurred_at: key.occurredAt,
    id: key.id,
    recorded_at: recordedAt,
    kept_day: keptDay,
    screening_id: null,
    seat: null,
    before_jurisdiction: old.jurisdiction,
    before_id: old.id,
    account_id: null,
    device_id: null,
    content_digest: noContent,
  }
  const extended = extensionOf(before, key)
  return db.query.transaction().execute(async (tx) => {
    if (!(await insertEpisode(tx, stored))) return false
    await insertSeals(tx, seals)
    const by = { accountId: null, deviceId: null, recordedAt, contentDigest: noContent }
    if (extended !== undefined) await insertEpisodeFact(tx, rowOfFact(key, extended, by))
    const entry = {
      ...{ accountId: null, deviceId: null, action: 'quarantine.carry', subject: key.id },
      ...{ outcome: 'done', detail: `from ${old.jurisdiction}` },
    }
    await recordAudit(executeIn(tx), toArea, [entry], nowMs)
    return true
  })
}

/** Tells the district before that somebody was taken over. @returns whether it was not told yet */
const giveReceipt = async (
  { db }: ServerContext,
  before: FollowedEpisode,
  receivedAtMs: number,
  nowMs: number,
): Promise<boolean> => {
  const key = keyOfEpisode(before.file.episode)
  const fact: QuarantineFact = { id: v7({ msecs: nowMs }), atMs: receivedAtMs, kind: 'receipt' }
  const by = { accountId: null, deviceId: null, recordedAt: new Date(nowMs), contentDigest: noContent }
  return db.query.transaction().execute((tx) => insertEpisodeFact(tx, rowOfFact(key, fact, by)))
}

/**
 * Takes a hand-over within the city one step on: begins the episode of the district that takes over, or brings its receipt
 * back. No request reaches from one district into another; the server carries what each has decided.
 * @returns whether there was anything to carry
 */
export const carryAcross = async (context: ServerContext, before: FollowedEpisode): Promise<boolean> => {
  const { transfer, state } = before.episode
  if (state !== 'in-transfer' || transfer?.isWithin !== true) return false
  const reference = context.reference.current()
  const after = await readEpisodeAfter(context.db.query, transfer.toArea, before.order.id)
  if (after === undefined) return begin(context, before, transfer.toArea)
  const nowMs = context.now()
  const [received] = factsOfKind(followEpisode(reference, after, nowMs).facts, 'received')
  return received === undefined ? false : giveReceipt(context, before, received.atMs, nowMs)
}
