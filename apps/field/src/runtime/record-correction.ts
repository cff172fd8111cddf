import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { correctRefused } from '@guankou/domain/screening/correct-refused.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import { dayAt, homeOrigin, referenceOf, rulesInForce } from '#src/lane/reference.ts'
import type { FieldRuntime } from './field-runtime.ts'
import { lineOf } from './record-draft.ts'

const lookedThrough = 500

/** A refused record as far as it can still be read: once its maker’s vault was closed only the server can. */
export const readRefused = async (
  { outbox }: FieldRuntime,
  id: string,
): Promise<RecordScreening | undefined> => {
  const read = await outbox.readCommand(id)
  const command = read.is === 'read' ? (read.command as { readonly kind?: unknown } | null) : null
  // This app made it; a parcel, and a test or an override that was refused, say another kind.
  return command?.kind === 'screening.record' ? (command as RecordScreening) : undefined
}

/** Refused records that were put right and sent again, of those given. */
export const correctedOf = async (
  { outbox, vehicles }: FieldRuntime,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const heads = [...(await outbox.readOpen()), ...(await outbox.readClosed(lookedThrough))]
  const behind = heads.filter(({ id, aggregateId }) => id !== aggregateId && ids.includes(aggregateId))
  const lines = await vehicles.readLines(behind.map(({ id }) => id))
  return new Set(behind.filter(({ id }) => lines.has(id)).map(({ aggregateId }) => aggregateId))
}

export type CorrectionMade =
  | { readonly is: 'recorded' }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'storage-full' }

type Given = {
  readonly content: PackContent
  readonly post: Post
  readonly lane: number
  /** Empty where the vehicle has none. */
  readonly plate: string
}

/**
 * Puts a refused record right and stores it as a new one behind it in the same aggregate; the refused one stays in sight.
 * Rules are those in force at the time of the record where the pack still has them.
 */
export const recordCorrection = async (
  runtime: FieldRuntime,
  refused: RecordScreening,
  { content, post, lane, plate }: Given,
): Promise<CorrectionMade> => {
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Date.now()
  const stated = Date.parse(refused.occurredAt)
  const rules = rulesInForce(content, post, Number.isNaN(stated) ? nowMs : Math.min(stated, nowMs))
  if (rules === undefined) return { is: 'refused', code: 'OUTSIDE_COLLECTION' }
  const reference = referenceOf(content)
  const command = correctRefused(refused, {
    plate,
    post,
    lane,
    responseId: rules.response.id,
    rulesVersion: rules.ruleSet.version,
    symptoms: new Set(rules.ruleSet.symptoms.map(({ code }) => code)),
    isKnownOrigin: reference.isKnownOrigin,
    homeOrigin: homeOrigin(post),
    dayOf: (ms) => dayAt(content, post, ms),
    nowMs,
    newId: (ms) => v7({ msecs: ms }),
  })
  const decided = decideScreening(reference, command, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const { fact } = decided
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: refused.id,
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  try {
    await runtime.vehicles.recordBeside({
      entry,
      line: lineOf(fact),
      durationMs: fact.occurredAtMs - fact.startedAtMs,
    })
  } catch (cause) {
    if (cause instanceof StorageFull) return { is: 'storage-full' }
    throw cause
  }
  await runtime.sync.outboxChanged()
  return { is: 'recorded' }
}
