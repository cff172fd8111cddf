import { requireDomain } from '../numerics/domain.ts'
import { gammaQuantile } from '../numerics/gamma-beta-quantile.ts'
import { normalQuantile } from '../numerics/normal.ts'
import { type SteadyFlow, steadyWaitMinutes } from './steady-wait.ts'
import { waitBehindMinutes } from './wait-behind-queue.ts'

/** Changes with any result. */
export const waitVersion = 'queueing-1'

/** A queue that was seen longer ago says nothing of now. */
export const queueFreshMinutes = 30

/** From this load on a steady state takes longer to come about than flows stay as they are. */
const mostLoad = 0.95

/** What is known of a post at an instant. */
export type WaitEvidence = {
  /** Vehicles that passed in the window, n ≥ 0. */
  readonly passed: number
  /** Length of the window, T > 0. */
  readonly windowMinutes: number
  /** Sum over them of the minutes from entry to disposition, and of their squares. */
  readonly serviceMinutes: number
  readonly serviceMinutesSquared: number
  /** Lanes open now, whole number ≥ 0, and on average in the window, > 0. */
  readonly lanesNow: number
  readonly lanesThen: number
  /** Vehicles that somebody saw waiting, and how long ago. */
  readonly queue: { readonly vehicles: number; readonly ageMinutes: number } | undefined
}

export type Spread = { readonly value: number; readonly low: number; readonly high: number }

export type WaitAnswer =
  | {
      readonly is: 'estimated'
      readonly basis: 'queue-seen' | 'steady-flow'
      readonly waitMinutes: Spread
      readonly queueVehicles: Spread
    }
  | { readonly is: 'unknown'; readonly why: 'nothing-recorded' | 'no-lane-open' | 'near-capacity' }

/** A queue moves on after it was seen: what comes and what goes are each Poisson with the pace as mean. */
const queueNow = (vehicles: number, ageMinutes: number, perMinute: number, z: number): Spread => {
  const drift = z * Math.sqrt(2 * perMinute * ageMinutes)
  return { value: vehicles, low: Math.max(0, vehicles - drift), high: vehicles + drift }
}

const fromQueue = (
  evidence: WaitEvidence,
  queue: { vehicles: number; ageMinutes: number },
  level: number,
) => {
  const { passed, lanesNow, lanesThen, serviceMinutes } = evidence
  // One lane more shortens the same queue as if the pace had been seen in less time.
  const minutes = (evidence.windowMinutes * lanesThen) / lanesNow
  // Lanes may have been idle before the queue built up; faster than they can serve they never are.
  const fewestMinutes = Math.min(minutes, Math.max(serviceMinutes / lanesNow, Number.MIN_VALUE))
  const tail = (1 - level) / 2
  const vehicles = queueNow(queue.vehicles, queue.ageMinutes, passed / minutes, normalQuantile(1 - tail))
  const wait = (p: number, ahead: number, seenMinutes: number) =>
    ahead < 0.5 ? 0 : waitBehindMinutes(p, ahead + 1, { passed, minutes: seenMinutes })
  return {
    is: 'estimated',
    basis: 'queue-seen',
    waitMinutes: {
      value: wait(0.5, vehicles.value, minutes),
      low: wait(tail, vehicles.low, fewestMinutes),
      high: waitBehindMinutes(1 - tail, vehicles.high + 1, { passed, minutes }),
    },
    queueVehicles: vehicles,
  } as const
}

/** Fewer vehicles tell too little of how long one takes. */
const fewestForFlow = 5

const fromFlow = (evidence: WaitEvidence, level: number): WaitAnswer => {
  const { passed, windowMinutes, serviceMinutes, serviceMinutesSquared, lanesNow: lanes } = evidence
  const mean = serviceMinutes / passed
  const variance = Math.max(0, (serviceMinutesSquared - passed * mean * mean) / (passed - 1))
  const tail = (1 - level) / 2
  const error = normalQuantile(1 - tail) * Math.sqrt(variance / passed)
  const serviceVariation = variance / (mean * mean)
  const flow = (arrivalsPerMinute: number, minutes: number): SteadyFlow => ({
    arrivalsPerMinute,
    serviceMinutes: minutes,
    serviceVariation,
    lanes,
  })
  const low = flow(gammaQuantile(tail, passed + 0.5, windowMinutes), Math.max(mean / 10, mean - error))
  const middle = flow(passed / windowMinutes, mean)
  const high = flow(gammaQuantile(1 - tail, passed + 0.5, windowMinutes), mean + error)
  if (high.arrivalsPerMinute * high.serviceMinutes >= mostLoad * lanes)
    return { is: 'unknown', why: 'near-capacity' }
  const each = (of: (flow: SteadyFlow) => number): Spread => ({
    value: of(middle),
    low: of(low),
    high: of(high),
  })
  return {
    is: 'estimated',
    basis: 'steady-flow',
    waitMinutes: each(steadyWaitMinutes),
    // Little’s law: L = λ W.
    queueVehicles: each((one) => one.arrivalsPerMinute * steadyWaitMinutes(one)),
  }
}

/**
 * How long a vehicle that comes to a post now will wait before it is served.
 * Where somebody saw a queue within 30 minutes: the time until it and one more have passed at the pace of the window,
 * `waitBehindMinutes`; its lower bound at the pace that lanes could keep up, c / E[S], as they may have been idle before.
 * Where nobody did, or nobody waited: the mean wait of an M/G/c queue in a steady state, `steadyWaitMinutes`, and the queue by
 * Little’s law L = λ W.
 * @param evidence  counts and minutes as named there   @param level  of the interval, in (0, 1)
 * @returns minutes and vehicles with an interval; or why nothing can be said: no lane is open, too few vehicles passed to
 *   know a pace, or the lanes are so near their capacity that a steady state says nothing and nobody saw the queue
 * @throws RangeError where an argument is out of its domain
 * Assumes that what screenings show as service time is the time a lane is taken; moving up is not in it, so that the steady
 * wait is rather too short. The interval covers what is not known of pace and service (gamma and normal), taken to its
 * corners together, and for a seen queue how it moved since and how long its vehicles will take.
 * Cost: a few quantiles, below 0.1 ms.
 * Source: as of the two functions; Jeffreys’ prior for a rate, Brown, Cai and DasGupta, J. Statist. Plann. Inference 116
 * (2003), https://doi.org/10.1016/S0378-3758(02)00288-3
 * @example estimateWait({ passed: 0, windowMinutes: 60, serviceMinutes: 0, serviceMinutesSquared: 0, lanesNow: 2, lanesThen: 2, queue: undefined }, 0.9).is // 'unknown'
 */
export const estimateWait = (evidence: WaitEvidence, level: number): WaitAnswer => {
  const { passed, windowMinutes, lanesNow, lanesThen, queue } = evidence
  requireDomain(
    passed >= 0 && windowMinutes > 0 && lanesNow >= 0 && lanesThen >= 0 && level > 0 && level < 1,
    `a wait at level ${level} from ${JSON.stringify(evidence)}`,
  )
  if (lanesNow === 0) return { is: 'unknown', why: 'no-lane-open' }
  if (passed < fewestForFlow || lanesThen === 0) return { is: 'unknown', why: 'nothing-recorded' }
  const flow = fromFlow(evidence, level)
  if (queue === undefined || queue.ageMinutes > queueFreshMinutes) return flow
  // Nobody waiting: the pace is that of what comes and not of what lanes can do, so that the flow tells more.
  if (queue.vehicles === 0 && flow.is === 'estimated') return flow
  return fromQueue(evidence, queue, level)
}
