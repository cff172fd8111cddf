import { fitPrior, meanOf, posteriorOf, type TestCounts } from '../beta-prior.ts'
import { epochTotals, type PostEpoch, type ReplayData, type ReplayPart, sumOf } from './replay-data.ts'

/** Epochs on either side that the truth of an epoch is smoothed over. */
export const truthReach = 2

/**
 * Prevalence that a replay takes for true: empirical-Bayes posterior mean by origin over the epochs up to two before and
 * two after, all posts together, with a prior fitted to these epochs. No policy may see it.
 * @returns a share for [epoch][origin]
 */
export const truePrevalence = ({ counts, origins }: ReplayData): Float64Array[] => {
  const totals = counts.map((posts) => epochTotals(posts, origins.length))
  return totals.map((_, epoch) => {
    const window = totals.slice(Math.max(0, epoch - truthReach), epoch + truthReach + 1)
    const pooled = origins.map(
      (_origin, at): TestCounts => ({
        tests: window.reduce((sum, { tests }) => sum + (tests[at] ?? 0), 0),
        positives: window.reduce((sum, { positives }) => sum + (positives[at] ?? 0), 0),
      }),
    )
    const { prior } = fitPrior(pooled)
    return Float64Array.from(pooled, (each) => meanOf(posteriorOf(prior, each)))
  })
}

const expected = (tests: Float64Array, prevalence: Float64Array): number =>
  tests.reduce((sum, given, origin) => sum + given * (prevalence[origin] ?? 0), 0)

/** As many tests as were done, to anybody who arrives with the same probability. */
const expectedByLot = ({ arrivals, tests }: PostEpoch, prevalence: Float64Array): number => {
  const people = sumOf(arrivals)
  return people > 0 ? (expected(arrivals, prevalence) * sumOf(tests)) / people : 0
}

/** As many tests as were done, to those of the highest true prevalence first. */
const expectedByOracle = ({ arrivals, tests }: PostEpoch, prevalence: Float64Array): number => {
  const order = Array.from(arrivals, (_, origin) => origin).sort(
    (a, b) => (prevalence[b] ?? 0) - (prevalence[a] ?? 0),
  )
  let rest = sumOf(tests)
  let sum = 0
  for (const origin of order) {
    const given = Math.min(rest, arrivals[origin] ?? 0)
    sum += given * (prevalence[origin] ?? 0)
    rest -= given
  }
  return sum
}

export type Benchmarks = { readonly random: number; readonly oracle: number; readonly actual: number }

/** Expected positives of three ways to use the tests of each post and epoch: by lot, by an oracle, as they were used. */
export const benchmarksOf = (
  { counts }: ReplayData,
  { from, to, posts }: ReplayPart,
  truth: readonly Float64Array[],
): Benchmarks => {
  let [random, oracle, actual] = [0, 0, 0]
  for (let epoch = from; epoch <= to; epoch++) {
    const prevalence = truth[epoch] ?? new Float64Array()
    for (const at of posts) {
      const post = counts[epoch]?.[at]
      if (post === undefined) continue
      random += expectedByLot(post, prevalence)
      oracle += expectedByOracle(post, prevalence)
      actual += expected(post.tests, prevalence)
    }
  }
  return { random, oracle, actual }
}

/** Expected positives of tests given in one epoch. */
export const expectedPositives = expected
