import { createHash } from 'node:crypto'
import type { OpenHandover } from '@guankou/contract/handovers/commands.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import {
  findHandover,
  insertHandover,
  lockHandover,
  readFactsOf,
  type StoredHandover,
} from '@guankou/db/queries/handovers/handovers.ts'
import { decideOpening, type HandoverOpened } from '@guankou/domain/handovers/decide-handover.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { custodyOfRows, handoverChange, handoverKey } from '#src/use-cases/handovers/handover-facts.ts'

export type RecordedHandover = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
}

const digestOf = (command: OpenHandover): Buffer =>
  createHash('sha256').update(JSON.stringify(command)).digest()

const storedOf = (
  { command, openedAtMs, day }: HandoverOpened,
  actor: Actor,
  nowMs: number,
): StoredHandover => ({
  jurisdiction: command.jurisdiction,
  occurredAt: new Date(openedAtMs),
  id: command.id,
  recordedAt: new Date(nowMs),
  day,
  postId: command.postId,
  responseId: command.responseId,
  screeningId: command.screeningId,
  seatsPerRow: command.seatsPerRow ?? null,
  accountId: actor.accountId,
  deviceId: actor.deviceId,
  contentDigest: digestOf(command),
})

/** Opening, people, audit and the word to consoles in one commit. @returns false where the id is there already */
const write = ({ db }: ServerContext, actor: Actor, stored: StoredHandover, command: OpenHandover) =>
  inArea(db, actor.areaCode, async (tx) => {
    await lockHandover(tx, stored)
    if (!(await insertHandover(tx, stored, command.people))) return false
    const custody = custodyOfRows(stored, await readFactsOf(tx, stored))
    const at = stored.recordedAt
    await announceChange(tx, {
      at,
      jurisdiction: stored.jurisdiction,
      payload: handoverChange(stored, custody, at),
    })
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'handover.open',
      subject: stored.id,
      outcome: 'recorded',
      detail: `${command.people.length} people`,
    }
    await recordAudit(executeIn(tx), stored.jurisdiction, [entry], at.getTime())
    return true
  })

const earlier = async (
  { db }: ServerContext,
  actor: Actor,
  command: OpenHandover,
): Promise<Result<RecordedHandover> | undefined> => {
  const key = handoverKey(command.jurisdiction, command.id)
  const found = await inArea(db, actor.areaCode, (tx) => findHandover(tx, key))
  if (found === undefined) return undefined
  if (!found.contentDigest.equals(digestOf(command))) return refused('COMMAND_ID_REUSED', '/id')
  return done({ id: command.id, recordedAtMs: found.recordedAt.getTime(), duplicate: true })
}

/** Records that a hand-over was opened. A retry of what is stored is a duplicate, whatever today would refuse. */
export const recordOpening = async (
  context: ServerContext,
  actor: Actor,
  command: OpenHandover,
): Promise<Result<RecordedHandover>> => {
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  const nowMs = context.now()
  const decided = decideOpening(context.reference.current(), command, nowMs)
  try {
    if (!decided.ok) return (await earlier(context, actor, command)) ?? decided
    const isNew = await write(context, actor, storedOf(decided.fact, actor, nowMs), command)
    if (isNew) return done({ id: command.id, recordedAtMs: nowMs, duplicate: false })
    return (await earlier(context, actor, command)) ?? refused('COMMAND_ID_REUSED', '/id')
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}
