import { isPositive, isProbability, requireDomain } from '../numerics/domain.ts'
import { betaQuantile } from '../numerics/gamma-beta-quantile.ts'

/** What was seen of a pace: so many vehicles passed in so many minutes. */
export type SeenPace = { readonly passed: number; readonly minutes: number }

/**
 * Quantile of the time until so many more vehicles have passed, when the pace is known from those that passed before.
 * Passing is a Poisson process of unknown rate θ with Jeffreys’ prior θ^(−1/2); then, after n vehicles in T minutes,
 *   W / T ~ beta prime (k, n + 1/2),   W = T B / (1 − B),  B ~ Beta(k, n + 1/2)
 * for k vehicles still to pass. Little’s law is in it: W has the mean k T / (n − 1/2), the queue over the pace.
 * @param p  probability in (0, 1)   @param ahead  k > 0, may be a fraction where a queue was only estimated
 * @param pace  n ≥ 0 whole, T > 0 minutes, of a time in which the lanes had work
 * @returns minutes, > 0
 * @throws RangeError where an argument is out of its domain
 * Assumes that the lanes go on as they did; what a lane more or less does, the caller scales. Departures of busy lanes vary
 * less than a Poisson process does, so that the interval is rather too wide.
 * Method: quantile of the beta distribution, tolerance as there.
 * Source: Whitt, Predicting queueing delays, Management Science 45 (1999) 870–888, for queue length as predictor,
 * https://doi.org/10.1287/mnsc.45.6.870; Little, Operations Research 9 (1961) 383–387,
 * https://doi.org/10.1287/opre.9.3.383; Aitchison and Dunsmore, Statistical Prediction Analysis (1975), ch. 2, for the
 * predictive distribution.
 * @example waitBehindMinutes(0.5, 1, { passed: 60, minutes: 60 }) // 0.6914
 */
export const waitBehindMinutes = (p: number, ahead: number, pace: SeenPace): number => {
  const { passed, minutes } = pace
  requireDomain(
    isProbability(p) && p > 0 && p < 1 && isPositive(ahead) && passed >= 0 && isPositive(minutes),
    `the wait behind ${ahead} at ${JSON.stringify(pace)}`,
  )
  const share = betaQuantile(p, ahead, passed + 0.5)
  return (minutes * share) / (1 - share)
}
