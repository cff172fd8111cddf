import type { FigureInterval } from '@guankou/contract/models/model-stamp.ts'
import type { RecentFlow, WaitEstimate } from '@guankou/contract/posts/shown-post.ts'
import type { PostFlow } from '@guankou/db/queries/posts/post-flow.ts'
import { isFact, type KeptFact } from '@guankou/domain/posts/kept-fact.ts'
import { meanLanesOpen } from '@guankou/domain/posts/lanes.ts'
import type { PostRunning, QueueReport } from '@guankou/domain/posts/post-running.ts'
import { estimateWait, type Spread, waitVersion } from '@guankou/models/queueing/estimate-wait.ts'

export const flowMinutes = 60
const level = 0.9

export const flowOf = (flow: PostFlow | undefined): RecentFlow => ({
  windowMinutes: flowMinutes,
  vehicles: flow?.vehicles ?? 0,
  meanSecondsPerVehicle:
    flow === undefined || flow.timedVehicles === 0 ? null : flow.seconds / flow.timedVehicles,
  lastScreeningAt: flow?.lastAt.toISOString() ?? null,
})

/** The queue as seen last, by a screening or by a report of its own. */
export const latestQueue = (
  reported: QueueReport | undefined,
  noted: { readonly queueVehicles: number | null; readonly queueSeenAt: Date | null } | undefined,
): QueueReport | undefined => {
  if (noted?.queueVehicles == null || noted.queueSeenAt === null) return reported
  const seenAtMs = noted.queueSeenAt.getTime()
  if (reported !== undefined && reported.seenAtMs >= seenAtMs) return reported
  return { vehicles: noted.queueVehicles, seenAtMs }
}

/** Open lanes as recorded; where nobody records them, those that vehicles passed in the last hour. */
export const openLanes = ({ lanes }: PostRunning, flow: PostFlow | undefined): readonly number[] =>
  lanes.areRecorded ? lanes.open : [...(flow?.lanes ?? [])].sort((a, b) => a - b)

const intervalOf = ({ value, low, high }: Spread): FigureInterval => ({ value, low, high, level })

/** Lanes open in the window on average; undefined where nobody recorded how it began, or all of it was closed. */
const lanesBefore = (standing: readonly KeptFact[], fromMs: number, nowMs: number): number | undefined => {
  const isKnown = standing.some((fact) => isFact(fact, 'lane-set') && fact.occurredAtMs <= fromMs)
  const mean = isKnown ? meanLanesOpen(standing, fromMs, nowMs) : undefined
  return mean === undefined || mean < fewestLanes ? undefined : mean
}

/** Below half a lane on average, a pace is that of the few minutes in which it was open. */
const fewestLanes = 0.5

/**
 * The wait at a post, from what passed in the last hour, the lanes and the queue that was seen.
 * @param standing  facts of the post that stand now
 */
export const waitAt = (about: {
  readonly standing: readonly KeptFact[]
  readonly lanesNow: number
  readonly flow: PostFlow | undefined
  readonly queue: QueueReport | undefined
  readonly nowMs: number
}): WaitEstimate => {
  const { standing, lanesNow, flow, queue, nowMs } = about
  const fromMs = nowMs - flowMinutes * 60_000
  // Those of whom nobody knows how long they took are taken to be like the others.
  const perTimed = flow === undefined || flow.timedVehicles === 0 ? 0 : flow.vehicles / flow.timedVehicles
  const answer = estimateWait(
    {
      passed: flow?.vehicles ?? 0,
      windowMinutes: flowMinutes,
      serviceMinutes: ((flow?.seconds ?? 0) * perTimed) / 60,
      serviceMinutesSquared: ((flow?.secondsSquared ?? 0) * perTimed) / 3_600,
      lanesNow,
      lanesThen: lanesBefore(standing, fromMs, nowMs) ?? lanesNow,
      queue:
        queue === undefined
          ? undefined
          : { vehicles: queue.vehicles, ageMinutes: Math.max(0, nowMs - queue.seenAtMs) / 60_000 },
    },
    level,
  )
  if (answer.is === 'unknown') return answer
  return {
    is: 'estimated',
    basis: answer.basis,
    waitMinutes: intervalOf(answer.waitMinutes),
    queueVehicles: intervalOf(answer.queueVehicles),
    version: waitVersion,
    dataFrom: new Date(fromMs).toISOString(),
    dataUntil: new Date(nowMs).toISOString(),
  }
}
