import { negativeBinomialQuantile, negativeBinomialTails } from '#src/numerics/negative-binomial.ts'
import { normalTails, normalUpperQuantile } from '#src/numerics/normal.ts'
import { poissonQuantile, poissonTails } from '#src/numerics/poisson.ts'

/** Power of the counts at which their distribution is taken as symmetric. */
export type PowerTransform = 'none' | '1/2' | '2/3'

/** How the bound is found: on a transformed scale, or as a quantile of counts about the mean or about its upper limit. */
export type ThresholdMethod = 'delta' | 'nbPlugin' | 'muan'

export type PredictedMean = {
  /** μ > 0. */
  readonly mean: number
  /** Standard error of ln μ. */
  readonly logError: number
  /** φ ≥ 1: variance over mean. */
  readonly dispersion: number
}

export type Bound = {
  readonly upper: number
  /** Probability of a count such as the one observed or greater. */
  readonly pValue: number
}

/**
 * Bound on the scale of a power, which makes counts about symmetric.
 *   U = (μ^p + z √v)^(1/p),   v = p² μ^(2p − 1) τ,   τ = φ + se(μ)² / μ
 * Source: Farrington et al. 1996, doi:10.2307/2983331, section 3.7
 */
export const transformedBound = (
  { mean, logError, dispersion }: PredictedMean,
  observed: number,
  options: { readonly powerTransform: PowerTransform; readonly z: number },
): Bound => {
  const power = { none: 1, '1/2': 1 / 2, '2/3': 2 / 3 }[options.powerTransform]
  const variance = dispersion + mean * logError * logError
  const deviation = power * Math.sqrt(mean ** (2 * power - 1) * variance)
  const centre = mean ** power
  return {
    upper: (centre + options.z * deviation) ** (1 / power),
    pValue: normalTails((observed ** power - centre) / deviation).upper,
  }
}

/**
 * Bound as a quantile of the negative binomial distribution with variance φ μ, or of the Poisson distribution for φ = 1.
 * Source: Noufaily et al. 2013, doi:10.1002/sim.5595, section 3.5; Salmon et al. 2016, doi:10.18637/jss.v070.i10
 */
export const countBound = (mean: number, dispersion: number, observed: number, alpha: number): Bound => {
  const law = { mean, size: mean / (dispersion - 1) }
  const isPoisson = dispersion <= 1 || law.size > 1e12
  const upper = isPoisson ? poissonQuantile(1 - alpha, mean) : negativeBinomialQuantile(1 - alpha, law)
  if (observed === 0) return { upper, pValue: 1 }
  const tails = isPoisson ? poissonTails(observed - 1, mean) : negativeBinomialTails(observed - 1, law)
  return { upper, pValue: tails.upper }
}

/** Upper limit of the mean at a level, for the bound `muan`. */
export const upperMean = ({ mean, logError }: PredictedMean, alpha: number): number =>
  mean * Math.exp(normalUpperQuantile(alpha) * logError)
