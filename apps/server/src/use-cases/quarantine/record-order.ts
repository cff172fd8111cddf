import { createHash } from 'node:crypto'
import type { OrderQuarantine } from '@guankou/contract/quarantine/commands.ts'
import { quarantineDeciders } from '@guankou/contract/quarantine/people.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { insertEpisode, readEpisode, type StoredEpisode } from '@guankou/db/queries/quarantine/episodes.ts'
import { insertSeals, type StoredSeal } from '@guankou/db/queries/quarantine/seals.ts'
import { type DecidedOrder, decideOrder } from '@guankou/domain/quarantine/decide-order.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { episodeKey } from '#src/use-cases/quarantine/episode-scope.ts'
import { personOfOrder } from '#src/use-cases/quarantine/person-of-screening.ts'
import { sealPerson } from '#src/use-cases/quarantine/seal-person.ts'

export type RecordedQuarantine = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
}

/** Of everything but the person: a digest of few possible numbers could be tried out. */
const digestOf = (command: OrderQuarantine): Buffer =>
  createHash('sha256')
    .update(JSON.stringify({ ...command, person: null }))
    .digest()

type Decided = Extract<DecidedOrder, { ok: true }>

const storedOf = (
  command: OrderQuarantine,
  { order, rulesVersion, lastDay }: Decided,
  actor: Actor,
  nowMs: number,
): StoredEpisode => ({
  jurisdiction: command.jurisdiction,
  occurred_at: new Date(order.orderedAtMs),
  id: command.id,
  recorded_at: new Date(nowMs),
  kept_day: lastDay,
  response_id: command.responseId,
  rules_version: rulesVersion,
  site: command.site,
  counted_from: order.countedFrom,
  last_exposure_on: command.lastExposureOn ?? null,
  screening_id: command.screening?.screeningId ?? null,
  seat: command.screening?.seat ?? null,
  from_area: command.fromArea ?? null,
  before_jurisdiction: null,
  before_id: null,
  before_fact: null,
  account_id: actor.accountId,
  device_id: actor.deviceId,
  content_digest: digestOf(command),
})

/** Order, person and audit in one commit. @returns false where the id is there already */
const write = (
  { db }: ServerContext,
  actor: Actor,
  stored: StoredEpisode,
  seals: readonly StoredSeal[],
): Promise<boolean> =>
  inArea(db, actor.areaCode, async (tx) => {
    if (!(await insertEpisode(tx, stored))) return false
    await insertSeals(tx, seals)
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'quarantine.order',
      subject: stored.id,
      outcome: 'recorded',
      detail: `${stored.site}, until ${stored.kept_day}`,
    }
    await recordAudit(executeIn(tx), stored.jurisdiction, [entry], stored.recorded_at.getTime())
    return true
  })

const earlier = async (
  { db }: ServerContext,
  actor: Actor,
  command: OrderQuarantine,
): Promise<Result<RecordedQuarantine> | undefined> => {
  const key = episodeKey(command.jurisdiction, command.id)
  const found = await inArea(db, actor.areaCode, (tx) => readEpisode(tx, key))
  if (found === undefined) return undefined
  const { content_digest, recorded_at } = found.episode
  if (!content_digest.equals(digestOf(command))) return refused('COMMAND_ID_REUSED', '/id')
  return done({ id: command.id, recordedAtMs: recorded_at.getTime(), duplicate: true })
}

const recordNew = async (
  context: ServerContext,
  actor: Actor,
  command: OrderQuarantine,
): Promise<Result<RecordedQuarantine>> => {
  const nowMs = context.now()
  const decided = decideOrder(context.reference.current(), command, nowMs)
  if (!decided.ok) return decided
  const person = await personOfOrder(context, actor, command)
  if (!person.ok) return person
  const scope = { key: episodeKey(command.jurisdiction, command.id), keptDay: decided.lastDay }
  const seals = await sealPerson(context.identity.sealer, scope, person.value)
  const isNew = await write(context, actor, storedOf(command, decided, actor, nowMs), seals)
  return isNew
    ? done({ id: command.id, recordedAtMs: nowMs, duplicate: false })
    : ((await earlier(context, actor, command)) ?? refused('COMMAND_ID_REUSED', '/id'))
}

/** Records an order. A retry of what is stored is a duplicate, whatever today would refuse. */
export const recordOrder = async (
  context: ServerContext,
  actor: Actor,
  command: OrderQuarantine,
): Promise<Result<RecordedQuarantine>> => {
  if (!quarantineDeciders.includes(actor.role)) return refused('ROLE_NOT_ALLOWED', '/kind')
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  try {
    return (await earlier(context, actor, command)) ?? (await recordNew(context, actor, command))
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}
