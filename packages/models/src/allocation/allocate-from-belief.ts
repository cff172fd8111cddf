import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { type Allocation, allocateTests, type PostInput } from './allocate-tests.ts'
import type { TestCounts } from './beta-prior.ts'
import { logitNormalInterval, logitNormalMean } from './logit-normal.ts'
import { pooledIndex } from './origin-index.ts'
import {
  type CovariateValues,
  logOddsOf,
  type PrevalenceBelief,
  type PrevalencePrior,
} from './prevalence-filter.ts'

export type OriginBelief = {
  /** Expected share of infected among arrivals, with a central 90 % interval. */
  readonly mean: number
  readonly low90: number
  readonly high90: number
  /** Worth of the next test before any of today’s is given, as a prevalence. */
  readonly worth: number
}

export type BeliefInput = {
  readonly prior: PrevalencePrior
  /** On the day whose tests are given. */
  readonly belief: PrevalenceBelief
  readonly covariates: CovariateValues
  /** Tests without a result, one entry an origin. */
  readonly pendingTests: readonly number[]
  readonly posts: readonly PostInput[]
  readonly explorationFloor: number
  readonly seed: number
}

/**
 * Divides the tests of a day by what is believed, without the days before it: `allocateDay` with the policy `pooled` and a
 * belief that was kept.
 * @returns tests as `allocateTests` does; beliefs, one entry an origin
 * @throws RangeError where counts or shares are out of their domain
 */
export const allocateFromBelief = (
  input: BeliefInput,
): Allocation & { readonly beliefs: readonly OriginBelief[] } => {
  const { prior, belief, covariates, pendingTests, posts, explorationFloor, seed } = input
  const logOdds = logOddsOf(prior, belief, covariates)
  const index = pooledIndex(logOdds)
  const uniform = seededUniform(seed, 0)
  const beliefs = Array.from(logOdds.mean, (mean, origin): OriginBelief => {
    const variance = logOdds.variance[origin] ?? 0
    const { low, high } = logitNormalInterval(mean, variance, 0.9)
    const worth = index(origin, pendingTests[origin] ?? 0)
    return { mean: logitNormalMean(mean, variance), low90: low, high90: high, worth }
  })
  return { ...allocateTests({ posts, pendingTests, index, explorationFloor, uniform }), beliefs }
}

/** Tests with a result as the filter takes them. @param counts  by origin, missing ones have none */
export const countsOfDay = (origins: number, counts: ReadonlyMap<number, TestCounts>): TestCounts[] =>
  Array.from({ length: origins }, (_, origin) => counts.get(origin) ?? { tests: 0, positives: 0 })
