import { createHash } from 'node:crypto'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { insertEpisodeFact, readEpisodes } from '@guankou/db/queries/quarantine/episodes.ts'
import { keepEpisodeUntil, moveSeal, readStraySeals } from '@guankou/db/queries/quarantine/seals.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { type ClockFact, clockFacts } from '@guankou/domain/quarantine/ladder.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import { carryAcross } from '#src/use-cases/quarantine/carry-across.ts'
import {
  type FollowedEpisode,
  followEpisode,
  keyOfEpisode,
  rowOfFact,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { openSeal, sealIn } from '#src/use-cases/quarantine/seal-person.ts'

const noContent = createHash('sha256').digest()

/** Open episodes of one district: more than a district of a million has at once. */
const mostFollowed = 20_000
/** Envelopes that one round seals anew; the next round goes on. */
const mostMoved = 2_000

/** Adds what the clock has to say of one episode, in one commit. @returns how much of it was not there yet */
const addClockFacts = (
  { db }: ServerContext,
  { file }: FollowedEpisode,
  { due, nowMs }: { readonly due: readonly ClockFact[]; readonly nowMs: number },
): Promise<number> =>
  db.query.transaction().execute(async (tx) => {
    const key = keyOfEpisode(file.episode)
    const by = { accountId: null, deviceId: null, recordedAt: new Date(nowMs), contentDigest: noContent }
    const added: ClockFact[] = []
    for (const [seq, fact] of due.entries()) {
      // What happened at one instant keeps its order by the count in the id.
      const row = rowOfFact(key, { ...fact, id: v7({ msecs: fact.atMs, seq }) }, by)
      if (await insertEpisodeFact(tx, row)) added.push(fact)
    }
    const entries = added.map((fact) => ({
      accountId: null,
      deviceId: null,
      action: 'quarantine.clock',
      subject: key.id,
      outcome: 'done',
      detail: fact.kind === 'missed' ? `missed ${fact.window}` : `${fact.way}, ${fact.window}`,
    }))
    if (entries.length > 0) await recordAudit(executeIn(tx), key.jurisdiction, entries, nowMs)
    return added.length
  })

/** Seals anew, under the later last day, what was sealed before an episode was made longer. */
const moveSeals = async ({ db, identity }: ServerContext): Promise<void> => {
  for (const { seal, keptDay } of await readStraySeals(db.query, mostMoved)) {
    const text = await openSeal(identity.sealer, seal)
    if (text === null) continue
    const key = { jurisdiction: seal.jurisdiction, occurredAt: seal.occurred_at, id: seal.quarantine_id }
    await moveSeal(db.query, seal, await sealIn(identity.sealer, { key, keptDay }, seal.place, text))
  }
}

const followOne = async (
  context: ServerContext,
  followed: FollowedEpisode,
  nowMs: number,
): Promise<number> => {
  const { file, facts, episode, contacts, ladder } = followed
  if (episode.lastDay > file.episode.kept_day)
    await keepEpisodeUntil(context.db.query, keyOfEpisode(file.episode), episode.lastDay)
  const carried = await carryAcross(context, followed)
  const due = clockFacts(facts, contacts, ladder)
  const added = due.length === 0 ? 0 : await addClockFacts(context, followed, { due, nowMs })
  return added + Number(carried)
}

/**
 * What the clock does for every open episode: notes contacts that were missed and steps of a ladder whose time has come,
 * carries hand-overs between districts, and keeps what is sealed until the last day as it is known now. Several servers
 * may do so at once. @returns how many facts were added
 */
export const followTheClock = async (context: ServerContext): Promise<number> => {
  const reference = context.reference.current()
  const nowMs = context.now()
  let added = 0
  for (const { code } of reference.jurisdictions) {
    const open = { since: new Date(nowMs), limit: mostFollowed }
    for (const file of await readEpisodes(context.db.query, [code], open)) {
      const followed = followEpisode(reference, file, nowMs)
      if (isOpenEpisode(followed.episode)) added += await followOne(context, followed, nowMs)
    }
  }
  await moveSeals(context)
  return added
}
