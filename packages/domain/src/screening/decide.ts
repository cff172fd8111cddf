import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import type { Jurisdiction, Post } from '@guankou/contract/places/place.ts'
import type { Response, RuleSet } from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank, strictest } from '@guankou/contract/screening/dispositions.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { platedConveyances } from '@guankou/contract/screening/vocabulary.ts'
import { withNormalIdentity } from '#src/identity/normalise.ts'
import { daySlotOf, instantMs } from '#src/places/calendar.ts'
import { decideTraveller } from '#src/screening/disposition.ts'
import { normalisePlate } from '#src/screening/plates.ts'
import type { ScreenedTraveller, ScreeningRecorded } from '#src/screening/screening-recorded.ts'
import { findServiceRefusal, normalService } from '#src/screening/service.ts'
import { tallyOf } from '#src/screening/tally.ts'
import { findTravellerRefusal } from '#src/screening/traveller-checks.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** What a decision may look up; the phone fills it from its pack, the server from its reference tables. */
export type Reference = {
  readonly jurisdiction: (code: number) => Jurisdiction | undefined
  readonly post: (id: number) => Post | undefined
  readonly response: (id: string) => Response | undefined
  readonly isKnownOrigin: (code: number) => boolean
}

export type Decided =
  | { readonly ok: true; readonly fact: ScreeningRecorded }
  | { readonly ok: false; readonly refusal: Refusal }

/** A phone's clock may be this far ahead of the server's before its records are refused. */
export const clockToleranceMs = 5 * 60_000

/** An entry that was open longer than this was forgotten, not worked on. */
const longestEntryMs = 24 * 3_600_000

const refuse = (code: ErrorCode, path?: string): Decided => ({
  ok: false,
  refusal: path === undefined ? { code } : { code, path },
})

type Times = { readonly startedAtMs: number; readonly occurredAtMs: number }

const readTimes = (command: RecordScreening, nowMs: number): Times | Refusal => {
  const startedAtMs = instantMs(command.startedAt)
  const occurredAtMs = instantMs(command.occurredAt)
  if (occurredAtMs === undefined) return { code: 'IMPOSSIBLE_TIME', path: '/occurredAt' }
  if (startedAtMs === undefined || startedAtMs > occurredAtMs || occurredAtMs - startedAtMs > longestEntryMs)
    return { code: 'IMPOSSIBLE_TIME', path: '/startedAt' }
  if (uuidTimeMs(command.id) !== occurredAtMs) return { code: 'ID_TIME_MISMATCH', path: '/id' }
  if (occurredAtMs > nowMs + clockToleranceMs) return { code: 'OCCURRED_IN_FUTURE', path: '/occurredAt' }
  return { startedAtMs, occurredAtMs }
}

const findRuleSet = (response: Response, version: number): RuleSet | undefined =>
  response.ruleSets.find((ruleSet) => ruleSet.version === version)

const checkPlaceAndPlate = (command: RecordScreening, post: Post | undefined): Refusal | undefined => {
  if (post === undefined || post.jurisdiction !== command.jurisdiction)
    return { code: 'UNKNOWN_POST', path: '/postId' }
  if (command.lane > post.lanes) return { code: 'UNKNOWN_LANE', path: '/lane' }
  const { kind, plate, withoutPlate } = command.conveyance
  if (plate !== undefined && normalisePlate(plate) === '')
    return { code: 'PLATE_REQUIRED', path: '/conveyance/plate' }
  if (platedConveyances.has(kind) && (plate === undefined) === (withoutPlate === undefined))
    return { code: 'PLATE_REQUIRED', path: '/conveyance/plate' }
  return undefined
}

const conclude = (
  travellers: readonly ScreenedTraveller[],
): { disposition: Disposition; ruleIds: string[] } => {
  const ordered = [...travellers].sort(
    (a, b) => dispositionRank(b.decision.disposition) - dispositionRank(a.decision.disposition),
  )
  return {
    disposition: ordered.reduce<Disposition>(
      (worst, t) => strictest(worst, t.decision.disposition),
      'passed',
    ),
    ruleIds: [...new Set(ordered.flatMap((t) => t.decision.ruleIds))],
  }
}

/**
 * The rule that phone and server share: a command becomes a fact, or a refusal that says what and where.
 * @param command  already of the right shape (the contract's schema)
 * @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideScreening = (reference: Reference, command: RecordScreening, nowMs: number): Decided => {
  const times = readTimes(command, nowMs)
  if ('code' in times) return { ok: false, refusal: times }
  const jurisdiction = reference.jurisdiction(command.jurisdiction)
  if (jurisdiction === undefined) return refuse('UNKNOWN_POST', '/jurisdiction')
  const misplaced = checkPlaceAndPlate(command, reference.post(command.postId))
  if (misplaced !== undefined) return { ok: false, refusal: misplaced }
  const response = reference.response(command.responseId)
  if (response === undefined) return refuse('UNKNOWN_RESPONSE', '/responseId')
  const ruleSet = findRuleSet(response, command.rulesVersion)
  if (ruleSet === undefined) return refuse('UNKNOWN_RULES_VERSION', '/rulesVersion')
  const { day, slot } = daySlotOf(jurisdiction.timeZone, times.occurredAtMs)
  if (day < response.collectionFrom || day > response.collectionUntil)
    return refuse('OUTSIDE_COLLECTION', '/occurredAt')
  const wrongService = findServiceRefusal(command.conveyance, day)
  if (wrongService !== undefined) return { ok: false, refusal: wrongService }
  const wrong = findTravellerRefusal(command, { reference, ruleSet, occurredAtMs: times.occurredAtMs, day })
  if (wrong !== undefined) return { ok: false, refusal: wrong }
  const travellers = command.travellers.map((entered) => ({
    entered: withNormalIdentity(entered),
    decision: decideTraveller(entered, ruleSet, day),
  }))
  const { plate, kind: conveyanceKind, service, seatsPerRow } = command.conveyance
  const fact: ScreeningRecorded = {
    type: 'screening.recorded',
    id: command.id,
    jurisdiction: command.jurisdiction,
    postId: command.postId,
    lane: command.lane,
    ...times,
    day,
    slot,
    responseId: command.responseId,
    rulesVersion: command.rulesVersion,
    conveyanceKind,
    plate: plate === undefined ? undefined : normalisePlate(plate),
    ...(service === undefined ? {} : { service: normalService(service) }),
    ...(seatsPerRow === undefined ? {} : { seatsPerRow }),
    queueVehicles: command.queueVehicles,
    ...conclude(travellers),
    tally: tallyOf(travellers.map((traveller) => traveller.decision)),
    travellers,
    ...(command.corrects === undefined ? {} : { corrects: command.corrects }),
  }
  return { ok: true, fact }
}
