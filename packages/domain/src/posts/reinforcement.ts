import type { ReinforcementReason } from '@guankou/contract/posts/vocabulary.ts'
import { type FactOf, isFact, type KeptFact, standingAt } from '#src/posts/kept-fact.ts'
import type { Presence } from '#src/posts/presence.ts'
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
  /** Everybody who came, with or without a phone, and how many of them left and did not come back. */
  readonly arrived: number
  readonly left: number
  /** Of those without a phone of ours, who are there while the dispatch lasts. */
  readonly others: number
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
  /** Arrived and not left, by the presence of each and the count of the others; nobody is once the dispatch is over. */
  readonly present: number
  /** Those among them without a phone of ours. */
  readonly others: number
}

type Movement = FactOf<'reinforcement-arrived' | 'reinforcement-left'>

type Counted = Pick<Dispatch, 'arrived' | 'left' | 'others'>

/** Who came and who left, officers by name as they said last and the others as counted. @param own  oldest first */
const countOf = (own: readonly Movement[]): Counted => {
  const last = new Map<string, boolean>()
  let came = 0
  let went = 0
  for (const { happening } of own) {
    const arrives = happening.is === 'reinforcement-arrived'
    // Who leaves without having said that they came was never counted as there.
    if (happening.officerId !== undefined && (arrives || last.has(happening.officerId)))
      last.set(happening.officerId, arrives)
    if (arrives) came += happening.others ?? 0
    else went += happening.others ?? 0
  }
  const goneByName = [...last.values()].filter((isThere) => !isThere).length
  const gone = Math.min(came, went)
  return { arrived: last.size + came, left: goneByName + gone, others: came - gone }
}

const dispatchesOf = (standing: readonly KeptFact[], atMs: number): readonly Dispatch[] => {
  const movements = standing.filter((fact): fact is Movement =>
    isFact(fact, 'reinforcement-arrived', 'reinforcement-left'),
  )
  const bySent = Map.groupBy(movements, ({ happening }) => happening.sentId)
  return standing.flatMap((fact) => {
    if (!isFact(fact, 'reinforcement-sent')) return []
    const { requestId, until, unit, officers, officerIds } = fact.happening
    const untilMs = Date.parse(until)
    const counted = countOf(bySent.get(fact.id) ?? [])
    return [
      {
        id: fact.id,
        requestId,
        atMs: fact.occurredAtMs,
        untilMs,
        unit,
        officers,
        officerIds,
        ...counted,
        others: untilMs > atMs ? counted.others : 0,
      },
    ]
  })
}

/**
 * Requests and dispatches of a post.
 * @param standing  of `standingAt`, of one post   @param atMs  Unix time   @param crew  who is on this post
 */
export const reinforcementOf = (
  standing: readonly KeptFact[],
  atMs: number,
  crew: readonly Pick<Presence, 'sentId'>[],
): Reinforcement => {
  const dispatches = dispatchesOf(standing, atMs)
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
  const others = sum((dispatch) => dispatch.others)
  return {
    requests,
    dispatches,
    wanted: requests.reduce((total, each) => total + (each.isOpen ? each.officers - each.sent : 0), 0),
    underWay: sum(({ officers, arrived, untilMs }) => (untilMs > atMs ? Math.max(0, officers - arrived) : 0)),
    present: crew.filter(({ sentId }) => sentId !== undefined).length + others,
    others,
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
