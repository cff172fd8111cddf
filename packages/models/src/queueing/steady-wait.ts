import { isPositive, requireDomain } from '../numerics/domain.ts'
import { erlangC } from './erlang-c.ts'

export type SteadyFlow = {
  /** Vehicles that come, λ > 0. */
  readonly arrivalsPerMinute: number
  /** Mean service time, E[S] > 0. */
  readonly serviceMinutes: number
  /** Squared coefficient of variation of the service time, c² ≥ 0: 0 always the same, 1 exponential. */
  readonly serviceVariation: number
  /** Open lanes, c, whole number ≥ 1. */
  readonly lanes: number
}

/**
 * Mean wait in an M/G/c queue, approximated (Lee and Longton; Allen and Cunneen with Poisson arrivals):
 *   Wq ≈ (1 + c²) / 2 · C(c, a) E[S] / (c − a),   a = λ E[S]
 * @returns minutes, ≥ 0
 * @throws RangeError where an argument is out of its domain, also where a ≥ c
 * Assumes steady state; too low while a surge builds up. Exact for one lane (Pollaczek and Khinchine) and for
 * exponential service on any number; elsewhere within some per cent for c² ≤ 1, see docs/models/queueing.md.
 * Cost: O(c).
 * Source: Whitt, Approximations for the GI/G/m queue, Production and Operations Management 2 (1993) 114–161,
 * section 2, https://doi.org/10.1111/j.1937-5956.1993.tb00094.x
 * @example steadyWaitMinutes({ arrivalsPerMinute: 0.5, serviceMinutes: 1, serviceVariation: 1, lanes: 1 }) // 1
 */
export const steadyWaitMinutes = (flow: SteadyFlow): number => {
  const { arrivalsPerMinute, serviceMinutes, serviceVariation, lanes } = flow
  requireDomain(
    isPositive(arrivalsPerMinute) &&
      isPositive(serviceMinutes) &&
      serviceVariation >= 0 &&
      Number.isFinite(serviceVariation),
    `a wait of ${JSON.stringify(flow)}`,
  )
  const load = arrivalsPerMinute * serviceMinutes
  return (((1 + serviceVariation) / 2) * erlangC(load, lanes) * serviceMinutes) / (lanes - load)
}
