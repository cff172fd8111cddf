import type { RecordHouseholdFact } from '@guankou/contract/households/record-household-fact.ts'
import { communityRoles } from '@guankou/contract/roles.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  findHouseholdFact,
  type HouseholdDigest,
  hasGridCell,
  insertHouseholdDigests,
  insertHouseholdFact,
  readCommunityAccounts,
  type StoredHouseholdFact,
} from '@guankou/db/queries/households/facts.ts'
import { lockHousehold } from '@guankou/db/queries/households/states.ts'
import {
  decideHouseholdFact,
  type HouseholdFactRecorded,
} from '@guankou/domain/households/decide-household-fact.ts'
import { visitRulesOf } from '@guankou/domain/households/visit-rules.ts'
import { daySlotOf, instantMs } from '@guankou/domain/places/calendar.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { DayKeyDestroyedError } from '#src/identity/day-key-store.ts'
import { KeyServiceUnavailableError } from '#src/identity/key-service.ts'
import { done, type Result, refused } from '#src/result.ts'
import { mayActIn } from '#src/use-cases/access/authorise.ts'
import { digestsOfFact } from '#src/use-cases/households/fact-digests.ts'
import { settleHousehold } from '#src/use-cases/households/household-state.ts'
import { roundsMoved } from '#src/use-cases/households/rounds-moved.ts'
import { sealHappening } from '#src/use-cases/households/sealed-facts.ts'
import { readContactsAtDoor, writeContactsAtDoor } from '#src/use-cases/quarantine/contacts-at-door.ts'

export type RecordedHouseholdFact = {
  readonly id: string
  readonly recordedAtMs: number
  readonly duplicate: boolean
}

type Ready = {
  readonly fact: HouseholdFactRecorded
  readonly stored: StoredHouseholdFact
  readonly digests: readonly HouseholdDigest[]
  readonly responseId: string
}

/** A fact with everything sealed, before any transaction is open. */
const ready = async (
  { identity: { sealer }, now }: ServerContext,
  actor: Actor,
  fact: HouseholdFactRecorded,
  command: RecordHouseholdFact,
): Promise<Ready> => {
  const digests = await digestsOfFact(sealer, fact)
  const sealed = await sealHappening(sealer, fact, fact.happening)
  // Makes the key of the day where this is the first of it.
  await sealer.digestText(fact, 'household-fact', '')
  const [contentDigest] = (await sealer.contentDigests(fact, JSON.stringify(command))) ?? []
  if (contentDigest === undefined) throw new DayKeyDestroyedError(fact)
  const stored: StoredHouseholdFact = {
    jurisdiction: fact.jurisdiction,
    id: fact.id,
    household_id: fact.householdId,
    occurred_at: new Date(fact.occurredAtMs),
    recorded_at: new Date(now()),
    day: fact.day,
    kind: fact.happening.is,
    ...sealed,
    role: fact.role,
    account_id: actor.accountId,
    device_id: actor.deviceId,
    content_digest: contentDigest,
  }
  return { fact, stored, digests, responseId: command.responseId }
}

/** What was recorded under an id before: the same, or something else. */
const earlier = async (
  context: ServerContext,
  actor: Actor,
  command: RecordHouseholdFact,
): Promise<Result<RecordedHouseholdFact> | undefined> => {
  const { jurisdiction, id } = command
  const found = await inArea(context.db, actor.areaCode, (tx) => findHouseholdFact(tx, jurisdiction, id))
  const place = context.reference.current().jurisdiction(jurisdiction)
  const atMs = instantMs(command.occurredAt)
  if (found === undefined || place === undefined || atMs === undefined) return undefined
  const owner = { jurisdiction, day: daySlotOf(place.timeZone, atMs).day }
  const digests = (await context.identity.sealer.contentDigests(owner, JSON.stringify(command))) ?? []
  if (!digests.some((digest) => digest.equals(found.contentDigest)))
    return refused('COMMAND_ID_REUSED', '/id')
  return done({ id, recordedAtMs: found.recordedAt.getTime(), duplicate: true })
}

