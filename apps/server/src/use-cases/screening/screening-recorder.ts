import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { type Database, isConnectionLost } from '@guankou/db/database.ts'
import { ensurePartitions, utcDayOf } from '@guankou/db/partitions.ts'
import {
  type CommittedScreening,
  commitScreenings,
  findRecordedAt,
} from '@guankou/db/queries/screening/commit-screenings.ts'
import type { StoredScreening } from '@guankou/db/queries/screening/insert-screenings.ts'
import { readUnresolvedSeats } from '@guankou/db/queries/screening/passages.ts'
import { daySlotOf, instantMs } from '@guankou/domain/places/calendar.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import type { ScreeningRecorded } from '@guankou/domain/screening/screening-recorded.ts'
import type { Actor } from '#src/actor.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import type { IdentitySealer, SealedScreening } from '#src/identity/identity-sealer.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { type BatchQueue, createBatchQueue } from '#src/use-cases/screening/batch-queue.ts'
import { type WithConfirmed, withConfirmedPeople } from '#src/use-cases/screening/confirmed-people.ts'
import { screeningsRecorded } from '#src/use-cases/screening/screenings-recorded.ts'

const mostPerBatch = 500
const mostWaiting = 5_000

export type Recorded = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
  /** Seats that were to have the identity of somebody earlier and have none. */
  readonly withoutIdentity?: readonly number[]
}

/** Records screenings; every way in (single posts, pushes, replay, demo) comes through here. */
export type ScreeningRecorder = {
  /**
   * @param command  already of the shape of the contract
   * @param paperFormId  the form that it was keyed from, where it was
   */
  readonly record: (actor: Actor, command: RecordScreening, paperFormId?: string) => Promise<Result<Recorded>>
  readonly drained: () => Promise<void>
}

export type RecorderParts = {
  readonly db: Database
  readonly now: () => number
  readonly reference: ReferenceCache
  readonly sealer: IdentitySealer
  /** Called after each commit. */
  readonly announce: () => void
}

type Queue = BatchQueue<StoredScreening, CommittedScreening>

type WriteScreenings = (
  jurisdiction: number,
  screenings: readonly StoredScreening[],
) => Promise<readonly CommittedScreening[]>

const createWriter = ({ db, now, announce }: RecorderParts): WriteScreenings => {
  const madeDays = new Set<string>()
  return async (jurisdiction, screenings) => {
    const missing = new Set(
      screenings
        .map((screening) => utcDayOf(screening.fact.occurredAtMs))
        .filter((day) => !madeDays.has(day)),
    )
    await ensurePartitions(db.pool, missing)
    for (const day of missing) madeDays.add(day)
    const nowMs = now()
    const client = await db.writers.connect()
    let broken: Error | undefined
    try {
      const committed = await commitScreenings(client, {
        jurisdiction,
        screenings,
        nowMs,
        namedStatements: db.namedStatements,
        auditOf: ({ fact, accountId, deviceId }, outcome) => ({
          accountId,
          deviceId,
          action: 'screening.record',
          subject: fact.id,
          outcome,
          detail: fact.corrects === undefined ? null : `corrects ${fact.corrects}`,
        }),
        changeOf: (facts, increments) => screeningsRecorded(jurisdiction, facts, increments, nowMs),
      })
      announce()
      return committed
    } catch (error) {
      broken = isConnectionLost(error) ? (error as Error) : undefined
      // A partition may have been dropped behind our back; look again next time.
      madeDays.clear()
      throw error
    } finally {
      client.release(broken)
    }
  }
}

