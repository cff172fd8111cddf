import type { CovariateValues } from '../prevalence-filter.ts'
import type { OriginPosition } from '../prevalence-model.ts'

/** What happened at one post in one epoch, one entry an origin. */
export type PostEpoch = {
  readonly arrivals: Float64Array
  readonly tests: Float64Array
  readonly positives: Float64Array
}

/** Real counts by epoch, post and origin, in the order of the lists. */
export type ReplayData = {
  readonly epochs: readonly number[]
  readonly posts: readonly string[]
  readonly origins: readonly string[]
  readonly daysPerEpoch: number
  /** [epoch][post] */
  readonly counts: readonly (readonly PostEpoch[])[]
  readonly positions: readonly OriginPosition[]
  /** What was known of the origins when an epoch began, [epoch][origin][covariate]; empty lists where nothing was. */
  readonly covariates: readonly CovariateValues[]
}

/** Which part is replayed. */
export type ReplayPart = {
  /** First and last epoch by place in the list, both included. */
  readonly from: number
  readonly to: number
  /** Posts by place in the list. */
  readonly posts: readonly number[]
}

/** Tests and positives of all posts together, one entry an origin. */
export const epochTotals = (posts: readonly PostEpoch[], origins: number) => {
  const tests = new Float64Array(origins)
  const positives = new Float64Array(origins)
  for (const post of posts) {
    for (let origin = 0; origin < origins; origin++) {
      tests[origin] = (tests[origin] ?? 0) + (post.tests[origin] ?? 0)
      positives[origin] = (positives[origin] ?? 0) + (post.positives[origin] ?? 0)
    }
  }
  return { tests, positives }
}

export const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
