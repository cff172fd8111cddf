import type { ErrorCode, Refusal } from '@guankou/contract/errors.ts'
import type {
  HouseholdHappening,
  RecordHouseholdFact,
} from '@guankou/contract/households/record-household-fact.ts'
import { roleOfPart } from '@guankou/contract/households/vocabulary.ts'
import { communityRoles, type Role } from '@guankou/contract/roles.ts'
import type { CommunityRole, HouseholdFact } from '#src/households/household-fact.ts'
import { daySlotOf, instantMs, isCivilDate } from '#src/places/calendar.ts'
import { toldAtDoor } from '#src/quarantine/contact-at-door.ts'
import { clockToleranceMs, type Reference } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** Who records. */
export type HouseholdMaker = { readonly accountId: string; readonly role: Role }

export type HouseholdFactRecorded = HouseholdFact<HouseholdHappening> & {
  readonly jurisdiction: number
  /** Local day in the time zone of the jurisdiction. */
  readonly day: string
}

export type DecidedHouseholdFact =
  | { readonly ok: true; readonly fact: HouseholdFactRecorded }
  | { readonly ok: false; readonly refusal: Refusal }

const isCommunity = (role: Role): role is CommunityRole => (communityRoles as readonly Role[]).includes(role)

const refusalOf = (command: RecordHouseholdFact, role: CommunityRole): Refusal | undefined => {
  const { happening, id, householdId } = command
  if ((happening.is === 'household-opened') !== (id === householdId))
    return { code: 'INVALID_INPUT', path: '/householdId' }
  if (happening.is === 'members-merged' && happening.keptId === happening.mergedId)
    return { code: 'HOUSEHOLD_NAMES_ITSELF', path: '/happening/mergedId' }
  if (happening.is === 'member-moved' && happening.toHouseholdId === householdId)
    return { code: 'HOUSEHOLD_NAMES_ITSELF', path: '/happening/toHouseholdId' }
  if (happening.is === 'part-done' || happening.is === 'visit-signed') {
    const part = happening.is === 'part-done' ? happening.work.part : happening.part
    if ((happening.by?.role ?? role) !== roleOfPart[part])
      return { code: 'NOT_OF_THIS_PART', path: '/happening/by' }
  }
  const told = toldAtDoor(happening).map(({ quarantineId }) => quarantineId)
  if (new Set(told).size < told.length) return { code: 'INVALID_INPUT', path: '/happening' }
  if (happening.is === 'task-asked' && !isCivilDate(happening.dueBy))
    return { code: 'INVALID_INPUT', path: '/happening/dueBy' }
  return undefined
}

/**
 * The rule that phone and server share: a command becomes a fact, or a refusal that says what and where. What it names
 * may be on its way still, so that nothing else has to be known.
 * @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideHouseholdFact = (
  reference: Reference,
  command: RecordHouseholdFact,
  maker: HouseholdMaker,
  nowMs: number,
): DecidedHouseholdFact => {
  const refuse = (code: ErrorCode, path: string): DecidedHouseholdFact => ({
    ok: false,
    refusal: { code, path },
  })
  const occurredAtMs = instantMs(command.occurredAt)
  if (occurredAtMs === undefined) return refuse('IMPOSSIBLE_TIME', '/occurredAt')
  if (uuidTimeMs(command.id) !== occurredAtMs) return refuse('ID_TIME_MISMATCH', '/id')
  if (occurredAtMs > nowMs + clockToleranceMs) return refuse('OCCURRED_IN_FUTURE', '/occurredAt')
  if (!isCommunity(maker.role)) return refuse('ROLE_NOT_ALLOWED', '/kind')
  const place = reference.jurisdiction(command.jurisdiction)
  if (place === undefined) return refuse('UNKNOWN_AREA', '/jurisdiction')
  const response = reference.response(command.responseId)
  if (response === undefined) return refuse('UNKNOWN_RESPONSE', '/responseId')
  const { day } = daySlotOf(place.timeZone, occurredAtMs)
  if (day < response.collectionFrom || day > response.collectionUntil)
    return refuse('OUTSIDE_COLLECTION', '/occurredAt')
  const wrong = refusalOf(command, maker.role)
  if (wrong !== undefined) return { ok: false, refusal: wrong }
  const { id, jurisdiction, householdId, happening } = command
  return {
    ok: true,
    fact: {
      id,
      jurisdiction,
      householdId,
      occurredAtMs,
      day,
      accountId: maker.accountId,
      role: maker.role,
      happening,
    },
  }
}
