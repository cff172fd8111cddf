import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { readDoors, type StoredDoor } from '@guankou/db/queries/quarantine/doors.ts'
import {
  type EpisodeFile,
  insertEpisodeFact,
  readOpenEpisodes,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { keepEpisodeUntil, moveSeal, readStraySeals } from '@guankou/db/queries/quarantine/seals.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { type ClockFact, clockFacts } from '@guankou/domain/quarantine/ladder.ts'
import { inForceUntilMs } from '@guankou/domain/quarantine/order-in-force.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import { carryAcross } from '#src/use-cases/quarantine/carry-across.ts'
import { renewDoorDigests } from '#src/use-cases/quarantine/door-digests.ts'
import {
  type FollowedEpisode,
  followEpisode,
  keyOfEpisode,
  rowOfFact,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { keepDoor } from '#src/use-cases/quarantine/keep-door.ts'
import { noContent } from '#src/use-cases/quarantine/no-content.ts'
import {
  type KnownDigests,
  listOrdersInForce,
  type OrderInForce,
} from '#src/use-cases/quarantine/order-digests.ts'
import { openSeal, sealIn } from '#src/use-cases/quarantine/seal-person.ts'

/** Episodes that are read at a time; a round goes on until it has followed every one that is open. */
const readAtOnce = 1_000
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
const moveSeals = async ({ db, identity }: Pick<ServerContext, 'db' | 'identity'>): Promise<void> => {
  for (const { seal, keptDay } of await readStraySeals(db.query, mostMoved)) {
    const text = await openSeal(identity.sealer, seal)
    if (text === null) continue
    const key = { jurisdiction: seal.jurisdiction, occurredAt: seal.occurred_at, id: seal.quarantine_id }
    await moveSeal(db.query, seal, await sealIn(identity.sealer, { key, keptDay }, seal.place, text))
    if (seal.place === 'address') await renewDoorDigests({ db, identity }, { key, keptDay }, text)
  }
}

const followOne = async (
  context: ServerContext,
  followed: FollowedEpisode,
  { door, nowMs }: { readonly door: StoredDoor | undefined; readonly nowMs: number },
): Promise<number> => {
  const { file, facts, episode, contacts, ladder } = followed
  if (episode.lastDay > file.episode.kept_day)
    await keepEpisodeUntil(context.db.query, keyOfEpisode(file.episode), episode.lastDay)
  const carried = await carryAcross(context, followed)
  const due = clockFacts(facts, contacts, ladder)
  const added = due.length === 0 ? 0 : await addClockFacts(context, followed, { due, nowMs })
  await keepDoor(context, followed, door)
  return added + Number(carried)
}

/** The order of an episode, where it binds somebody now. */
const inForce = ({ order, episode }: FollowedEpisode, nowMs: number): readonly OrderInForce[] => {
  const untilMs = inForceUntilMs(order, episode, nowMs)
  return untilMs === undefined ? [] : [{ quarantineId: order.id, untilMs }]
}

/** Every open episode of a district, read in parts. */
async function* openEpisodes({ db }: ServerContext, jurisdiction: number): AsyncGenerator<EpisodeFile> {
  let after: Parameters<typeof readOpenEpisodes>[2]['after'] = null
  for (;;) {
    const files: EpisodeFile[] = await readOpenEpisodes(db.query, jurisdiction, { after, most: readAtOnce })
    yield* files
    const last = files.at(-1)
    if (last === undefined || files.length < readAtOnce) return
    after = keyOfEpisode(last.episode)
  }
}

type District = {
  readonly added: number
  readonly orders: readonly OrderInForce[]
  /** The first episode that could not be followed says why. */
  readonly failure: unknown
}

const followDistrict = async (context: ServerContext, code: number, nowMs: number): Promise<District> => {
  const reference = context.reference.current()
  const orders: OrderInForce[] = []
  let added = 0
  let failure: unknown
  const doors = new Map((await readDoors(context.db.query, code)).map((door) => [door.quarantine_id, door]))
  for await (const file of openEpisodes(context, code)) {
    try {
      const followed = followEpisode(reference, file, nowMs)
      orders.push(...inForce(followed, nowMs))
      const door = doors.get(followed.order.id)
      if (isOpenEpisode(followed.episode)) added += await followOne(context, followed, { door, nowMs })
    } catch (error) {
      if (isConnectionLost(error)) throw error
      failure ??= error
    }
  }
  return { added, orders, failure }
}

/**
 * What the clock does for every open episode: notes contacts that were missed and steps of a ladder whose time has come,
 * carries hand-overs between districts, keeps what is sealed until the last day as it is known now, has doors gone to, and
 * sees to it that phones are told who is under an order. Several servers may do so at once. An episode that cannot be followed
 * holds up no other.
 * @param known  digests of the round before   @returns how many facts were added
 * @throws what was thrown for the first episode that could not be followed, after all the others
 */
export const followTheClock = async (
  context: ServerContext,
  known: KnownDigests = new Map(),
): Promise<number> => {
  const nowMs = context.now()
  const districts = new Map<number, District>()
  for (const { code } of context.reference.current().jurisdictions)
    districts.set(code, await followDistrict(context, code, nowMs))
  await moveSeals(context)
  for (const [code, { orders }] of districts) await listOrdersInForce(context, code, orders, known)
  const all = [...districts.values()]
  for (const { failure } of all) if (failure !== undefined) throw failure
  return all.reduce((sum, { added }) => sum + added, 0)
}