/** Whether what a fact names of the area is there. */
const refusalInArea = async (tx: AreaTransaction, { jurisdiction, happening }: HouseholdFactRecorded) => {
  if (happening.is === 'household-opened' && !(await hasGridCell(tx, jurisdiction, happening.gridCellId)))
    return refused('UNKNOWN_GRID_CELL', '/happening/gridCellId')
  if (happening.is !== 'part-done' && happening.is !== 'visit-signed') return undefined
  const { by } = happening
  if (by === undefined) return undefined
  const [named] = await readCommunityAccounts(tx, [by.accountId], communityRoles)
  return named?.role === by.role ? undefined : refused('NOT_A_TEAM_MEMBER', '/happening/by')
}

/** Fact, digests, where the door stands, contacts of whoever is in quarantine there, and audit in one commit. */
const write = (
  { db, reference }: ServerContext,
  actor: Actor,
  { fact, stored, digests, responseId }: Ready,
): Promise<Result<boolean>> =>
  inArea(db, actor.areaCode, async (tx): Promise<Result<boolean>> => {
    const refusal = await refusalInArea(tx, fact)
    if (refusal !== undefined) return refusal
    const data = reference.current()
    const state = await lockHousehold(tx, fact.jurisdiction, fact.householdId)
    const contacts = await readContactsAtDoor(tx, data, { stored, happening: fact.happening })
    if (!contacts.ok) return contacts
    if (!(await insertHouseholdFact(tx, stored))) return done(false)
    await writeContactsAtDoor(tx, data, contacts.value)
    await insertHouseholdDigests(tx, digests)
    const timeZone = data.jurisdiction(fact.jurisdiction)?.timeZone ?? 'UTC'
    const rules = visitRulesOf(data.response(responseId), fact.day)
    if (await settleHousehold(tx, state, { rules, timeZone }))
      await roundsMoved(tx, fact.jurisdiction, stored.recorded_at)
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'households.record',
      subject: fact.id,
      outcome: 'recorded',
      detail: fact.happening.is,
    }
    await recordAudit(executeIn(tx), fact.jurisdiction, [entry], stored.recorded_at.getTime())
    return done(true)
  })

const isWellFormed = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.isWellFormed()
    : typeof value !== 'object' || value === null || Object.values(value).every(isWellFormed)

const record = async (
  context: ServerContext,
  actor: Actor,
  command: RecordHouseholdFact,
): Promise<Result<RecordedHouseholdFact>> => {
  const decided = decideHouseholdFact(context.reference.current(), command, actor, context.now())
  if (!decided.ok) return (await earlier(context, actor, command)) ?? decided
  const prepared = await ready(context, actor, decided.fact, command)
  const written = await write(context, actor, prepared)
  if (!written.ok) return (await earlier(context, actor, command)) ?? written
  const { id, recorded_at } = prepared.stored
  if (written.value) return done({ id, recordedAtMs: recorded_at.getTime(), duplicate: false })
  return (await earlier(context, actor, command)) ?? refused('COMMAND_ID_REUSED', '/id')
}

/** Records something of a household. What it names may still be on its way from another phone. */
export const recordHouseholdFact = async (
  context: ServerContext,
  actor: Actor,
  command: RecordHouseholdFact,
): Promise<Result<RecordedHouseholdFact>> => {
  if (!mayActIn(actor, command.jurisdiction)) return refused('OUTSIDE_AREA', '/jurisdiction')
  if (!isWellFormed(command.happening)) return refused('TEXT_NOT_WELL_FORMED', '/happening')
  try {
    return await record(context, actor, command)
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    if (error instanceof KeyServiceUnavailableError) return refused('KEY_SERVICE_UNAVAILABLE')
    if (error instanceof DayKeyDestroyedError) return refused('OUTSIDE_COLLECTION', '/occurredAt')
    throw error
  }
}
