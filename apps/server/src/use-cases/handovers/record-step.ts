import { createHash } from 'node:crypto'
import type { Refusal } from '@guankou/contract/errors.ts'
import type { HandoverStep, SignHandover } from '@guankou/contract/handovers/commands.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import {
  insertHandoverFact,
  lockHandover,
  readFactsOf,
  type StoredFact,
} from '@guankou/db/queries/handovers/handovers.ts'
import { decideStep } from '@guankou/domain/handovers/decide-handover.ts'
import { signedContent } from '@guankou/domain/handovers/signed-text.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { isProved } from '#src/use-cases/devices/device-proof.ts'
import { custodyOfRows, handoverChange, handoverKey } from '#src/use-cases/handovers/handover-facts.ts'
import type { RecordedHandover } from '#src/use-cases/handovers/record-opening.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

/** Where the note of a fact belongs. */
export const handoverNotePlace = (factId: string): string => `handover-fact|${factId}|note`

/** Of everything but the note, which may name somebody. */
const digestOf = (command: HandoverStep): Buffer =>
  createHash('sha256')
    .update(JSON.stringify({ ...command, note: null }))
    .digest()

type Proved = { readonly publicKey: Buffer } | { readonly refusal: Refusal }

/** Whether the device that is told to have signed did so with its key. */
const prove = async (context: ServerContext, actor: Actor, command: SignHandover): Promise<Proved> => {
  const { deviceId, accountId } = actor
  const device = deviceId === null ? undefined : await context.devices.find(deviceId)
  if (deviceId === null || device?.key === undefined || device.publicKey === null)
    return { refusal: { code: 'DEVICE_NOT_ENROLLED' } }
  const content = signedContent({ ...command, accountId })
  const { occurredAt: sentAt, proof } = command
  return isProved(device.key, { use: 'handover', deviceId, sentAt, content, proof })
    ? { publicKey: device.publicKey }
    : { refusal: { code: 'HANDOVER_SIGNATURE_WRONG', path: '/proof' } }
}

const signatureOf = (command: HandoverStep, publicKey: Buffer | null) =>
  command.kind === 'handover.sign'
    ? {
        side: command.side,
        openingDigest: command.opening === null ? null : Buffer.from(command.opening, 'base64url'),
        proof: Buffer.from(command.proof, 'base64url'),
        publicKey,
      }
    : { side: null, openingDigest: null, proof: null, publicKey: null }

type Writing = {
  readonly command: HandoverStep
  readonly publicKey: Buffer | null
  readonly day: string
  readonly noteSealed: Buffer | null
  readonly nowMs: number
}

/** Decides on all that is known of the hand-over and adds the fact, with audit and the word to consoles, in one commit. */
const decideAndWrite = async (
  tx: AreaTransaction,
  actor: Actor,
  { command, publicKey, day, noteSealed, nowMs }: Writing,
): Promise<Result<RecordedHandover>> => {
  const key = handoverKey(command.jurisdiction, command.handoverId)
  await lockHandover(tx, key)
  const rows = await readFactsOf(tx, key)
  const known = rows.find(({ id }) => id === command.id)
  if (known !== undefined)
    return known.contentDigest.equals(digestOf(command))
      ? done({ id: command.id, recordedAtMs: known.recordedAt.getTime(), duplicate: true })
      : refused('COMMAND_ID_REUSED', '/id')
  const custody = custodyOfRows(key, rows)
  const decided = decideStep(custody, command, { ...actor, deviceId: actor.deviceId ?? '' }, nowMs)
  if (!decided.ok) return decided
  const recordedAt = new Date(nowMs)
  const fact: StoredFact = {
    jurisdiction: key.jurisdiction,
    occurredAt: key.occurredAt,
    handoverId: key.id,
    id: command.id,
    kind: decided.fact.kind,
    at: new Date(decided.fact.atMs),
    recordedAt,
    day,
    accountId: actor.accountId,
    deviceId: actor.deviceId,
    ...signatureOf(command, publicKey),
    reason: 'reason' in command ? command.reason : null,
    stage: null,
    toRole: null,
    noteSealed,
    contentDigest: digestOf(command),
  }
  await insertHandoverFact(tx, fact)
  const payload = handoverChange(key, custodyOfRows(key, [...rows, fact]), recordedAt)
  await announceChange(tx, { at: recordedAt, jurisdiction: key.jurisdiction, payload })
  const entry = {
    accountId: actor.accountId,
    deviceId: actor.deviceId,
    action: command.kind,
    subject: key.id,
    outcome: 'recorded',
    detail: fact.side ?? fact.reason,
  }
  await recordAudit(executeIn(tx), key.jurisdiction, [entry], nowMs)
  return done({ id: command.id, recordedAtMs: nowMs, duplicate: false })
}

/**
 * Records a signature, note or end of a hand-over, whether or not its opening has arrived. Steps of one hand-over are decided
 * one after the other.
 */
export const recordStep = async (
  context: ServerContext,
  actor: Actor,
  command: HandoverStep,
): Promise<Result<RecordedHandover>> => {
  const place = context.reference.current().jurisdiction(command.jurisdiction)
  if (!mayActIn(actor, command.jurisdiction) || place === undefined)
    return refused('OUTSIDE_AREA', '/jurisdiction')
  const note = 'note' in command ? (command.note ?? '').trim() : ''
  if (!note.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/note')
  const proved = command.kind === 'handover.sign' ? await prove(context, actor, command) : undefined
  if (proved !== undefined && 'refusal' in proved) return { ok: false, refusal: proved.refusal }
  const key = handoverKey(command.jurisdiction, command.handoverId)
  const { day } = daySlotOf(place.timeZone, key.occurredAt.getTime())
  const owner = { jurisdiction: command.jurisdiction, day }
  const { sealer } = context.identity
  try {
    const noteSealed =
      note === '' ? null : await unlessDestroyed(sealer.sealText(owner, handoverNotePlace(command.id), note))
    const writing = { command, publicKey: proved?.publicKey ?? null, day, noteSealed, nowMs: context.now() }
    return await inArea(context.db, actor.areaCode, (tx) => decideAndWrite(tx, actor, writing))
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}
