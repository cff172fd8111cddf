import type { HandoverStep, OpenHandover } from '@guankou/contract/handovers/commands.ts'
import { cancellers, closers, noters, sidesOf } from '@guankou/contract/handovers/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { type Custody, type CustodyFact, isEarlier } from '#src/handovers/custody.ts'
import { daySlotOf } from '#src/places/calendar.ts'
import { type Refused, readCommandTime, refuse } from '#src/screening/command-time.ts'
import { clockToleranceMs, type Reference } from '#src/screening/decide.ts'
import { uuidTimeMs } from '#src/screening/uuid-time.ts'

/** A hand-over follows its screening within this time. */
export const longestBeforeOpeningMs = 48 * 3_600_000

/** The opening of a hand-over with the local day in the time zone of the jurisdiction. */
export type HandoverOpened = {
  readonly openedAtMs: number
  readonly day: string
  readonly command: OpenHandover
}

export type DecidedOpening = { readonly ok: true; readonly fact: HandoverOpened } | Refused

/**
 * Whether somebody may be handed over as it is said; the rule that phone and server share.
 * @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideOpening = (reference: Reference, command: OpenHandover, nowMs: number): DecidedOpening => {
  const time = readCommandTime(command, nowMs)
  if (!time.ok) return time
  const sinceScreening = time.atMs - uuidTimeMs(command.screeningId)
  if (sinceScreening < 0 || sinceScreening > longestBeforeOpeningMs)
    return refuse('HANDOVER_NOT_OF_SCREENING', '/screeningId')
  const place = reference.jurisdiction(command.jurisdiction)
  const post = reference.post(command.postId)
  if (place === undefined || post?.jurisdiction !== command.jurisdiction)
    return refuse('UNKNOWN_POST', '/postId')
  const response = reference.response(command.responseId)
  if (response === undefined) return refuse('UNKNOWN_RESPONSE', '/responseId')
  const { day } = daySlotOf(place.timeZone, time.atMs)
  if (day < response.collectionFrom || day > response.collectionUntil)
    return refuse('OUTSIDE_COLLECTION', '/occurredAt')
  const seats = new Set(command.people.map(({ seat }) => seat))
  if (seats.size < command.people.length) return refuse('SEAT_TAKEN_TWICE', '/people')
  if (!command.people.some(({ part }) => part === 'index')) return refuse('HANDOVER_WITHOUT_INDEX', '/people')
  return { ok: true, fact: { openedAtMs: time.atMs, day, command } }
}

/** Who wants to do something about a hand-over. */
export type CustodyActor = { readonly role: Role; readonly accountId: string; readonly deviceId: string }

type WithoutPlace = Exclude<CustodyFact, { kind: 'escalated' }>
export type DecidedStep = { readonly ok: true; readonly fact: WithoutPlace } | Refused

const factOf = (command: HandoverStep, actor: CustodyActor, atMs: number): WithoutPlace => {
  const { accountId, deviceId } = actor
  const fact = { id: command.id, atMs, accountId }
  switch (command.kind) {
    case 'handover.sign':
      return { ...fact, kind: 'signed', side: command.side, deviceId }
    case 'handover.note':
      return { ...fact, kind: 'noted' }
    case 'handover.close':
      return { ...fact, kind: 'closed', reason: command.reason }
    case 'handover.cancel':
      return { ...fact, kind: 'cancelled', reason: command.reason }
  }
}

const mayDo = (command: HandoverStep, role: Role): boolean => {
  switch (command.kind) {
    case 'handover.sign':
      return sidesOf[role]?.includes(command.side) === true
    case 'handover.note':
      return noters.includes(role)
    case 'handover.close':
      return closers.includes(role)
    case 'handover.cancel':
      return cancellers.includes(role)
  }
}

/** The fact that counts in the place of a new one, if there is one. */
const counting = (custody: Custody, fact: WithoutPlace): CustodyFact | undefined => {
  if (fact.kind === 'signed') return custody.signatures[fact.side]
  if (fact.kind === 'closed') return custody.ending?.kind === 'closed' ? custody.ending : undefined
  return fact.kind === 'cancelled' ? (custody.cancelled ?? undefined) : undefined
}

/**
 * Whether a step may be taken; the rule that phone and server share.
 * What is refused is refused in every order of arrival, or would not have counted: of two signatures of a side the earlier
 * counts, so that the later is refused where the earlier is known and gives way where it comes after. A signature whose time
 * runs back against another is taken and doubted, because a wrong clock must not cost it.
 * @param custody  as far as whoever decides knows it   @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideStep = (
  custody: Custody,
  command: HandoverStep,
  actor: CustodyActor,
  nowMs: number,
): DecidedStep => {
  const time = readCommandTime(command, nowMs)
  if (!time.ok) return time
  if (!mayDo(command, actor.role))
    return command.kind === 'handover.sign'
      ? refuse('HANDOVER_NOT_YOUR_SIDE', '/side')
      : refuse('ROLE_NOT_ALLOWED', '/kind')
  if (time.atMs < uuidTimeMs(command.handoverId) - clockToleranceMs)
    return refuse('HANDOVER_TIME_RUNS_BACK', '/occurredAt')
  const needsNote = 'reason' in command && command.reason === 'other'
  if (needsNote && (command.note ?? '').trim() === '') return refuse('HANDOVER_NOTE_NEEDED', '/note')
  const fact = factOf(command, actor, time.atMs)
  const other = counting(custody, fact)
  if (other !== undefined && other.id !== fact.id && isEarlier(other, fact))
    return fact.kind === 'signed'
      ? refuse('HANDOVER_ALREADY_SIGNED', '/side')
      : refuse('HANDOVER_ALREADY_OVER', '/kind')
  const { signatures } = custody
  const isTaken = Object.keys(signatures).some((side) => side !== 'post-gives')
  if (fact.kind === 'cancelled' && isTaken) return refuse('HANDOVER_TAKEN', '/kind')
  return { ok: true, fact }
}
