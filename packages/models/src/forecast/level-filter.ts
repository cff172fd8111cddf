/**
 * Level, slope and passing deviation of a logarithmic flow, followed by a Kalman filter:
 *   z = S + ℓ + u + noise,   ℓ' = ℓ + slope,   slope' = damping × slope,   u' = φ u
 * One follower takes nine numbers: ℓ, slope, u, and the upper triangle of their covariance. Time is in days.
 * Source: Durbin and Koopman, Time Series Analysis by State Space Methods (2012), section 4.3,
 * doi:10.1093/acprof:oso/9780199641178.001.0001
 */
export const filterLength = 9

export type Motion = {
  /** Variance that the level gains in one window. */
  readonly level: number
  readonly slope: number
  /** Share of the slope left after one window; 0 for no slope. */
  readonly damping: number
  /** Days of slope that one window adds to the level. */
  readonly reach: number
  /** Share of the deviation left after one window. */
  readonly fading: number
  readonly deviation: number
}

/** What one window is compared with. */
export type Sight = {
  /** z − S, or NaN where nothing was observed. */
  readonly value: number
  /** Variance of the noise. */
  readonly noise: number
  readonly breakThreshold: number
}

/** Days of slope that the level moves in a time of days, damped on its way. */
export const slopeReach = (dampingPerDay: number, days: number): number =>
  dampingPerDay === 0 ? 0 : (1 - dampingPerDay ** days) / -Math.log(dampingPerDay)

const shareOfBreakInLevel = 0.05
const shareOfBreakInDeviation = 0.8
const greatestBreak = 25

/**
 * Moves a follower on by one window and lets it see the window. A break, an innovation far beyond its variance, raises the
 * variance of what can have broken: the level of a day, or the passing deviation of a shorter window.
 * @param state  numbers of all followers, changed in place   @param at  where this one begins
 */
export const followWindow = (state: Float64Array, at: number, motion: Motion, sight: Sight): void => {
  const { damping, reach, fading } = motion
  const of = (index: number): number => state[at + index] ?? 0
  const slope = of(1) * damping
  const level = of(0) + reach * of(1)
  const deviation = of(2) * fading
  let ll = of(3) + 2 * reach * of(4) + reach * reach * of(6) + motion.level
  const ls = damping * (of(4) + reach * of(6))
  const lu = fading * (of(5) + reach * of(7))
  const ss = damping * damping * of(6) + motion.slope
  const su = damping * fading * of(7)
  let uu = fading * fading * of(8) + motion.deviation
  if (Number.isNaN(sight.value)) {
    state.set([level, slope, deviation, ll, ls, lu, ss, su, uu], at)
    return
  }
  const innovation = sight.value - level - deviation
  let total = ll + 2 * lu + uu + sight.noise
  const excess = (innovation * innovation) / sight.breakThreshold - total
  if (excess > 0) {
    const isDaily = motion.deviation === 0
    ll += isDaily ? Math.min(greatestBreak, excess) : shareOfBreakInLevel * excess
    uu += isDaily ? 0 : shareOfBreakInDeviation * excess
    total = ll + 2 * lu + uu + sight.noise
  }
  const [gainL, gainS, gainU] = [(ll + lu) / total, (ls + su) / total, (lu + uu) / total]
  state[at] = level + gainL * innovation
  state[at + 1] = slope + gainS * innovation
  state[at + 2] = deviation + gainU * innovation
  state[at + 3] = ll - gainL * gainL * total
  state[at + 4] = ls - gainL * gainS * total
  state[at + 5] = lu - gainL * gainU * total
  state[at + 6] = ss - gainS * gainS * total
  state[at + 7] = su - gainS * gainU * total
  state[at + 8] = uu - gainU * gainU * total
}
