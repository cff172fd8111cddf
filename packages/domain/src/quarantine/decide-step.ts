import type {
  QuarantineDecision,
  QuarantineHappening,
  QuarantineStepCommand,
} from '@guankou/contract/quarantine/commands.ts'
import { quarantineDeciders, quarantineWorkers } from '@guankou/contract/quarantine/people.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { addDays, isCivilDate } from '#src/places/calendar.ts'
import { type Refused, readCommandTime, refuse } from '#src/screening/command-time.ts'
import { clockToleranceMs, type Reference } from '#src/screening/decide.ts'
import { type Episode, isOpenEpisode } from './episode.ts'
import type { Observation, QuarantineFact, QuarantineOrder } from './facts.ts'

export type DecidedQuarantineFact = { readonly ok: true; readonly fact: QuarantineFact } | Refused

/** No quarantine is made longer than this, counted from day 0. */
export const longestQuarantineDays = 90

/** A link is replaced no more often than this: whoever reads one tries as many. */
export const mostLinksReplaced = 50

const decisions: ReadonlySet<QuarantineStepCommand['kind']> = new Set([
  'quarantine.extend',
  'quarantine.transfer',
  'quarantine.receive',
  'quarantine.receipt',
  'quarantine.withdraw',
  'quarantine.release',
])
export const isDecision = (command: QuarantineStepCommand): command is QuarantineDecision =>
  decisions.has(command.kind)

/** A reason in words is owed where the word of the list says nothing, and wherever somebody is let go before time. */
const needsNote = (command: QuarantineStepCommand): boolean =>
  'reason' in command && ['other', 'early', 'mistake'].includes(command.reason)

/** Temperature and signs of an observation, where its plan asks for such signs. */
export const observed = (
  { plan }: Pick<QuarantineOrder, 'plan'>,
  { temperatureCelsius, signs }: { readonly temperatureCelsius?: number; readonly signs: readonly string[] },
): Observation | Refused => {
  const known = new Set(plan.signs.map(({ code }) => code))
  if (signs.some((sign) => !known.has(sign))) return refuse('QUARANTINE_SIGN_UNKNOWN', '/signs')
  return temperatureCelsius === undefined ? { signs } : { temperatureCelsius, signs }
}

/** What happened is taken in whatever order it is told: nothing here looks at what else is known. */
const happeningOf = (
  order: QuarantineOrder,
  command: QuarantineHappening,
  atMs: number,
): DecidedQuarantineFact => {
  const fact = { id: command.id, atMs }
  switch (command.kind) {
    case 'quarantine.deliver':
      return { ok: true, fact: { ...fact, kind: 'delivered' } }
    case 'quarantine.leave':
      return { ok: true, fact: { ...fact, kind: 'leave', reason: command.reason } }
    case 'quarantine.return':
      return { ok: true, fact: { ...fact, kind: 'return' } }
    case 'quarantine.ask-help':
      return { ok: true, fact: { ...fact, kind: 'help', help: command.help } }
    case 'quarantine.relink':
      return { ok: true, fact: { ...fact, kind: 'relinked' } }
    case 'quarantine.close-help': {
      const { helpId, result } = command
      return { ok: true, fact: { ...fact, kind: 'help-closed', helpId, result } }
    }
    case 'quarantine.contact': {
      const seen = observed(order, command)
      const { way, result } = command
      return 'ok' in seen ? seen : { ok: true, fact: { ...fact, kind: 'contact', way, result, ...seen } }
    }
  }
}

/** Why a decision cannot be made where the episode stands. */
const standsAgainst = (episode: Episode, command: QuarantineDecision): Refused | undefined => {
  const { state, transfer } = episode
  const { kind } = command
  if (episode.isRecalled) return refuse('QUARANTINE_TAKEN_BACK', '/kind')
  if (!isOpenEpisode({ state })) return refuse('QUARANTINE_OVER', '/kind')
  if (kind === 'quarantine.receive')
    return state === 'incoming' ? undefined : refuse('QUARANTINE_NOTHING_TO_RECEIVE', '/kind')
  if (kind === 'quarantine.receipt')
    return state === 'in-transfer' && transfer?.isWithin === false
      ? undefined
      : refuse('QUARANTINE_NOTHING_TO_RECEIVE', '/kind')
  if (kind === 'quarantine.withdraw')
    return state === 'in-transfer' && !episode.isTakingBack
      ? undefined
      : refuse('QUARANTINE_NOTHING_TO_WITHDRAW', '/kind')
  if (state === 'incoming') return refuse('QUARANTINE_NOT_RECEIVED', '/kind')
  if (state === 'in-transfer') return refuse('QUARANTINE_IN_TRANSFER', '/kind')
  const mustBeThere =
    kind === 'quarantine.transfer' || (kind === 'quarantine.release' && command.reason === 'completed')
  return mustBeThere && state === 'on-leave' ? refuse('QUARANTINE_AWAY', '/kind') : undefined
}

