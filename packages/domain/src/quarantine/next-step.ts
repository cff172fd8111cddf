import type { LeaveReason, QuarantineStep } from '@guankou/contract/quarantine/vocabulary.ts'
import { type DueContact, dueContacts } from './due-contacts.ts'
import { type Episode, episodeOf } from './episode.ts'
import { contactsMade, type QuarantineFact, type QuarantineOrder } from './facts.ts'
import { type Ladder, ladderOf } from './ladder.ts'

export type NextStep = {
  readonly step: QuarantineStep
  readonly atMs: number | undefined
  readonly isOverdue: boolean
}

const hourMs = 3_600_000

/** How long an order may wait for its notice, a transfer for its receipt, and a request for help for an answer. */
export const patienceMs = { deliver: 4 * hourMs, receive: 24 * hourMs, help: 24 * hourMs } as const

const now = (step: QuarantineStep, atMs: number, overdueFromMs: number, nowMs: number): NextStep => ({
  step,
  atMs,
  isOverdue: nowMs >= overdueFromMs,
})

/** How long somebody may be away, or unheard of while they are, before their return is asked after. */
export const awayPatienceMs: Readonly<Record<LeaveReason, number>> = {
  test: 12 * hourMs,
  other: 24 * hourMs,
  hospital: 72 * hourMs,
}

/** When to ask after whoever is away: nothing else looks for them, as they owe no contact. */
const returnOf = (
  { away }: Pick<Episode, 'away'>,
  facts: readonly QuarantineFact[],
  nowMs: number,
): NextStep => {
  const leave = away.at(-1)
  if (leave === undefined) return { step: 'await-return', atMs: undefined, isOverdue: false }
  const heardMs = contactsMade(facts).at(-1)?.atMs ?? leave.fromMs
  const askedMs = Math.max(leave.fromMs, heardMs) + awayPatienceMs[leave.reason]
  return now('await-return', askedMs, askedMs, nowMs)
}

/** What an episode waits for, the most pressing first. */
export const nextStepOf = (
  order: QuarantineOrder,
  {
    facts,
    episode,
    contacts,
    ladder,
    nowMs,
  }: {
    readonly facts: readonly QuarantineFact[]
    readonly episode: Episode
    readonly contacts: readonly DueContact[]
    readonly ladder: Ladder | undefined
    readonly nowMs: number
  },
): NextStep => {
  const { state, transfer, openHelp, releaseDueAtMs } = episode
  const ended = state === 'released' || state === 'moved' || state === 'cancelled'
  if (ended) return { step: 'nothing', atMs: undefined, isOverdue: false }
  if (state === 'incoming')
    return now('receive', order.orderedAtMs, order.orderedAtMs + patienceMs.receive, nowMs)
  if (transfer !== undefined)
    return now('await-receipt', transfer.atMs, transfer.atMs + patienceMs.receive, nowMs)
  const step = ladder?.reached.at(-1)
  if (step !== undefined) return now('contact', step.atMs, step.atMs, nowMs)
  if (state === 'release-due') return now('release', releaseDueAtMs, releaseDueAtMs + 12 * hourMs, nowMs)
  const [help] = openHelp
  if (help !== undefined) return now('close-help', help.askedAtMs, help.askedAtMs + patienceMs.help, nowMs)
  if (state === 'on-leave') return returnOf(episode, facts, nowMs)
  if (!episode.isDelivered)
    return now('deliver-notice', episode.startsAtMs, episode.startsAtMs + patienceMs.deliver, nowMs)
  const due = contacts.find(({ status }) => status === 'open' || status === 'coming')
  return due === undefined
    ? now('release', releaseDueAtMs, releaseDueAtMs + 12 * hourMs, nowMs)
    : { step: 'await-report', atMs: due.fromMs, isOverdue: false }
}

/** Everything that follows from an order and its facts at a time: the same on phone and server. */
export const followUpOf = (order: QuarantineOrder, all: readonly QuarantineFact[], nowMs: number) => {
  const facts = all.filter(({ atMs }) => atMs <= nowMs)
  const episode = episodeOf(order, facts, nowMs)
  const contacts = dueContacts(order, facts, { episode, nowMs })
  const ladder = ladderOf(order.plan, facts, { contacts, episode, nowMs })
  return { episode, contacts, ladder, next: nextStepOf(order, { facts, episode, contacts, ladder, nowMs }) }
}
export type FollowUp = ReturnType<typeof followUpOf>
