import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { type Allocation, allocateTests, type PostInput } from './allocate-tests.ts'
import { betaInterval, meanOf, type TestCounts } from './beta-prior.ts'
import { logitNormalInterval, logitNormalMean } from './logit-normal.ts'
import { type AllocationPolicy, indexOfPolicy, typePosteriors, typeWindowDays } from './policy.ts'
import {
  type LogOdds,
  learnFromTests,
  logOddsOf,
  passTime,
  priorOf,
  startBelief,
} from './prevalence-filter.ts'
import type { OriginPosition, PrevalenceModel } from './prevalence-model.ts'

/** Tests of one origin on one day whose results are known. Days are counted from any first day. */
export type DayResult = TestCounts & { readonly day: number; readonly origin: number }

export type DayInput = {
  /** The day whose tests are given. */
  readonly day: number
  readonly positions: readonly OriginPosition[]
  /** Covariates of the model, one list an origin; the same for all days. */
  readonly covariates: readonly (readonly number[])[]
  readonly results: readonly DayResult[]
  /** Tests without a result, one entry an origin. */
  readonly pendingTests: readonly number[]
  readonly posts: readonly PostInput[]
  readonly policy: AllocationPolicy
  readonly model: PrevalenceModel
  readonly explorationFloor: number
  readonly seed: number
}

/** What is believed of an origin, and what its next test is worth. */
export type OriginEstimate = {
  /** Expected share of infected among its arrivals, with a central 90 % interval. */
  readonly mean: number
  readonly low90: number
  readonly high90: number
  /** Worth of the first test of the day, as a prevalence; null where tests are given by lot. */
  readonly index: number | null
  /** Tests and positives of the last 16 days. */
  readonly recent: TestCounts
}

export type DayAllocation = Allocation & { readonly estimates: readonly OriginEstimate[] }

const countsOf = (input: DayInput, isCounted: (day: number) => boolean): TestCounts[] => {
  const tests = new Float64Array(input.positions.length)
  const positives = new Float64Array(input.positions.length)
  for (const result of input.results) {
    if (!isCounted(result.day)) continue
    tests[result.origin] = (tests[result.origin] ?? 0) + result.tests
    positives[result.origin] = (positives[result.origin] ?? 0) + result.positives
  }
  return Array.from(tests, (count, origin) => ({ tests: count, positives: positives[origin] ?? 0 }))
}

/** Log odds on the day, after every earlier day with a result. */
const filtered = (input: DayInput): LogOdds => {
  const prior = priorOf(input.model, input.positions)
  let belief = startBelief(prior)
  const days = [...new Set(input.results.map(({ day }) => day))].sort((a, b) => a - b)
  days.forEach((day, at) => {
    const counts = countsOf(input, (other) => other === day)
    belief = learnFromTests(prior, belief, counts, input.covariates)
    belief = passTime(prior, belief, (days[at + 1] ?? input.day) - day)
  })
  return logOddsOf(prior, belief, input.covariates)
}

const requireDays = ({ day, results, positions }: DayInput): void => {
  for (const result of results) {
    if (!(result.day < day)) throw new RangeError(`a result of day ${result.day} for tests of day ${day}`)
    if (positions[result.origin] === undefined) throw new RangeError(`no origin ${result.origin}`)
  }
}

/**
 * Divides the tests of one day among posts and origins, and says what it believes of each origin.
 * @returns tests as `allocateTests` does; estimates, one entry an origin
 * @throws RangeError where counts, days or shares are out of their domain
 * The estimate of `pooled` is the filter's, that of every other policy the empirical-Bayes posterior of the last 16 days.
 * Results of a day are learned once, so the order of rows does not matter.
 */
export const allocateDay = (input: DayInput): DayAllocation => {
  requireDays(input)
  const recent = countsOf(input, (day) => day >= input.day - typeWindowDays)
  const uniform = seededUniform(input.seed, input.day)
  const logOdds = input.policy === 'pooled' ? filtered(input) : null
  const { index, indexIsDrawn } = indexOfPolicy(input.policy, {
    logOdds: () => logOdds ?? filtered(input),
    windowCounts: () => recent,
    uniform,
  })
  const { posts, pendingTests, explorationFloor } = input
  const laws = logOdds === null ? typePosteriors(recent) : []
  const estimates = recent.map((counts, origin): OriginEstimate => {
    const law = laws[origin]
    const worth = index?.(origin, pendingTests[origin] ?? 0) ?? null
    const shared = { index: worth, recent: counts }
    if (law) {
      const { low, high } = betaInterval(law, 0.9)
      return { mean: meanOf(law), low90: low, high90: high, ...shared }
    }
    const mean = logOdds?.mean[origin] ?? 0
    const variance = logOdds?.variance[origin] ?? 0
    const { low, high } = logitNormalInterval(mean, variance, 0.9)
    return { mean: logitNormalMean(mean, variance), low90: low, high90: high, ...shared }
  })
  return {
    ...allocateTests({ posts, pendingTests, index, indexIsDrawn, explorationFloor, uniform }),
    estimates,
  }
}
