import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import type { RecordTest } from '@guankou/contract/testing/record-test.ts'
import { daySlotOf, instantMs } from '#src/places/calendar.ts'
import { clockToleranceMs, type Reference } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** The fact that somebody was asked for a test. */
export type TestRecorded = Omit<RecordTest, 'kind' | 'schemaVersion' | 'occurredAt'> & {
  readonly type: 'testing.recorded'
  readonly occurredAtMs: number
  /** Local day in the time zone of the jurisdiction. */
  readonly day: string
}

export type DecidedTest =
  | { readonly ok: true; readonly fact: TestRecorded }
  | { readonly ok: false; readonly refusal: Refusal }

/** A test follows its screening within this time, or it is a test of somebody else. */
export const longestAfterScreeningMs = 48 * 3_600_000

const refuse = (code: ErrorCode, path: string): DecidedTest => ({ ok: false, refusal: { code, path } })

/**
 * The rule that phone and server share: a command becomes a fact, or a refusal that says what and where.
 * @param command  of the shape of the contract   @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideTest = (reference: Reference, command: RecordTest, nowMs: number): DecidedTest => {
  const occurredAtMs = instantMs(command.occurredAt)
  if (occurredAtMs === undefined) return refuse('IMPOSSIBLE_TIME', '/occurredAt')
  if (uuidTimeMs(command.id) !== occurredAtMs) return refuse('ID_TIME_MISMATCH', '/id')
  if (occurredAtMs > nowMs + clockToleranceMs) return refuse('OCCURRED_IN_FUTURE', '/occurredAt')
  const sinceScreening = occurredAtMs - uuidTimeMs(command.screeningId)
  if (sinceScreening < 0 || sinceScreening > longestAfterScreeningMs)
    return refuse('TEST_NOT_OF_SCREENING', '/screeningId')
  const place = reference.jurisdiction(command.jurisdiction)
  const post = reference.post(command.postId)
  if (place === undefined || post?.jurisdiction !== command.jurisdiction)
    return refuse('UNKNOWN_POST', '/postId')
  const response = reference.response(command.responseId)
  if (response === undefined) return refuse('UNKNOWN_RESPONSE', '/responseId')
  const { day } = daySlotOf(place.timeZone, occurredAtMs)
  if (day < response.collectionFrom || day > response.collectionUntil)
    return refuse('OUTSIDE_COLLECTION', '/occurredAt')
  if (!reference.isKnownOrigin(command.originCode)) return refuse('UNKNOWN_ORIGIN', '/originCode')
  if (command.sampleCode !== undefined && command.offer !== 'taken')
    return refuse('SAMPLE_NOT_TAKEN', '/sampleCode')
  const { kind: _kind, schemaVersion: _version, occurredAt: _at, ...rest } = command
  return { ok: true, fact: { ...rest, type: 'testing.recorded', occurredAtMs, day } }
}
