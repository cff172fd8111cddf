import type { Uniform } from '#src/numerics/seeded-uniform.ts'
import { type BetaLaw, meanOf, withPendingTests } from './beta-prior.ts'
import { drawBeta } from './draws.ts'
import { evaPrintedIndex, gittinsIndex, widened } from './gittins-index.ts'
import { logitNormalMean } from './logit-normal.ts'
import type { LogOdds } from './prevalence-filter.ts'

/**
 * Worth of the next test of an origin, as a prevalence, when so many tests of it have no result yet. Those with the highest
 * worth are tested.
 */
export type OriginIndex = (origin: number, pendingTests: number) => number

/**
 * Expected prevalence of origins that learn from each other.
 *   E[p | m, v′],   v′ = v / (1 + T p (1 − p) v)
 * Pending tests T narrow the belief as if they gave what is expected; the index of a rare and unknown origin so falls with
 * every test given to it, and the next one gets its turn.
 * @param logOdds  mean m and variance v, one entry an origin
 */
export const pooledIndex =
  (logOdds: LogOdds): OriginIndex =>
  (origin, pendingTests) => {
    const mean = logOdds.mean[origin] ?? 0
    const variance = logOdds.variance[origin] ?? 0
    const p = 1 / (1 + Math.exp(-mean))
    const left = variance / (1 + pendingTests * p * (1 - p) * variance)
    return logitNormalMean(mean, left)
  }

const lawAt = (laws: readonly BetaLaw[], origin: number): BetaLaw => {
  const law = laws[origin]
  if (law === undefined) throw new RangeError(`no posterior for origin ${origin}`)
  return law
}

/** Gutin and Farias' optimistic index; see `gittinsIndex`. */
export const gittinsOriginIndex =
  (laws: readonly BetaLaw[], discount?: number): OriginIndex =>
  (origin, pendingTests) =>
    gittinsIndex(withPendingTests(lawAt(laws, origin), pendingTests), discount)

/** What Eva's code computes, with its widening; see `evaPrintedIndex`. */
export const evaOriginIndex =
  (laws: readonly BetaLaw[], discount?: number): OriginIndex =>
  (origin, pendingTests) =>
    evaPrintedIndex(widened(withPendingTests(lawAt(laws, origin), pendingTests)), discount)

/** Posterior mean, which pending tests do not move. */
export const greedyOriginIndex =
  (laws: readonly BetaLaw[]): OriginIndex =>
  (origin) =>
    meanOf(lawAt(laws, origin))

/** A draw from the posterior; another one every time it is asked. Thompson (1933), doi:10.1093/biomet/25.3-4.285 */
export const thompsonOriginIndex =
  (laws: readonly BetaLaw[], uniform: Uniform): OriginIndex =>
  (origin, pendingTests) => {
    const { alpha, beta } = withPendingTests(lawAt(laws, origin), pendingTests)
    return drawBeta(uniform, alpha, beta)
  }
