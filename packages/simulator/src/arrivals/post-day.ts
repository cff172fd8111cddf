import type { Post, PostType } from '@guankou/contract/places/place.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { ConveyanceKind, ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'
import { drawArrivalTimes, type Span } from '#src/arrivals/arrival-times.ts'
import type { RiskDay } from '#src/arrivals/exposures.ts'
import { serveInOrder } from '#src/arrivals/lane-queue.ts'
import { drawMeasured, drawMethod, type Measured } from '#src/arrivals/readings.ts'
import type { ArrivalScenario, HealthModel } from '#src/arrivals/scenario.ts'
import { normal, type Random, streamOf } from '#src/random/stream.ts'
import { type WeightedChoice, weightedChoice } from '#src/random/weighted.ts'

/** A conveyance at a post with all that decides when its screening ends; who is aboard is drawn later from `random`. */
export type Stop = {
  readonly post: Post
  readonly startedMs: number
  /** When the conveyance leaves the lane. */
  readonly laneEndMs: number
  /** When the record is complete: later than the lane where somebody waits for a second reading. */
  readonly occurredMs: number
  readonly lane: number
  readonly waiting: number
  readonly kind: ConveyanceKind
  readonly originCode: number
  readonly method: ThermometryMethod
  readonly measured: readonly Measured[]
  readonly random: Random
}

/** The choices of a scenario at one type of post, prepared for drawing. */
export type Draws = {
  readonly origin: WeightedChoice<number>
  readonly kind: WeightedChoice<ConveyanceKind>
  readonly partySize: ReadonlyMap<ConveyanceKind, WeightedChoice<number>>
}

/** @throws RangeError where the scenario has shares or weights that cannot be drawn from */
export const prepareDraws = (scenario: ArrivalScenario, type: PostType): Draws => {
  const shares = scenario.originSharesByPostType?.[type] ?? scenario.originShares
  const mix = Object.entries(scenario.conveyanceMix[type]) as [ConveyanceKind, number][]
  const kinds = mix.map(([kind]) => kind)
  return {
    origin: weightedChoice(
      shares.map((one) => one.originCode),
      shares.map((one) => one.share),
    ),
    kind: weightedChoice(
      kinds,
      mix.map(([, share]) => share),
    ),
    partySize: new Map(
      kinds.map((kind) => {
        const weights = scenario.partySizes[kind]
        return [
          kind,
          weightedChoice(
            weights.map((_, index) => index + 1),
            weights,
          ),
        ]
      }),
    ),
  }
}

export type PostDay = {
  readonly post: Post
  readonly draws: Draws
  readonly spans: readonly Span[]
  readonly scenario: ArrivalScenario
  readonly ruleSet: RuleSet
  readonly risk: RiskDay
  readonly seed: number
  /** Days since 1970-01-01 of the civil day, a key of its random streams. */
  readonly dayNumber: number
}

/** From the end of the second reading's wait to the completed record. */
const closingMs = 20_000

/** What is usual, or what a cluster makes of it for who arrives within one. */
const healthAt = ({ post, scenario }: PostDay, arrivedMs: number): HealthModel => {
  const cluster = scenario.clusters?.find(
    ({ postId, fromMs, untilMs }) => postId === post.id && fromMs <= arrivedMs && arrivedMs < untilMs,
  )
  return cluster === undefined
    ? scenario.health
    : { ...scenario.health, febrileShare: cluster.febrileShare, riskFactor: 1 }
}

const drawAboard = (postDay: PostDay, index: number, arrivedMs: number) => {
  const { post, draws, scenario, risk, seed, dayNumber } = postDay
  const random = streamOf(seed, post.id, dayNumber, index + 1)
  const kind = draws.kind(random)
  const size = draws.partySize.get(kind)?.(random) ?? 1
  const originCode = draws.origin(random)
  const method = drawMethod(post.type, random)
  const health = healthAt(postDay, arrivedMs)
  const riskFactor = risk.originsAtRisk.has(originCode) ? health.riskFactor : 1
  const measured = Array.from({ length: size }, () => drawMeasured(method, health, riskFactor, random))
  const { baseSeconds, perTravellerSeconds, logSd } = scenario.service
  const seconds = (baseSeconds + perTravellerSeconds * size) * Math.exp(logSd * normal(random))
  return { random, kind, originCode, method, measured, serviceMs: Math.ceil(seconds * 1000) }
}

/**
 * Everything that stops at one post on one civil day, in order of arrival. Lanes are free at midnight, so that a day
 * depends on nothing before it. The same seed, post and day give the same stops, whatever else is drawn.
 */
export const drawPostDay = (postDay: PostDay): readonly Stop[] => {
  const { post, spans, scenario, ruleSet, seed, dayNumber } = postDay
  const perDay = scenario.conveyancesPerDay[post.type] * (scenario.postWeights.get(post.id) ?? 1)
  const times = drawArrivalTimes(spans, perDay, streamOf(seed, post.id, dayNumber, 0))
  const aboard = times.map((arrivedMs, index) => ({ arrivedMs, ...drawAboard(postDay, index, arrivedMs) }))
  const openLanes = Math.max(1, Math.round(post.lanes * scenario.service.openLaneShare[post.type]))
  return serveInOrder(aboard, Math.min(post.lanes, openLanes)).flatMap((served, index): Stop[] => {
    const one = aboard[index]
    if (one === undefined) return []
    const { startedMs, endedMs, lane, waiting } = served
    const { kind, originCode, method, measured, random } = one
    const isHeld = measured.some((m) => m.shownCelsius >= ruleSet.feverThresholdCelsius)
    const heldMs = isHeld ? ruleSet.secondReadingWaitMinutes * 60_000 + closingMs : 0
    const occurredMs = endedMs + heldMs
    return [
      {
        post,
        startedMs,
        laneEndMs: endedMs,
        occurredMs,
        lane,
        waiting,
        kind,
        originCode,
        method,
        measured,
        random,
      },
    ]
  })
}
