import type { DoorWay } from '@guankou/contract/quarantine/vocabulary.ts'
import type { DueContact } from './due-contacts.ts'
import { type Episode, localDay } from './episode.ts'
import { factsOfKind, type QuarantineFact, type QuarantineOrder } from './facts.ts'
import type { Ladder } from './ladder.ts'

/** That a team is asked to go to the door of an episode. */
export type DoorCheck = {
  readonly way: DoorWay
  /** Since when; later with each step and each attempt in vain, so that no visit before it settles it. */
  readonly askedAtMs: number
  /** By when: the end of the window, or the next step of the ladder; the last step is due at once. */
  readonly dueAtMs: number
  /** Local day of that instant. */
  readonly dueBy: string
}

const isDoorWay = (way: string): way is DoorWay => way === 'visit' || way === 'police'

type Asked = Pick<DoorCheck, 'way' | 'askedAtMs' | 'dueAtMs'>

/** A step of the ladder that somebody walks for; the highest one that was reached. */
const ofLadder = (order: QuarantineOrder, ladder: Ladder | undefined): Asked | undefined => {
  if (ladder === undefined) return undefined
  const step = ladder.reached.findLast(({ way }) => isDoorWay(way))
  if (step !== undefined && isDoorWay(step.way))
    return { way: step.way, askedAtMs: step.atMs, dueAtMs: ladder.next?.atMs ?? step.atMs }
  // What is looked at at the door is looked for there as well, whatever a ladder begins with.
  return order.plan.atDoor === true
    ? { way: 'visit', askedAtMs: ladder.sinceMs, dueAtMs: ladder.next?.atMs ?? ladder.sinceMs }
    : undefined
}

/** A window that is open, where the plan has its contacts made at the door. */
const ofPlan = (order: QuarantineOrder, contacts: readonly DueContact[]): Asked | undefined => {
  const open = order.plan.atDoor === true ? contacts.find(({ status }) => status === 'open') : undefined
  return open === undefined ? undefined : { way: 'visit', askedAtMs: open.fromMs, dueAtMs: open.untilMs }
}

/**
 * Whether the door of an episode is to be gone to: a ladder reached a visit, or the plan asks for a look at the door and a
 * window for it is open. Any contact, leaving and the end of the episode take it back.
 */
export const doorCheckOf = (
  order: QuarantineOrder,
  facts: readonly QuarantineFact[],
  {
    episode,
    contacts,
    ladder,
  }: {
    readonly episode: Episode
    readonly contacts: readonly DueContact[]
    readonly ladder: Ladder | undefined
  },
): DoorCheck | undefined => {
  if (episode.endedAtMs !== undefined || episode.state === 'on-leave' || episode.state === 'incoming')
    return undefined
  const asked = ofLadder(order, ladder) ?? ofPlan(order, contacts)
  if (asked === undefined) return undefined
  const triedMs = factsOfKind(facts, 'contact')
    .filter(({ way, result, atMs }) => isDoorWay(way) && result !== 'reached' && atMs >= asked.askedAtMs)
    .map(({ atMs }) => atMs)
  return {
    ...asked,
    askedAtMs: Math.max(asked.askedAtMs, ...triedMs),
    dueBy: localDay(order, asked.dueAtMs),
  }
}
