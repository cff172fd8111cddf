import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import type { RecordTest, TestOffer } from '@guankou/contract/testing/record-test.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import { decideTest } from '@guankou/domain/testing/decide-test.ts'
import { newEntry } from '@guankou/sync/outbox/entry.ts'
import { StorageFull } from '@guankou/sync/outbox/storage.ts'
import { v7 } from 'uuid'
import type { AskedTraveller } from '#src/lane/asked-people.ts'
import { referenceOf } from '#src/lane/reference.ts'
import type { FieldRuntime } from './field-runtime.ts'

/** Characters that are not taken for one another when written on a tube by hand. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A code for a tube that has none printed: eight characters, from random bits. */
export const newSampleCode = (): string => {
  const random = crypto.getRandomValues(new Uint32Array(8))
  const text = Array.from(random, (word) => letters[word % letters.length] ?? '2').join('')
  return `GK-${text.slice(0, 4)}-${text.slice(4)}`
}

export type OfferMade =
  | { readonly is: 'recorded'; readonly id: string }
  | { readonly is: 'refused'; readonly code: ErrorCode }
  | { readonly is: 'storage-full' }

/** Stores what became of it when somebody was asked; it is sent after its screening, and with it. */
export const recordTestOffer = async (
  runtime: FieldRuntime,
  about: { readonly fact: ScreeningRecorded; readonly content: PackContent; readonly asked: AskedTraveller },
  given: { readonly offer: TestOffer; readonly sampleCode: string },
): Promise<OfferMade> => {
  const { fact, content, asked } = about
  const profile = runtime.profile.get()
  if (profile === undefined) return { is: 'refused', code: 'NOT_SIGNED_IN' }
  const nowMs = Math.max(Date.now(), fact.occurredAtMs)
  const { entered, decision } = asked.person
  const command: RecordTest = {
    kind: 'testing.record',
    schemaVersion: 1,
    id: v7({ msecs: nowMs }),
    jurisdiction: fact.jurisdiction,
    postId: fact.postId,
    occurredAt: new Date(nowMs).toISOString(),
    responseId: fact.responseId,
    screeningId: fact.id,
    seat: entered.seat,
    originCode: entered.origin.code,
    declared: decision.exposure !== 'none',
    offer: given.offer,
    ground: asked.asking.ground,
    ...(given.offer === 'taken' ? { sampleCode: given.sampleCode } : {}),
  }
  const decided = decideTest(referenceOf(content), command, nowMs)
  if (!decided.ok) return { is: 'refused', code: decided.refusal.code }
  const parcel = await runtime.sealParcel(command.id, command).catch(() => undefined)
  const entry = newEntry({
    id: command.id,
    aggregateId: fact.id,
    makerId: profile.accountId,
    makerName: profile.name,
    madeAtMs: nowMs,
    holdBackMs: 0,
    command,
    parcel,
  })
  try {
    await runtime.outbox.add(entry)
  } catch (cause) {
    if (cause instanceof StorageFull) return { is: 'storage-full' }
    throw cause
  }
  await runtime.sync.outboxChanged()
  return { is: 'recorded', id: command.id }
}
