import { requireDomain } from '#src/numerics/domain.ts'

/** An order that changes how many people come: known beforehand, or on the day. */
export type PolicyEvent = {
  /** The series it concerns; null for all. */
  readonly series: string | null
  readonly kind: 'closure' | 'opening' | 'restriction'
  /** First window it holds in. */
  readonly from: number
  /** First window it no longer holds in; null while it has no end. */
  readonly until: number | null
  /** Expected flow as a multiple of the flow without it, ≥ 0; null where nobody knows. A closure without it means 0. */
  readonly effect: number | null
}

/** What events do to one window. */
export type EventEffect = {
  /** Nobody is let through: nothing is learned from the window, and 0 is forecast. */
  readonly isClosed: boolean
  /** Natural logarithm of the expected multiple. */
  readonly logShift: number
  /** Number of events that begin or end with this window, each weighed by how far they are unforeseen (0 to 1). */
  readonly breaks: number
}

const noEffect: EventEffect = { isClosed: false, logShift: 0, breaks: 0 }

/** A known effect still leaves a doubt; an unknown one leaves all. */
const doubtOf = ({ kind, effect }: PolicyEvent): number => (effect === null && kind !== 'closure' ? 1 : 0.3)

/**
 * Refuses events that make no sense.
 * @throws RangeError where an event ends before it begins, or its effect is no multiple
 */
export const requireEvents = (events: readonly PolicyEvent[]): void => {
  for (const { from, until, effect } of events) {
    requireDomain(until === null || until > from, `an event from window ${from} to ${until}`)
    requireDomain(effect === null || (effect >= 0 && Number.isFinite(effect)), `an effect of ${effect}`)
  }
}

/** The events of one series. */
export const eventsOf = (events: readonly PolicyEvent[], series: string): readonly PolicyEvent[] =>
  events.filter((event) => event.series === null || event.series === series)

/**
 * What the events of a series do to a window.
 * @example eventEffectAt([{ series: null, kind: 'closure', from: 5, until: null, effect: null }], 7).isClosed // true
 */
export const eventEffectAt = (events: readonly PolicyEvent[], window: number): EventEffect => {
  if (events.length === 0) return noEffect
  let isClosed = false
  let logShift = 0
  let breaks = 0
  for (const event of events) {
    if (window === event.from || window === event.until) breaks += doubtOf(event)
    if (window < event.from || (event.until !== null && window >= event.until)) continue
    const effect = event.effect ?? (event.kind === 'closure' ? 0 : 1)
    if (effect === 0) isClosed = true
    else logShift += Math.log(effect)
  }
  return { isClosed, logShift, breaks }
}
