import { createHash } from 'node:crypto'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  type EpisodeKey,
  insertEpisodeFact,
  lockEpisode,
  readEpisode,
} from '@guankou/db/queries/quarantine/episodes.ts'
import { insertSeals, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import type { DecidedQuarantineFact } from '@guankou/domain/quarantine/decide-step.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { type FollowedEpisode, followEpisode, rowOfFact } from '#src/use-cases/quarantine/episode-scope.ts'
import type { RecordedQuarantine } from '#src/use-cases/quarantine/record-order.ts'
import { sealIn } from '#src/use-cases/quarantine/seal-person.ts'
import { settleDoor } from '#src/use-cases/quarantine/settle-door.ts'

/** What is to be added, and by whom: an account, or nobody with one. */
export type Adding = {
  readonly key: EpisodeKey
  readonly areaCode: number
  readonly accountId: string | null
  readonly deviceId: string | null
  /** As the audit names it. */
  readonly action: string
  readonly command: { readonly id: string; readonly note?: string | undefined }
  readonly decide: (followed: FollowedEpisode) => DecidedQuarantineFact
}

/** Of everything but the note, which may name somebody. */
const digestOf = (command: Adding['command']): Buffer =>
  createHash('sha256')
    .update(JSON.stringify({ ...command, note: null, secret: null }))
    .digest()

/** The words beside a fact, sealed under the last day as it is known now; without the lock, as keys have their own. */
const sealNote = async (
  context: ServerContext,
  { key, areaCode, command }: Adding,
): Promise<Result<StoredSeal | undefined>> => {
  const file = await inArea(context.db, areaCode, (tx) => readEpisode(tx, key))
  if (file === undefined) return refused('UNKNOWN_QUARANTINE')
  const note = (command.note ?? '').trim()
  if (note === '') return done(undefined)
  if (!note.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/note')
  const scope = { key, keptDay: file.episode.kept_day }
  const sealed = await unlessDestroyed(sealIn(context.identity.sealer, scope, command.id, note))
  return done(sealed ?? undefined)
}

const decideAndWrite = async (
  context: ServerContext,
  tx: AreaTransaction,
  adding: Adding,
  note: StoredSeal | undefined,
): Promise<Result<RecordedQuarantine>> => {
  const { key, accountId, deviceId, action, command } = adding
  const nowMs = context.now()
  await lockEpisode(tx, key)
  const file = await readEpisode(tx, key)
  if (file === undefined) return refused('UNKNOWN_QUARANTINE')
  const contentDigest = digestOf(command)
  const known = file.facts.find(({ id }) => id === command.id)
  if (known !== undefined)
    return known.content_digest.equals(contentDigest)
      ? done({ id: command.id, recordedAtMs: known.recorded_at.getTime(), duplicate: true })
      : refused('COMMAND_ID_REUSED', '/id')
  const reference = context.reference.current()
  const decided = adding.decide(followEpisode(reference, file, nowMs))
  if (!decided.ok) return decided
  const by = { accountId, deviceId, recordedAt: new Date(nowMs), contentDigest }
  const row = rowOfFact(key, decided.fact, by)
  await insertEpisodeFact(tx, row)
  await settleDoor(tx, reference, { episode: file.episode, facts: [...file.facts, row] }, nowMs)
  if (note !== undefined) await insertSeals(tx, [note])
  const entry = {
    accountId,
    deviceId,
    action,
    subject: key.id,
    outcome: 'recorded',
    detail: decided.fact.kind,
  }
  await recordAudit(executeIn(tx), key.jurisdiction, [entry], nowMs)
  return done({ id: command.id, recordedAtMs: nowMs, duplicate: false })
}

/**
 * Adds one fact to an episode, decided on all that is known of it. What is added to one episode is written one after the
 * other; what is there already is a duplicate, whatever would be decided today.
 */
export const addFact = async (
  context: ServerContext,
  adding: Adding,
): Promise<Result<RecordedQuarantine>> => {
  const note = await sealNote(context, adding)
  return note.ok
    ? inArea(context.db, adding.areaCode, (tx) => decideAndWrite(context, tx, adding, note.value))
    : note
}
