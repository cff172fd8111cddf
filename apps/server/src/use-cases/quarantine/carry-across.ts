import { quarantineFields } from '@guankou/contract/quarantine/people.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type EpisodeKey,
  insertEpisode,
  insertEpisodeFact,
  lockEpisode,
  readEpisode,
  readEpisodeAfter,
  type StoredEpisode,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { insertSeals, readSeals, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { type FactOf, factsOfKind, type QuarantineFact } from '@guankou/domain/quarantine/facts.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import {
  episodeKey,
  type FollowedEpisode,
  followEpisode,
  keyOfEpisode,
  rowOfFact,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { noContent } from '#src/use-cases/quarantine/no-content.ts'
import { openSeal, sealIn } from '#src/use-cases/quarantine/seal-person.ts'
import { takeBack } from '#src/use-cases/quarantine/take-back.ts'

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

/** Whether a hand-over stands as it was read, and nobody asked for its being taken back. */
const stillGoes = async (
  context: ServerContext,
  tx: AreaTransaction,
  { file, episode }: FollowedEpisode,
): Promise<boolean> => {
  const now = await readEpisode(tx, keyOfEpisode(file.episode))
  if (now === undefined) return false
  const { transfer, isTakingBack } = followEpisode(context.reference.current(), now, context.now()).episode
  return transfer?.id === episode.transfer?.id && !isTakingBack
}

/** Begins the episode of the district that somebody is handed on to. @returns whether it was not there yet */
const begin = async (
  context: ServerContext,
  before: FollowedEpisode,
  transfer: FactOf<'transferred'>,
): Promise<boolean> => {
  const { db } = context
  const { toArea } = transfer
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
    before_fact: transfer.id,
    account_id: null,
    device_id: null,
    content_digest: noContent,
  }
  const extended = extensionOf(before, key)
  return db.query.transaction().execute(async (tx) => {
    await lockEpisode(tx, keyOfEpisode(old))
    if (!(await stillGoes(context, tx, before)) || !(await insertEpisode(tx, stored))) return false
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
 * Takes a hand-over within the city one step on: begins the episode of the district that takes over, brings its receipt
 * back, or ends it where it is taken back before it was received. No request reaches from one district into another; the server carries what each has decided.
 * @returns whether there was anything to carry
 */
export const carryAcross = async (context: ServerContext, before: FollowedEpisode): Promise<boolean> => {
  const { transfer, state, isTakingBack } = before.episode
  if (state !== 'in-transfer' || transfer?.isWithin !== true) return false
  const reference = context.reference.current()
  const after = await readEpisodeAfter(context.db.query, transfer, before.order.id)
  if (after === undefined)
    return isTakingBack ? takeBack(context, before, undefined) : begin(context, before, transfer)
  const nowMs = context.now()
  const [received] = factsOfKind(followEpisode(reference, after, nowMs).facts, 'received')
  if (received !== undefined) return giveReceipt(context, before, received.atMs, nowMs)
  return isTakingBack && takeBack(context, before, after)
}
