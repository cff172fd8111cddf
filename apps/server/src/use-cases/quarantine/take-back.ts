import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type EpisodeFile,
  type EpisodeKey,
  insertEpisodeFact,
  lockEpisode,
  readEpisode,
  readEpisodeAfter,
  type StoredEpisodeFact,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { insertSeals, readSealsAt, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import type { QuarantineFact } from '@guankou/domain/quarantine/facts.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import {
  type FollowedEpisode,
  followEpisode,
  keyOfEpisode,
  rowOfFact,
} from '#src/use-cases/quarantine/episode-scope.ts'
import { noContent } from '#src/use-cases/quarantine/no-content.ts'
import { openSeal, sealIn } from '#src/use-cases/quarantine/seal-person.ts'

/** What happens to somebody whoever answers for them; what is decided or noted by the clock stays where it was. */
const happenings: ReadonlySet<string> = new Set<QuarantineFact['kind']>([
  'delivered',
  'report',
  'contact',
  'leave',
  'return',
  'help',
  'help-closed',
])

/** What was told to the next district meanwhile, with its words sealed anew for the one that goes on. */
type Meanwhile = { readonly facts: readonly StoredEpisodeFact[]; readonly notes: readonly StoredSeal[] }

const meanwhileOf = async (
  { db, identity }: ServerContext,
  before: FollowedEpisode,
  after: EpisodeFile | undefined,
): Promise<Meanwhile> => {
  if (after === undefined) return { facts: [], notes: [] }
  const key = keyOfEpisode(before.file.episode)
  const scope = { key, keptDay: before.file.episode.kept_day }
  const { jurisdiction, occurredAt: occurred_at, id: quarantine_id } = key
  const told = after.facts.filter(({ kind }) => happenings.has(kind))
  const places = told.map(({ id }) => id)
  const notes: StoredSeal[] = []
  for (const seal of await readSealsAt(db.query, [keyOfEpisode(after.episode)], places)) {
    const text = await openSeal(identity.sealer, seal)
    if (text !== null) notes.push(await sealIn(identity.sealer, scope, seal.place, text))
  }
  return { facts: told.map((fact) => ({ ...fact, jurisdiction, occurred_at, quarantine_id })), notes }
}

const isAlike = (a: EpisodeFile | undefined, b: EpisodeFile | undefined): boolean =>
  a?.episode.id === b?.episode.id && a?.facts.length === b?.facts.length

/** By whom a fact is that the server adds. */
const byServer = (nowMs: number) => ({
  accountId: null,
  deviceId: null,
  recordedAt: new Date(nowMs),
  contentDigest: noContent,
})

/**
 * Ends a hand-over that nobody has received: the episode of the next district, where it was begun, and the waiting of this one.
 * Both are locked, so that of a receipt and a taking back one comes first and the other finds out.
 * @param seen  the episode of the next district as it was read   @returns false where something came between
 */
export const takeBack = async (
  context: ServerContext,
  before: FollowedEpisode,
  seen: EpisodeFile | undefined,
): Promise<boolean> => {
  const { transfer } = before.episode
  if (transfer === undefined) return false
  const reference = context.reference.current()
  const key = keyOfEpisode(before.file.episode)
  const meanwhile = await meanwhileOf(context, before, seen)
  return context.db.query.transaction().execute(async (tx): Promise<boolean> => {
    const nowMs = context.now()
    const add = (to: EpisodeKey, kind: 'withdrawn' | 'recalled', seq: number) =>
      insertEpisodeFact(
        tx,
        rowOfFact(to, { id: v7({ msecs: nowMs, seq }), atMs: nowMs, kind }, byServer(nowMs)),
      )
    const audit = ({ jurisdiction, id: subject }: EpisodeKey, detail: string) => {
      const act = { accountId: null, deviceId: null, action: 'quarantine.carry', outcome: 'done' }
      return recordAudit(executeIn(tx), jurisdiction, [{ ...act, subject, detail }], nowMs)
    }
    await lockEpisode(tx, key)
    if (seen !== undefined) await lockEpisode(tx, keyOfEpisode(seen.episode))
    const now = await readEpisode(tx, key)
    const next = await readEpisodeAfter(tx, transfer, key.id)
    if (now === undefined || !isAlike(seen, next)) return false
    const { episode } = followEpisode(reference, now, nowMs)
    if (episode.state !== 'in-transfer' || episode.transfer?.id !== transfer.id) return false
    if (next !== undefined) {
      if (followEpisode(reference, next, nowMs).episode.state !== 'incoming') return false
      await add(keyOfEpisode(next.episode), 'recalled', 0)
      await audit(keyOfEpisode(next.episode), `taken back by ${key.jurisdiction}`)
    }
    for (const fact of meanwhile.facts) await insertEpisodeFact(tx, fact)
    await insertSeals(tx, meanwhile.notes)
    await add(key, 'withdrawn', 1)
    await audit(key, `taken back from ${transfer.toArea}`)
    return true
  })
}