type Known = { readonly order: QuarantineOrder; readonly episode: Episode; readonly reference: Reference }

const decisionOf = (
  { order, episode, reference }: Known,
  command: QuarantineDecision,
  atMs: number,
): DecidedQuarantineFact => {
  const against = standsAgainst(episode, command)
  if (against !== undefined) return against
  const fact = { id: command.id, atMs }
  switch (command.kind) {
    case 'quarantine.receive':
      return { ok: true, fact: { ...fact, kind: 'received' } }
    case 'quarantine.receipt':
      return { ok: true, fact: { ...fact, kind: 'receipt' } }
    case 'quarantine.withdraw': {
      const { transfer } = episode
      if (transfer === undefined) return refuse('QUARANTINE_NOTHING_TO_WITHDRAW', '/kind')
      // Of a desk whose clock is behind: what takes something back comes after it.
      const after = { ...fact, atMs: Math.max(atMs, transfer.atMs + 1) }
      // Another city was asked by the desk itself; a district of this one is asked by the server.
      return { ok: true, fact: { ...after, kind: transfer.isWithin ? 'withdrawal' : 'withdrawn' } }
    }
    case 'quarantine.extend': {
      const { lastDay, reason } = command
      const latest = addDays(order.countedFrom, longestQuarantineDays)
      if (!isCivilDate(lastDay) || lastDay <= episode.lastDay || lastDay > latest)
        return refuse('QUARANTINE_LAST_DAY_WRONG', '/lastDay')
      return { ok: true, fact: { ...fact, kind: 'extended', lastDay, reason } }
    }
    case 'quarantine.transfer': {
      const { toArea } = command
      const isWithin = reference.jurisdiction(toArea) !== undefined
      if (toArea === command.jurisdiction || !(isWithin || reference.isKnownOrigin(toArea)))
        return refuse('QUARANTINE_AREA_WRONG', '/toArea')
      return { ok: true, fact: { ...fact, kind: 'transferred', toArea, isWithin } }
    }
    case 'quarantine.release': {
      const { reason } = command
      if (reason === 'completed' && atMs < episode.releaseDueAtMs)
        return refuse('QUARANTINE_NOT_DUE', '/reason')
      return { ok: true, fact: { ...fact, kind: 'released', reason } }
    }
  }
}

/**
 * Whether something may be added to an episode. What happened is taken in every order of arrival; what is decided is judged
 * by all that is known where it is decided, which is a desk on the network.
 * @param nowMs  Unix time, milliseconds, of whoever decides
 */
export const decideQuarantineStep = (
  known: Known,
  command: QuarantineStepCommand,
  { role, nowMs }: { readonly role: Role; readonly nowMs: number },
): DecidedQuarantineFact => {
  const may = isDecision(command) ? quarantineDeciders : quarantineWorkers
  if (!may.includes(role)) return refuse('ROLE_NOT_ALLOWED', '/kind')
  const time = readCommandTime(command, nowMs)
  if (!time.ok) return time
  if (time.atMs < known.order.orderedAtMs - clockToleranceMs)
    return refuse('QUARANTINE_TIME_RUNS_BACK', '/occurredAt')
  if (command.kind === 'quarantine.relink' && known.episode.linksReplaced >= mostLinksReplaced)
    return refuse('QUARANTINE_LINKS_SPENT', '/kind')
  if (command.note?.isWellFormed() === false) return refuse('TEXT_NOT_WELL_FORMED', '/note')
  if (needsNote(command) && (command.note ?? '').trim() === '')
    return refuse('QUARANTINE_NOTE_NEEDED', '/note')
  return isDecision(command)
    ? decisionOf(known, command, time.atMs)
    : happeningOf(known.order, command, time.atMs)
}
