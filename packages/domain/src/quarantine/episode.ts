import type {
  HelpKind,
  LeaveReason,
  QuarantineState,
  ReleaseReason,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { addDays, daySlotOf, daysBetween } from '#src/places/calendar.ts'
import { type FactOf, factsOfKind, type QuarantineFact, type QuarantineOrder } from './facts.ts'
import { endOfDayMs } from './local-time.ts'

/** A time away, from leaving to coming back; without an end while it lasts. */
export type Away = { readonly fromMs: number; readonly untilMs: number | undefined }

/** A time away with what it was for. */
export type Leave = Away & { readonly reason: LeaveReason }

export type OpenHelp = { readonly id: string; readonly help: HelpKind; readonly askedAtMs: number }

/** What has become of an order, by all that is known of it. */
export type Episode = {
  readonly state: QuarantineState
  readonly lastDay: string
  /** Number of today; 0 is the day counted from. */
  readonly dayNumber: number
  readonly days: number
  readonly releaseDueAtMs: number
  readonly away: readonly Leave[]
  /** From when on contacts are owed: the order, or the receipt where the person was handed on. */
  readonly startsAtMs: number
  /** When it ended here: released, handed on, or taken back by the district before. */
  readonly endedAtMs: number | undefined
  /** From when on nothing that the person says belongs here: as above, but for a hand-over only once it was received. */
  readonly closedAtMs: number | undefined
  readonly endReason: ReleaseReason | undefined
  readonly isDelivered: boolean
  /** The hand-over that stands. */
  readonly transfer: FactOf<'transferred'> | undefined
  /** Times between a hand-over and its being taken back: nobody was asked for anything here. */
  readonly handedOn: readonly Away[]
  /** Taking back was asked for, and the next district has not been told yet. */
  readonly isTakingBack: boolean
  readonly isRecalled: boolean
  /** How often the link of the person was replaced. */
  readonly linksReplaced: number
  readonly openHelp: readonly OpenHelp[]
}

/** Local day of an instant at the place of an order. */
export const localDay = ({ timeZone }: Pick<QuarantineOrder, 'timeZone'>, atMs: number): string =>
  daySlotOf(timeZone, atMs).day

/** Times away: each begins with a leave and ends with the next return. */
export const timesAway = (facts: readonly QuarantineFact[]): readonly Leave[] => {
  const moves = [...factsOfKind(facts, 'leave'), ...factsOfKind(facts, 'return')].toSorted(
    (a, b) => a.atMs - b.atMs || a.id.localeCompare(b.id),
  )
  const away: Leave[] = []
  let left: FactOf<'leave'> | undefined
  for (const move of moves) {
    if (move.kind === 'leave') left ??= move
    else if (left !== undefined) {
      away.push({ fromMs: left.atMs, untilMs: move.atMs, reason: left.reason })
      left = undefined
    }
  }
  return left === undefined ? away : [...away, { fromMs: left.atMs, untilMs: undefined, reason: left.reason }]
}

/** Midnights that somebody spent away. */
const nightsAway = (order: QuarantineOrder, away: readonly Away[], nowMs: number): number =>
  away.reduce((sum, { fromMs, untilMs }) => {
    const until = Math.max(fromMs, Math.min(untilMs ?? nowMs, nowMs))
    return sum + daysBetween(localDay(order, fromMs), localDay(order, until))
  }, 0)

/** The last day: as planned, or to where it was extended, and later by days away that are to be made up for. */
export const lastDayOf = (
  order: QuarantineOrder,
  facts: readonly QuarantineFact[],
  nowMs: number,
): string => {
  const planned = addDays(order.countedFrom, order.plan.days)
  const extended = factsOfKind(facts, 'extended').map(({ lastDay }) => lastDay)
  const decided = [planned, ...extended].reduce((a, b) => (a > b ? a : b))
  return order.plan.daysAway === 'counted'
    ? decided
    : addDays(decided, nightsAway(order, timesAway(facts), nowMs))
}

const openHelpOf = (facts: readonly QuarantineFact[]): readonly OpenHelp[] => {
  const closed = new Set(factsOfKind(facts, 'help-closed').map(({ helpId }) => helpId))
  return factsOfKind(facts, 'help')
    .filter(({ id }) => !closed.has(id))
    .map(({ id, help, atMs }) => ({ id, help, askedAtMs: atMs }))
}

/** Hand-overs: the one that stands, and the times of those that were taken back. */
const handOversOf = (facts: readonly QuarantineFact[]) => {
  const back = factsOfKind(facts, 'withdrawn')
  const all = factsOfKind(facts, 'transferred').map((transfer) => ({
    transfer,
    untilMs: back.find(({ atMs }) => atMs >= transfer.atMs)?.atMs,
  }))
  const transfer = all.find(({ untilMs }) => untilMs === undefined)?.transfer
  return {
    transfer,
    handedOn: all.flatMap(({ transfer: { atMs: fromMs }, untilMs }) =>
      untilMs === undefined ? [] : [{ fromMs, untilMs }],
    ),
    isTakingBack:
      transfer !== undefined &&
      facts.some(({ kind, atMs }) => kind === 'withdrawal' && atMs >= transfer.atMs),
  }
}

type Ends = {
  readonly released: FactOf<'released'> | undefined
  readonly recalled: FactOf<'recalled'> | undefined
  readonly transfer: FactOf<'transferred'> | undefined
  readonly receipt: FactOf<'receipt'> | undefined
  readonly received: FactOf<'received'> | undefined
}

const endsOf = (facts: readonly QuarantineFact[], transfer: FactOf<'transferred'> | undefined): Ends => {
  const [released] = factsOfKind(facts, 'released')
  const [receipt] = factsOfKind(facts, 'receipt')
  const [received] = factsOfKind(facts, 'received')
  const [recalled] = received === undefined ? factsOfKind(facts, 'recalled') : []
  return { released, recalled, transfer, receipt, received }
}

const stateOf = (
  { released, recalled, transfer, receipt, received }: Ends,
  when: {
    readonly isIncoming: boolean
    readonly isDelivered: boolean
    readonly isAway: boolean
    readonly isDue: boolean
  },
): QuarantineState => {
  if (recalled !== undefined) return 'cancelled'
  if (released !== undefined) return released.reason === 'mistake' ? 'cancelled' : 'released'
  if (transfer !== undefined) return receipt === undefined ? 'in-transfer' : 'moved'
  if (when.isIncoming && received === undefined) return 'incoming'
  if (when.isAway) return 'on-leave'
  if (when.isDue) return 'release-due'
  return when.isDelivered ? 'active' : 'ordered'
}

/**
 * Where an episode stands at a time. Facts of after that time are not looked at, so that any hour can be told again.
 * @param nowMs  Unix time, milliseconds
 */
export const episodeOf = (order: QuarantineOrder, all: readonly QuarantineFact[], nowMs: number): Episode => {
  const facts = all.filter(({ atMs }) => atMs <= nowMs)
  const { transfer, ...handOvers } = handOversOf(facts)
  const ends = endsOf(facts, transfer)
  const { released, recalled, receipt, received } = ends
  const isDelivered = facts.some(({ kind }) => kind === 'delivered')
  const away = timesAway(facts)
  const endedAtMs = released?.atMs ?? recalled?.atMs ?? transfer?.atMs
  const lastDay = lastDayOf(order, facts, endedAtMs ?? nowMs)
  const releaseDueAtMs = endOfDayMs(order.timeZone, lastDay)
  return {
    state: stateOf(ends, {
      isIncoming: order.isIncoming,
      isDelivered,
      isAway: away.at(-1) !== undefined && away.at(-1)?.untilMs === undefined,
      isDue: nowMs >= releaseDueAtMs,
    }),
    lastDay,
    dayNumber: daysBetween(order.countedFrom, localDay(order, endedAtMs ?? nowMs)),
    days: daysBetween(order.countedFrom, lastDay),
    releaseDueAtMs,
    away,
    startsAtMs: order.isIncoming ? (received?.atMs ?? Number.POSITIVE_INFINITY) : order.orderedAtMs,
    endedAtMs,
    closedAtMs: released?.atMs ?? recalled?.atMs ?? (transfer === undefined ? undefined : receipt?.atMs),
    endReason: released?.reason,
    isDelivered,
    transfer,
    ...handOvers,
    isRecalled: recalled !== undefined,
    linksReplaced: factsOfKind(facts, 'relinked').length,
    openHelp: openHelpOf(facts),
  }
}

/** Whether the area still answers for somebody. */
export const isOpenEpisode = ({ state }: Pick<Episode, 'state'>): boolean =>
  state !== 'released' && state !== 'moved' && state !== 'cancelled'
