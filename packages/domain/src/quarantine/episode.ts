import type { HelpKind, QuarantineState, ReleaseReason } from '@guankou/contract/quarantine/vocabulary.ts'
import { addDays, daySlotOf, daysBetween } from '#src/places/calendar.ts'
import { type FactOf, factsOfKind, type QuarantineFact, type QuarantineOrder } from './facts.ts'
import { endOfDayMs } from './local-time.ts'

/** A time away, from leaving to coming back; without an end while it lasts. */
export type Away = { readonly fromMs: number; readonly untilMs: number | undefined }

export type OpenHelp = { readonly id: string; readonly help: HelpKind; readonly askedAtMs: number }

/** What has become of an order, by all that is known of it. */
export type Episode = {
  readonly state: QuarantineState
  readonly lastDay: string
  /** Number of today; 0 is the day counted from. */
  readonly dayNumber: number
  readonly days: number
  readonly releaseDueAtMs: number
  readonly away: readonly Away[]
  /** From when on contacts are owed: the order, or the receipt where the person was handed on. */
  readonly startsAtMs: number
  /** When it ended here: released, or handed on. */
  readonly endedAtMs: number | undefined
  readonly endReason: ReleaseReason | undefined
  readonly isDelivered: boolean
  readonly transfer: FactOf<'transferred'> | undefined
  readonly openHelp: readonly OpenHelp[]
}

/** Local day of an instant at the place of an order. */
export const localDay = ({ timeZone }: Pick<QuarantineOrder, 'timeZone'>, atMs: number): string =>
  daySlotOf(timeZone, atMs).day

/** Times away: each begins with a leave and ends with the next return. */
export const timesAway = (facts: readonly QuarantineFact[]): readonly Away[] => {
  const moves = [...factsOfKind(facts, 'leave'), ...factsOfKind(facts, 'return')].toSorted(
    (a, b) => a.atMs - b.atMs || a.id.localeCompare(b.id),
  )
  const away: Away[] = []
  let fromMs: number | undefined
  for (const { kind, atMs } of moves) {
    if (kind === 'leave') fromMs ??= atMs
    else if (fromMs !== undefined) {
      away.push({ fromMs, untilMs: atMs })
      fromMs = undefined
    }
  }
  return fromMs === undefined ? away : [...away, { fromMs, untilMs: undefined }]
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

type Ends = {
  readonly released: FactOf<'released'> | undefined
  readonly transfer: FactOf<'transferred'> | undefined
  readonly hasReceipt: boolean
  readonly isReceived: boolean
}

const stateOf = (
  { released, transfer, hasReceipt, isReceived }: Ends,
  when: { readonly isDelivered: boolean; readonly isAway: boolean; readonly isDue: boolean },
): QuarantineState => {
  if (released !== undefined) return released.reason === 'mistake' ? 'cancelled' : 'released'
  if (transfer !== undefined) return hasReceipt ? 'moved' : 'in-transfer'
  if (!isReceived) return 'incoming'
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
  const [released] = factsOfKind(facts, 'released')
  const [transfer] = factsOfKind(facts, 'transferred')
  const [received] = factsOfKind(facts, 'received')
  const hasReceipt = facts.some(({ kind }) => kind === 'receipt')
  const isDelivered = facts.some(({ kind }) => kind === 'delivered')
  const away = timesAway(facts)
  const endedAtMs = released?.atMs ?? transfer?.atMs
  const lastDay = lastDayOf(order, facts, endedAtMs ?? nowMs)
  const releaseDueAtMs = endOfDayMs(order.timeZone, lastDay)
  return {
    state: stateOf(
      { released, transfer, hasReceipt, isReceived: !order.isIncoming || received !== undefined },
      {
        isDelivered,
        isAway: away.at(-1) !== undefined && away.at(-1)?.untilMs === undefined,
        isDue: nowMs >= releaseDueAtMs,
      },
    ),
    lastDay,
    dayNumber: daysBetween(order.countedFrom, localDay(order, endedAtMs ?? nowMs)),
    days: daysBetween(order.countedFrom, lastDay),
    releaseDueAtMs,
    away,
    startsAtMs: order.isIncoming ? (received?.atMs ?? Number.POSITIVE_INFINITY) : order.orderedAtMs,
    endedAtMs,
    endReason: released?.reason,
    isDelivered,
    transfer,
    openHelp: openHelpOf(facts),
  }
}

/** Whether the area still answers for somebody. */
export const isOpenEpisode = ({ state }: Pick<Episode, 'state'>): boolean =>
  state !== 'released' && state !== 'moved' && state !== 'cancelled'
