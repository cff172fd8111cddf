import { isPositive, requireDomain } from '../numerics/domain.ts'

/**
 * Probability that a vehicle finds every lane busy in an M/M/c queue (Erlang C).
 *   B(0) = 1,  B(k) = a B(k−1) / (k + a B(k−1)),  C = B(c) / (1 − ρ (1 − B(c))),  ρ = a / c
 * with a the offered load and c the lanes.
 * @param load  a > 0, in erlangs   @param lanes  c, whole number ≥ 1, with a < c
 * @returns probability in (0, 1)
 * @throws RangeError where an argument is out of its domain, also where the queue would grow without end (a ≥ c)
 * Assumes Poisson arrivals, exponential service, steady state.
 * Method: recursion on lanes, no factorials, O(c); relative error of the order of 1e-15 per step.
 * Source: Cooper, Introduction to Queueing Theory, 2nd ed. (1981), §3.4; ITU-T E.600 for the words.
 * @example erlangC(0.5, 1) // 0.5
 */
export const erlangC = (load: number, lanes: number): number => {
  requireDomain(
    isPositive(load) && Number.isInteger(lanes) && lanes >= 1 && load < lanes,
    `Erlang C of ${load} erlangs on ${lanes} lanes`,
  )
  let blocked = 1
  for (let lane = 1; lane <= lanes; lane += 1) blocked = (load * blocked) / (lane + load * blocked)
  const share = load / lanes
  return blocked / (1 - share * (1 - blocked))
}