const submit = async (queue: Queue, stored: StoredScreening): Promise<Result<Recorded>> => {
  try {
    const outcome = await queue.submit(stored.fact.jurisdiction, stored.fact.id, stored)
    if ('refusal' in outcome) return { ok: false, refusal: outcome.refusal }
    if (outcome.outcome === 'id-reused') return refused('COMMAND_ID_REUSED', '/id')
    return done({
      id: outcome.id,
      recordedAtMs: outcome.recordedAtMs,
      duplicate: outcome.outcome === 'duplicate',
    })
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}

/** A duplicate tells again which seats are without identity: the first answer may never have arrived. */
const withSeats = async (
  { db }: Pick<RecorderParts, 'db'>,
  actor: Actor,
  command: RecordScreening,
  recorded: Recorded,
): Promise<Recorded> => {
  if (command.travellers.every(({ sameAs }) => sameAs === undefined)) return recorded
  const key = {
    jurisdiction: command.jurisdiction,
    occurredAt: new Date(command.occurredAt),
    screeningId: command.id,
  }
  const withoutIdentity = await inArea(db, actor.areaCode, (tx) => readUnresolvedSeats(tx, key))
  return withoutIdentity.length === 0 ? recorded : { ...recorded, withoutIdentity }
}

/**
 * A retry of something that is stored is a duplicate even where the rules, posts or dates of today would refuse it: the
 * phone must learn that it has arrived.
 */
const findEarlier = async (
  { db, sealer, reference }: RecorderParts,
  actor: Actor,
  command: RecordScreening,
): Promise<Recorded | undefined> => {
  const occurredAtMs = instantMs(command.occurredAt)
  const place = reference.current().jurisdiction(command.jurisdiction)
  if (occurredAtMs === undefined || place === undefined) return undefined
  const owner = { jurisdiction: place.code, day: daySlotOf(place.timeZone, occurredAtMs).day }
  const digests = await sealer.contentDigests(owner, JSON.stringify(command))
  const recordedAtMs = await inArea(db, actor.areaCode, (tx) =>
    findRecordedAt(tx, { ...command, occurredAtMs }, digests),
  )
  if (recordedAtMs === undefined) return undefined
  return withSeats({ db }, actor, command, { id: command.id, recordedAtMs, duplicate: true })
}

type Sealed = SealedScreening & Pick<WithConfirmed, 'fact' | 'withoutIdentity'>

/** Seals a fact with the identities of those who were confirmed to be somebody of an earlier one. */
const sealAll = async (
  parts: RecorderParts,
  actor: Actor,
  decided: ScreeningRecorded,
  content: string,
): Promise<Sealed> => {
  const { fact, confirmedAs, withoutIdentity } = await withConfirmedPeople(parts, actor, decided)
  const sealed = await parts.sealer.sealScreening(fact, content)
  const identities = sealed.identities.map((identity, index) => {
    const state = confirmedAs[index]
    return state === undefined ? identity : { ...identity, confirmedAs: state }
  })
  return { ...sealed, identities, fact, withoutIdentity }
}

const sealIdentities = async (
  parts: RecorderParts,
  actor: Actor,
  fact: ScreeningRecorded,
  content: string,
): Promise<Result<Sealed>> => {
  try {
    return done(await sealAll(parts, actor, fact, content))
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    if (error instanceof KeyServiceUnavailableError) return refused('KEY_SERVICE_UNAVAILABLE')
    if (error instanceof DayKeyDestroyedError) return refused('OUTSIDE_COLLECTION', '/occurredAt')
    throw error
  }
}

/** What is refused today may have been taken before. */
const orEarlier = async (
  parts: RecorderParts,
  actor: Actor,
  command: RecordScreening,
  refusal: Extract<Result<Recorded>, { ok: false }>,
): Promise<Result<Recorded>> => {
  const earlier = await findEarlier(parts, actor, command).catch(() => undefined)
  return earlier === undefined ? refusal : done(earlier)
}

/** @returns a recorder with a batch queue of its own */
export const createScreeningRecorder = (parts: RecorderParts): ScreeningRecorder => {
  const { now, reference } = parts
  const queue: Queue = createBatchQueue({
    write: createWriter(parts),
    mostPerBatch,
    mostWaiting,
    concernsAll: isConnectionLost,
  })
  return {
    drained: queue.drained,
    record: async (actor, command, paperFormId) => {
      if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
      const nowMs = now()
      const decided = decideScreening(reference.current(), command, nowMs)
      if (!decided.ok) return orEarlier(parts, actor, command, decided)
      const identity = await sealIdentities(parts, actor, decided.fact, JSON.stringify(command))
      if (!identity.ok) return orEarlier(parts, actor, command, identity)
      const { withoutIdentity, ...sealed } = identity.value
      const stored = await submit(queue, {
        recordedAtMs: nowMs,
        accountId: actor.accountId,
        deviceId: actor.deviceId,
        ...(paperFormId === undefined ? {} : { paperFormId }),
        ...sealed,
      })
      if (stored.ok && !stored.value.duplicate && withoutIdentity.length > 0)
        return done({ ...stored.value, withoutIdentity })
      if (stored.ok && stored.value.duplicate)
        return done(await withSeats(parts, actor, command, stored.value))
      // An id that was used before may be that of a record kept under the digest of an earlier release.
      const isReused = !stored.ok && stored.refusal.code === 'COMMAND_ID_REUSED'
      return isReused ? orEarlier(parts, actor, command, stored) : stored
    },
  }
}
