import type { ErrorCode } from '@guankou/contract/errors.ts'
import {
  type AlarmAct,
  type AlarmCause,
  type AlarmState,
  type AlarmStepKind,
  type EscalationRole,
  escalationRoles,
} from '@guankou/contract/monitoring/vocabulary.ts'

/** One fact of an alarm. Steps are numbered from 1 and only ever added. */
export type AlarmStep = {
  readonly number: number
  readonly atMs: number
  readonly kind: AlarmStepKind
  /** Null where the server acted. */
  readonly accountId: string | null
  readonly cause: AlarmCause | null
  readonly toRole: EscalationRole | null
}

/** What has become of an alarm: all of it follows from its steps. */
export type Alarm = {
  readonly state: AlarmState
  /** Who answers for it; null until somebody acknowledges. */
  readonly ownerId: string | null
  readonly cause: AlarmCause | null
  readonly raisedAtMs: number
  readonly acknowledgedAtMs: number | null
  readonly closedAtMs: number | null
  /** How often it was handed up because nobody acknowledged. */
  readonly escalations: number
  readonly escalatedAtMs: number | null
  readonly escalatedTo: EscalationRole | null
  readonly lastNumber: number
}

const raisedBy = (step: AlarmStep): Alarm => ({
  state: 'raised',
  ownerId: null,
  cause: null,
  raisedAtMs: step.atMs,
  acknowledgedAtMs: null,
  closedAtMs: null,
  escalations: 0,
  escalatedAtMs: null,
  escalatedTo: null,
  lastNumber: step.number,
})

const effects: Readonly<
  Record<Exclude<AlarmStepKind, 'raised'>, (alarm: Alarm, step: AlarmStep) => Partial<Alarm>>
> = {
  revised: () => ({}),
  note: () => ({}),
  escalated: ({ escalations }, { atMs, toRole }) => ({
    escalations: escalations + 1,
    escalatedAtMs: atMs,
    escalatedTo: toRole,
  }),
  acknowledge: (_, { atMs, accountId }) => ({
    state: 'acknowledged',
    ownerId: accountId,
    acknowledgedAtMs: atMs,
  }),
  'take-over': (_, { accountId }) => ({ ownerId: accountId }),
  investigate: () => ({ state: 'investigating' }),
  close: (_, { atMs, cause }) => ({ state: 'closed', cause, closedAtMs: atMs }),
  reopen: (_, { accountId }) => ({
    state: 'investigating',
    ownerId: accountId,
    cause: null,
    closedAtMs: null,
  }),
}

/**
 * What has become of an alarm.
 * @param steps  all of them in the order of their numbers
 * @throws RangeError where the first is not its raising, or numbers do not follow each other
 */
export const alarmOf = (steps: readonly AlarmStep[]): Alarm => {
  const [first, ...rest] = steps
  if (first?.kind !== 'raised' || first.number !== 1) throw new RangeError('an alarm begins by being raised')
  let alarm = raisedBy(first)
  for (const step of rest) {
    if (step.kind === 'raised' || step.number !== alarm.lastNumber + 1)
      throw new RangeError(`step ${step.number} does not follow step ${alarm.lastNumber}`)
    alarm = { ...alarm, ...effects[step.kind](alarm, step), lastNumber: step.number }
  }
  return alarm
}

const possible: Readonly<Record<AlarmState, readonly AlarmAct[]>> = {
  raised: ['acknowledge'],
  acknowledged: ['take-over', 'investigate', 'note', 'close'],
  investigating: ['take-over', 'note', 'close'],
  closed: ['reopen'],
}

/** Acts that only the owner may do: somebody else takes the alarm over first. */
const ofOwner: readonly AlarmAct[] = ['investigate', 'note', 'close']

/** Acts that say nothing without words. */
const withNote: readonly AlarmAct[] = ['note', 'reopen']

export type AlarmWish = {
  readonly act: AlarmAct
  readonly accountId: string
  /** Number of the last step that the person saw. */
  readonly afterNumber: number
  readonly cause: AlarmCause | undefined
  readonly hasNote: boolean
}

/**
 * Why an act cannot be done, or `undefined` where it can.
 * An alarm that moved on since the person looked is refused first: what they decided on is no longer what is there.
 * What the server added meanwhile (numbers, escalation) moves nothing on.
 * @param actedNumber  number of the last step that a person added, or 1
 */
export const refusalOfAct = (alarm: Alarm, actedNumber: number, wish: AlarmWish): ErrorCode | undefined => {
  if (wish.afterNumber < actedNumber) return 'ALARM_STATE_CHANGED'
  if (!possible[alarm.state].includes(wish.act)) return 'ALARM_ACT_NOT_POSSIBLE'
  if (wish.act === 'take-over' && alarm.ownerId === wish.accountId) return 'ALARM_ACT_NOT_POSSIBLE'
  if (ofOwner.includes(wish.act) && alarm.ownerId !== wish.accountId) return 'ALARM_NOT_YOURS'
  if ((wish.act === 'close') !== (wish.cause !== undefined)) return 'ALARM_CAUSE_NEEDED'
  return withNote.includes(wish.act) && !wish.hasNote ? 'ALARM_NOTE_NEEDED' : undefined
}

/** Acts that a person may do with an alarm now, for the buttons. */
export const actsFor = (alarm: Pick<Alarm, 'state' | 'ownerId'>, accountId: string): readonly AlarmAct[] =>
  possible[alarm.state].filter((act) =>
    act === 'take-over' ? alarm.ownerId !== accountId : !ofOwner.includes(act) || alarm.ownerId === accountId,
  )

/** Number of the last step that a person added to an alarm; 1, its raising, where nobody has. */
export const lastActNumber = (steps: readonly AlarmStep[]): number =>
  steps.findLast((step) => step.accountId !== null)?.number ?? 1

/**
 * Whom an alarm goes to now because nobody acknowledged it, or `undefined` where it stays: each further role after the
 * same wait.
 * @param waitMinutes  for the first role and again for each further one
 */
export const escalationDue = (
  alarm: Alarm,
  nowMs: number,
  waitMinutes: number,
): EscalationRole | undefined => {
  if (alarm.state !== 'raised') return undefined
  const sinceMs = alarm.escalatedAtMs ?? alarm.raisedAtMs
  return nowMs - sinceMs >= waitMinutes * 60_000 ? escalationRoles[alarm.escalations] : undefined
}
