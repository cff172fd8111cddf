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

/** An aggregate of its own: what was refused would hold up whatever stands behind it. */
const prefix = 'corrects:'

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
  { outbox }: FieldRuntime,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const heads = [...(await outbox.readOpen()), ...(await outbox.readClosed(lookedThrough))]
  const named = new Set(heads.map(({ aggregateId }) => aggregateId))
  return new Set(ids.filter((id) => named.has(`${prefix}${id}`)))
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

/** The new command; nothing where no response collected at the time of the record. */
const commandOf = (
  refused: RecordScreening,
  { content, post, lane, plate }: Given,
  nowMs: number,
): RecordScreening | undefined => {
  const stated = Date.parse(refused.occurredAt)
  const rules = rulesInForce(content, post, Number.isNaN(stated) ? nowMs : Math.min(stated, nowMs))
  return (
    rules &&
    correctRefused(refused, {
      plate,
      post,
      lane,
      responseId: rules.response.id,
      rulesVersion: rules.ruleSet.version,
      symptoms: new Set(rules.ruleSet.symptoms.map(({ code }) => code)),
      isKnownOrigin: referenceOf(content).isKnownOrigin,
      homeOrigin: homeOrigin(post),
      dayOf: (ms) => dayAt(content, post, ms),
      nowMs,
      newId: (ms) => v7({ msecs: ms }),
    })
  )
}

/**
 * Puts a refused record right and stores it as a new one that names it; the refused one stays in sight.
 * Rules are those in force at the time of the record where the pack still has them.
 */
export const recordCorrection = async (
  runtime: FieldRuntime,
  refused: RecordScreening,
  given: Given,
): Promise<CorrectionMade> => {
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Date.now()
  const command = commandOf(refused, given, nowMs)
  if (command === undefined) return { is: 'refused', code: 'OUTSIDE_COLLECTION' }
  const decided = decideScreening(referenceOf(given.content), command, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const { fact } = decided
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: `${prefix}${refused.id}`,
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
