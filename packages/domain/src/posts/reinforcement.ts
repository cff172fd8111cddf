import type { ReinforcementReason } from '@guankou/contract/posts/vocabulary.ts'
import { type FactOf, isFact, type KeptFact, standingAt } from '#src/posts/kept-fact.ts'
import { clockToleranceMs } from '#src/screening/decide.ts'

/** A request that nobody met within a day is asked again or is over. */
export const requestOpenMs = 24 * 3_600_000
/** Nobody is lent for longer without being sent anew. */
export const longestReinforcementMs = 72 * 3_600_000

/** Officers who were sent, with what became of them. */
export type Dispatch = {
  readonly id: string
  readonly requestId: string | undefined
  readonly atMs: number
  readonly untilMs: number
  readonly unit: string
  readonly officers: number
  readonly officerIds: readonly string[]
  /** Everybody who came, with or without a phone, and how many of them left. */
  readonly arrived: number
  readonly left: number
}

export type ReinforcementRequest = {
  readonly id: string
  readonly atMs: number
  readonly makerId: string
  readonly officers: number
  readonly reason: ReinforcementReason
  readonly note: string | undefined
  /** Officers sent because of it. */
  readonly sent: number
  readonly isOpen: boolean
}

export type Reinforcement = {
  readonly requests: readonly ReinforcementRequest[]
  readonly dispatches: readonly Dispatch[]
  /** Officers that open requests still lack. */
  readonly wanted: number
  /** Sent and neither arrived nor past their end. */
  readonly underWay: number
  /** Arrived and not left. */
  readonly present: number
}

type Movement = FactOf<'reinforcement-arrived' | 'reinforcement-left'>

/** Officers of a dispatch by name once each, and the others as counted. */
const countOf = (movements: readonly Movement[]): number => {
  const named = new Set(movements.flatMap(({ happening }) => happening.officerId ?? []))
  return movements.reduce((total, { happening }) => total + (happening.others ?? 0), named.size)
}

const dispatchesOf = (standing: readonly KeptFact[]): readonly Dispatch[] => {
  const movements = standing.filter((fact): fact is Movement =>
    isFact(fact, 'reinforcement-arrived', 'reinforcement-left'),
  )
  const bySent = Map.groupBy(movements, ({ happening }) => happening.sentId)
  return standing.flatMap((fact) => {
    if (!isFact(fact, 'reinforcement-sent')) return []
    const { requestId, until, unit, officers, officerIds } = fact.happening
    const own = bySent.get(fact.id) ?? []
    const arrived = countOf(own.filter((movement) => isFact(movement, 'reinforcement-arrived')))
    const left = countOf(own.filter((movement) => isFact(movement, 'reinforcement-left')))
    return [
      {
        id: fact.id,
        requestId,
        atMs: fact.occurredAtMs,
        untilMs: Date.parse(until),
        unit,
        officers,
        officerIds,
        arrived,
        left: Math.min(arrived, left),
      },
    ]
  })
}

/** Requests and dispatches of a post. @param standing  of `standingAt`, of one post   @param atMs  Unix time */
export const reinforcementOf = (standing: readonly KeptFact[], atMs: number): Reinforcement => {
  const dispatches = dispatchesOf(standing)
  const requests = standing.flatMap((fact) => {
    if (!isFact(fact, 'reinforcement-requested')) return []
    const { officers, reason, note } = fact.happening
    const sent = dispatches
      .filter(({ requestId }) => requestId === fact.id)
      .reduce((total, dispatch) => total + dispatch.officers, 0)
    const isOpen = sent < officers && atMs - fact.occurredAtMs < requestOpenMs
    const { id, makerId, occurredAtMs } = fact
    return [{ id, atMs: occurredAtMs, makerId, officers, reason, note, sent, isOpen }]
  })
  const sum = (of: (dispatch: Dispatch) => number) =>
    dispatches.reduce((total, dispatch) => total + of(dispatch), 0)
  return {
    requests,
    dispatches,
    wanted: requests.reduce((total, each) => total + (each.isOpen ? each.officers - each.sent : 0), 0),
    underWay: sum(({ officers, arrived, untilMs }) => (untilMs > atMs ? Math.max(0, officers - arrived) : 0)),
    present: sum(({ arrived, left }) => arrived - left),
  }
}

/** The dispatches that name an officer and in which an instant lies. */
const sentBy = (standing: readonly KeptFact[], officerId: string, atMs: number) =>
  standing.filter(
    (fact): fact is FactOf<'reinforcement-sent'> =>
      isFact(fact, 'reinforcement-sent') &&
      fact.happening.officerIds.includes(officerId) &&
      fact.occurredAtMs - clockToleranceMs <= atMs &&
      atMs < Date.parse(fact.happening.until),
  )

/** Whether an officer of another area was sent to this post and may now say so. @param facts  of one post, in any order */
export const mayArrive = (
  facts: readonly KeptFact[],
  officerId: string,
  { sentId, atMs }: { readonly sentId: string; readonly atMs: number },
): boolean =>
  sentBy(standingAt(facts, atMs + clockToleranceMs), officerId, atMs).some((fact) => fact.id === sentId)

/**
 * Whether an officer of another area works at this post at an instant: was sent, has arrived, has not left, and the
 * dispatch is not over.
 * @param facts  of one post, in any order   @param atMs  Unix time, milliseconds
 */
export const isReinforcing = (facts: readonly KeptFact[], officerId: string, atMs: number): boolean => {
  // A dispatch counts although the clock of the phone lags behind the one that sent it.
  const standing = standingAt(facts, atMs + clockToleranceMs)
  return sentBy(standing, officerId, atMs).some((sent) => {
    const own = standing.filter(
      (fact): fact is Movement =>
        isFact(fact, 'reinforcement-arrived', 'reinforcement-left') &&
        fact.happening.sentId === sent.id &&
        fact.happening.officerId === officerId,
    )
    const arrivals = own.filter((fact) => isFact(fact, 'reinforcement-arrived') && fact.occurredAtMs <= atMs)
    const lastMs = Math.max(Number.NEGATIVE_INFINITY, ...arrivals.map(({ occurredAtMs }) => occurredAtMs))
    const hasLeft = own.some(
      (fact) => isFact(fact, 'reinforcement-left') && fact.occurredAtMs >= lastMs && fact.occurredAtMs < atMs,
    )
    return arrivals.length > 0 && !hasLeft
  })
}
