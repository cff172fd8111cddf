import type { Uniform } from '#src/numerics/seeded-uniform.ts'
import { type BetaLaw, fitPrior, posteriorOf, type TestCounts } from './beta-prior.ts'
import {
  evaOriginIndex,
  gittinsOriginIndex,
  greedyOriginIndex,
  type OriginIndex,
  pooledIndex,
  thompsonOriginIndex,
} from './origin-index.ts'
import type { LogOdds } from './prevalence-filter.ts'

/**
 * How tests are given: `pooled` (origins learn from neighbours and from the past), or by empirical-Bayes types that stand
 * alone: `gittins`, `eva-compat`, `greedy`, `thompson`; or `uniform`, by lot.
 */
export const allocationPolicies = [
  'pooled',
  'gittins',
  'eva-compat',
  'greedy',
  'thompson',
  'uniform',
] as const

export type AllocationPolicy = (typeof allocationPolicies)[number]

export const defaultPolicy: AllocationPolicy = 'pooled'

/** Eva's window: tests of the last 16 days count in full, older ones not at all. */
export const typeWindowDays = 16

/** Posterior of each origin as a type of its own, with one prior for all. @param counts  tests of the window */
export const typePosteriors = (counts: readonly TestCounts[]): BetaLaw[] => {
  const { prior } = fitPrior(counts)
  return counts.map((each) => posteriorOf(prior, each))
}

export type Knowledge = {
  /** For `pooled`. */
  readonly logOdds: () => LogOdds
  /** For the types: tests with a result in the window, one entry an origin. */
  readonly windowCounts: () => readonly TestCounts[]
  readonly uniform: Uniform
}

export type PolicyIndex = { readonly index: OriginIndex | null; readonly indexIsDrawn: boolean }

/** The index by which a policy gives tests, from what is known today. */
export const indexOfPolicy = (policy: AllocationPolicy, known: Knowledge): PolicyIndex => {
  const fixed = (index: OriginIndex | null): PolicyIndex => ({ index, indexIsDrawn: false })
  switch (policy) {
    case 'uniform':
      return fixed(null)
    case 'pooled':
      return fixed(pooledIndex(known.logOdds()))
    case 'gittins':
      return fixed(gittinsOriginIndex(typePosteriors(known.windowCounts())))
    case 'eva-compat':
      return fixed(evaOriginIndex(typePosteriors(known.windowCounts())))
    case 'greedy':
      return fixed(greedyOriginIndex(typePosteriors(known.windowCounts())))
    case 'thompson': {
      const index = thompsonOriginIndex(typePosteriors(known.windowCounts()), known.uniform)
      return { index, indexIsDrawn: true }
    }
  }
}
