/**
 * Adaptive conformal calibration of one tail at each side: standardised errors of the last weeks give the quantiles, and the
 * level at which they are read moves so that each side is missed as often as it should be.
 *   α' = α + γ (target − miss)
 * Source: Gibbs and Candès, Adaptive conformal inference under distribution shift, NeurIPS 2021, arXiv:2106.00170, eq. 2
 */
export type ConformalTails = {
  /** The last standardised errors, a ring. */
  readonly errors: Float64Array
  /** The same in order, as of the last time they were sorted; the first `known` count. */
  readonly sorted: Float64Array
  known: number
  count: number
  alphaLow: number
  alphaHigh: number
}

/**
 * Share of observations meant to be below the lower and above the upper bound: a little less than a twentieth, because
 * errors to come are larger than those the bounds were read from.
 */
export const tailTarget = 0.045
/** The normal quantile that stands for a tail while too few errors are known. */
export const normalTail = 1.6448536269514722
const leastErrors = 20
const lowestAlpha = -0.05
const beyondAll = 1.3

export const createConformalTails = (ring: number): ConformalTails => ({
  errors: new Float64Array(ring),
  sorted: new Float64Array(ring),
  known: 0,
  count: 0,
  alphaLow: tailTarget,
  alphaHigh: tailTarget,
})

/** Puts the errors in order for the quantiles that are read from now on. */
export const sortErrors = (tails: ConformalTails): void => {
  tails.known = Math.min(tails.count, tails.errors.length)
  const part = tails.errors.slice(0, tails.known).sort()
  tails.sorted.set(part)
}

/** Size of the error that is exceeded, on the side of the sign, with the share alpha. */
const tailAt = ({ sorted, known }: ConformalTails, alpha: number, sign: 1 | -1): number => {
  const share = Math.max(0, Math.min(0.5, alpha))
  const rank = Math.max(0, Math.ceil((1 - share) * (known + 1)) - 1)
  const place = Math.min(known - 1, rank)
  const size = sign * (sorted[sign > 0 ? place : known - 1 - place] ?? 0)
  const stretch = alpha <= 0 || rank > known - 1 ? beyondAll : 1
  return Math.max(0.3, size * stretch)
}

/** Standardised errors that bound the band: how far below and how far above, both > 0. */
export const conformalBounds = (tails: ConformalTails): { readonly low: number; readonly high: number } => {
  if (tails.known < leastErrors) return { low: normalTail, high: normalTail }
  const own = tails.known / (tails.known + leastErrors)
  const blend = (alpha: number, sign: 1 | -1): number =>
    own * tailAt(tails, alpha, sign) + (1 - own) * normalTail
  return { low: blend(tails.alphaLow, -1), high: blend(tails.alphaHigh, 1) }
}

/**
 * Takes one standardised error.
 * @param step  γ, how fast the level moves, in (0, 1)
 */
export const takeError = (tails: ConformalTails, error: number, step: number): void => {
  const { low, high } = conformalBounds(tails)
  const moved = (alpha: number, isMiss: boolean): number =>
    Math.max(lowestAlpha, Math.min(0.3, alpha + step * (tailTarget - (isMiss ? 1 : 0))))
  tails.alphaLow = moved(tails.alphaLow, error < -low)
  tails.alphaHigh = moved(tails.alphaHigh, error > high)
  tails.errors[tails.count % tails.errors.length] = error
  tails.count++
}
