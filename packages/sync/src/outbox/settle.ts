import type { RetryRule } from '@guankou/contract/errors/error-entry.ts'
import { errors, isErrorCode } from '@guankou/contract/errors.ts'
import type { PushAnswer, PushOutcome } from '@guankou/contract/sync/push.ts'
import { backOffMs, entryBackOff } from '#src/upload/back-off.ts'
import { isOutcome } from '#src/upload/push-answer.ts'
import type { EntryHead } from './entry.ts'
import type { Revision } from './storage.ts'

/** What the whole batch asks of a person before anything more is sent. */
export type Needs = 'nothing' | 'sign-in' | 'device'

export type Settlement = { readonly needs: Needs; readonly accepted: number; readonly rejected: number }

type Now = { readonly nowMs: number; readonly random: () => number }

type Refused = Extract<PushOutcome, { outcome: 'rejected' }>

/** The rule of a code: our own registry first, the server's word for codes newer than this app. */
export const retryRuleOf = (code: string, told: RetryRule): RetryRule =>
  isErrorCode(code) ? errors[code].retry : told

/** Whether a refusal says that this device is out of use, whoever is signed in. */
export const isDeviceRefusal = (code: string): boolean =>
  code === 'DEVICE_REVOKED' || code === 'DEVICE_WIPE_REQUESTED'

/**
 * One outcome for each entry sent. Matched by id; an outcome without an id counts for the entry at its place when
 * there are as many outcomes as entries. Among several for one id, acceptance wins: the server has it.
 */
const matchOutcomes = (
  sent: readonly EntryHead[],
  outcomes: readonly PushOutcome[],
): ReadonlyMap<string, PushOutcome> => {
  const matched = new Map<string, PushOutcome>()
  const known = new Set(sent.map((head) => head.id))
  for (const outcome of outcomes.filter(isOutcome))
    if (outcome.id !== null && known.has(outcome.id) && matched.get(outcome.id)?.outcome !== 'accepted')
      matched.set(outcome.id, outcome)
  if (outcomes.length === sent.length)
    for (const [index, head] of sent.entries()) {
      const outcome = outcomes[index]
      if (isOutcome(outcome) && outcome.id === null && !matched.has(head.id)) matched.set(head.id, outcome)
    }
  return matched
}

const defer = (head: EntryHead, code: string | undefined, { nowMs, random }: Now): EntryHead => {
  const deferrals = head.deferrals + 1
  const notBeforeMs = nowMs + backOffMs(deferrals, random, entryBackOff)
  const deferred = { ...head, deferrals, notBeforeMs, state: { is: 'queued' } as const }
  return code === undefined ? deferred : { ...deferred, lastCode: code }
}

/** The head of an entry that the server refused for good: kept, visible, with the code and where it points. */
export const rejectedHead = (
  head: EntryHead,
  refusal: Pick<Refused, 'code'> & Partial<Pick<Refused, 'path' | 'text'>>,
): EntryHead => ({
  ...head,
  state: {
    is: 'rejected',
    code: refusal.code,
    ...(refusal.path === undefined ? {} : { path: refusal.path }),
    ...(refusal.text === undefined ? {} : { text: refusal.text }),
  },
})

const acceptedState = ({
  recordedAt,
  withoutIdentity,
}: Extract<PushOutcome, { outcome: 'accepted' }>): EntryHead['state'] =>
  Array.isArray(withoutIdentity) && withoutIdentity.length > 0
    ? { is: 'accepted', recordedAt, withoutIdentity }
    : { is: 'accepted', recordedAt }

const settleOne = (head: EntryHead, outcome: PushOutcome | undefined, now: Now): EntryHead => {
  if (outcome === undefined) return head.state.is === 'sending' ? defer(head, undefined, now) : head
  if (outcome.outcome === 'accepted') return { ...head, state: acceptedState(outcome) }
  if (head.state.is !== 'sending') return head
  const rule = retryRuleOf(outcome.code, outcome.retry)
  if (rule === 'later') return defer(head, outcome.code, now)
  if (rule === 'after-sign-in') return { ...head, lastCode: outcome.code, state: { is: 'queued' } }
  return rejectedHead(head, outcome)
}

const needsOf = (outcomes: Iterable<PushOutcome>): Needs => {
  let needs: Needs = 'nothing'
  for (const outcome of outcomes) {
    if (outcome.outcome === 'accepted') continue
    if (retryRuleOf(outcome.code, outcome.retry) !== 'after-sign-in') continue
    if (isDeviceRefusal(outcome.code)) return 'device'
    needs = 'sign-in'
  }
  return needs
}

/**
 * Applies an answer. Acceptance is taken in whatever state an entry is by now; every other outcome only while the
 * entry is still `sending`, so that a late or doubled answer cannot undo a newer one.
 */
export const settleBatch = (
  open: readonly EntryHead[],
  sent: readonly EntryHead[],
  answer: PushAnswer,
  now: Now,
): Revision<Settlement> => {
  const matched = matchOutcomes(sent, answer.outcomes)
  const sentIds = new Set(sent.map((head) => head.id))
  const write = open
    .filter((head) => sentIds.has(head.id))
    .map((head) => settleOne(head, matched.get(head.id), now))
  const count = (is: string): number => write.filter((head) => head.state.is === is).length
  return {
    write,
    result: { needs: needsOf(matched.values()), accepted: count('accepted'), rejected: count('rejected') },
  }
}
