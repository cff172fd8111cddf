import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { allocateTests } from '../allocate-tests.ts'
import type { TestCounts } from '../beta-prior.ts'
import { drawBinomial } from '../draws.ts'
import { type AllocationPolicy, indexOfPolicy, typeWindowDays } from '../policy.ts'
import {
  learnFromTests,
  logOddsOf,
  type PrevalencePrior,
  passTime,
  priorOf,
  startBelief,
} from '../prevalence-filter.ts'
import type { PrevalenceModel } from '../prevalence-model.ts'
import { expectedPositives, truthReach } from './benchmarks.ts'
import { epochTotals, type ReplayData, type ReplayPart, sumOf } from './replay-data.ts'

export type ReplayOptions = {
  readonly data: ReplayData
  readonly part: ReplayPart
  /** [epoch][origin], see `truePrevalence`. */
  readonly truth: readonly Float64Array[]
  readonly policy: AllocationPolicy
  readonly model: PrevalenceModel
  /** Whole number; the same seed gives the same tests and results. */
  readonly seed: number
  /** Results of an epoch are known this many epochs later; whole number ≥ 1. */
  readonly delayEpochs: number
  /** Share of every budget that is given by lot. */
  readonly explorationFloor: number
  /** Whether real results from before the part are known. Those that its truth is smoothed over never are. */
  readonly warmUp: boolean
}

const addUp = (lists: readonly (readonly TestCounts[])[], origins: readonly string[]): TestCounts[] =>
  origins.map((_, origin) => ({
    tests: lists.reduce((sum, list) => sum + (list[origin]?.tests ?? 0), 0),
    positives: lists.reduce((sum, list) => sum + (list[origin]?.positives ?? 0), 0),
  }))

/** Results by place of the epoch in which the tests were done. */
type Results = (readonly TestCounts[])[]

const realResults = ({ data, part, warmUp }: ReplayOptions): Results => {
  const untilEpoch = warmUp ? Math.max(0, part.from - truthReach) : 0
  return data.counts.slice(0, part.from).map((all, epoch) => {
    const posts = epoch < untilEpoch ? part.posts.flatMap((at) => all[at] ?? []) : []
    const { tests, positives } = epochTotals(posts, data.origins.length)
    return data.origins.map((_, at) => ({ tests: tests[at] ?? 0, positives: positives[at] ?? 0 }))
  })
}

/** Log odds at the beginning of an epoch; each result is learned once, as of the epoch of its test. */
const createFilter = (prior: PrevalencePrior, { data, delayEpochs, part, warmUp }: ReplayOptions) => {
  let belief = startBelief(prior)
  let learned = warmUp ? 0 : part.from
  return (epoch: number, results: Results) => {
    for (; learned <= epoch - delayEpochs; learned++) {
      belief = learnFromTests(prior, belief, results[learned] ?? [], data.covariates[learned] ?? [])
      belief = passTime(prior, belief, data.daysPerEpoch)
    }
    const ahead = epoch - learned
    const now = ahead > 0 ? passTime(prior, belief, ahead * data.daysPerEpoch) : belief
    return logOddsOf(prior, now, data.covariates[epoch] ?? [])
  }
}

/**
 * Replays the allocation of tests on real arrivals and budgets: in each epoch the policy gives the tests that each post
 * really did, and results are drawn from the true prevalence and shown to it after the delay.
 * @returns positives expected of the tests given, over all epochs of the part
 * @throws RangeError where data or options are out of their domain
 * The policy sees arrivals of the epoch, what was known of the origins, and results of its own tests; never the truth.
 */
export const runReplay = (options: ReplayOptions): number => {
  const { data, part, policy, model, seed, delayEpochs, truth } = options
  if (!(Number.isSafeInteger(delayEpochs) && delayEpochs >= 1))
    throw new RangeError(`not a delay in epochs: ${delayEpochs}`)
  const prior = priorOf(model, data.positions)
  const results = realResults(options)
  const filter = createFilter(prior, options)
  const windowEpochs = Math.max(1, Math.round(typeWindowDays / data.daysPerEpoch))
  let found = 0
  for (let epoch = part.from; epoch <= part.to; epoch++) {
    const uniform = seededUniform(seed, data.epochs[epoch] ?? epoch)
    const known = epoch - delayEpochs + 1
    const { index, indexIsDrawn } = indexOfPolicy(policy, {
      logOdds: () => filter(epoch, results),
      windowCounts: () =>
        addUp(results.slice(Math.max(0, known - windowEpochs), Math.max(0, known)), data.origins),
      uniform,
    })
    const { tests } = allocateTests({
      posts: part.posts.map((at) => {
        const { arrivals = new Float64Array(), tests: done = new Float64Array() } =
          data.counts[epoch]?.[at] ?? {}
        return { arrivals: Array.from(arrivals), budget: sumOf(done) }
      }),
      pendingTests: addUp(results.slice(Math.max(0, known)), data.origins).map((each) => each.tests),
      index,
      indexIsDrawn,
      explorationFloor: options.explorationFloor,
      uniform,
    })
    const given = data.origins.map((_, origin) => tests.reduce((sum, post) => sum + (post[origin] ?? 0), 0))
    const prevalence = truth[epoch] ?? new Float64Array(data.origins.length)
    found += expectedPositives(Float64Array.from(given), prevalence)
    results[epoch] = given.map((count, origin) => ({
      tests: count,
      positives: drawBinomial(uniform, count, prevalence[origin] ?? 0),
    }))
  }
  return found
}
