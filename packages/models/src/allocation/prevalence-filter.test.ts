import { describe, expect, it } from 'vitest'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { drawBinomial } from './draws.ts'
import {
  learnFromTests,
  logOddsOf,
  type PrevalenceBelief,
  passTime,
  priorOf,
  startBelief,
} from './prevalence-filter.ts'
import { type OriginPosition, prevalenceDefaults } from './prevalence-model.ts'

const nowhere: readonly OriginPosition[] = [null]
const none = [[]]

/** Mean and variance of θ by brute force on a grid, for one origin. */
const onGrid = (priorMean: number, priorVariance: number, tests: number, positives: number) => {
  let [weight, first, second] = [0, 0, 0]
  let [best, mode] = [Number.NEGATIVE_INFINITY, 0]
  for (let theta = -16; theta <= 4; theta += 0.0005) {
    const log =
      positives * theta - tests * Math.log1p(Math.exp(theta)) - (theta - priorMean) ** 2 / (2 * priorVariance)
    if (log > best) [best, mode] = [log, theta]
  }
  for (let theta = -16; theta <= 4; theta += 0.0005) {
    const log =
      positives * theta - tests * Math.log1p(Math.exp(theta)) - (theta - priorMean) ** 2 / (2 * priorVariance)
    const density = Math.exp(log - best)
    weight += density
    first += density * theta
    second += density * theta * theta
  }
  return { mode, mean: first / weight, variance: second / weight - (first / weight) ** 2 }
}

describe('the prevalence filter', () => {
  it('finds the mode, and nearly the spread, of one origin by itself', () => {
    const prior = priorOf(prevalenceDefaults, nowhere)
    const before = logOddsOf(prior, startBelief(prior), none)
    for (const [tests, positives] of [
      [40, 0],
      [900, 9],
      [5_000, 3],
    ] as const) {
      const after = logOddsOf(
        prior,
        learnFromTests(prior, startBelief(prior), [{ tests, positives }], none),
        none,
      )
      const exact = onGrid(before.mean[0] ?? 0, before.variance[0] ?? 0, tests, positives)
      expect(after.mean[0]).toBeCloseTo(exact.mode, 2)
      expect((after.variance[0] ?? 0) / exact.variance).toBeGreaterThan(0.75)
      expect((after.variance[0] ?? 0) / exact.variance).toBeLessThan(1.15)
    }
  })

  it('moves a neighbour further than an origin far away', () => {
    const positions = [
      { longitude: 21, latitude: 41 },
      { longitude: 20, latitude: 42 },
      { longitude: 151, latitude: -34 },
    ]
    const prior = priorOf(prevalenceDefaults, positions)
    const covariates = [[], [], []]
    const counts = [{ tests: 1_000, positives: 40 }, ...[0, 0].map(() => ({ tests: 0, positives: 0 }))]
    const { mean } = logOddsOf(
      prior,
      learnFromTests(prior, startBelief(prior), counts, covariates),
      covariates,
    )
    const [tested = 0, near = 0, far = 0] = mean
    expect(tested).toBeGreaterThan(near)
    expect(near).toBeGreaterThan(far)
    expect(far).toBeGreaterThan(prevalenceDefaults.meanLogOdds)
  })

  it('forgets with time, back to the prior', () => {
    const prior = priorOf(prevalenceDefaults, nowhere)
    const start = startBelief(prior)
    const learned = learnFromTests(prior, start, [{ tests: 2_000, positives: 60 }], none)
    const spread = (belief: PrevalenceBelief) => logOddsOf(prior, belief, none).variance[0] ?? 0
    const soon = passTime(prior, learned, 2)
    expect(spread(soon)).toBeGreaterThan(spread(learned))
    expect(spread(passTime(prior, learned, 5_000))).toBeCloseTo(spread(start), 4)
    const twice = passTime(prior, passTime(prior, learned, 1), 1)
    expect(twice.covariance[0]).toBeCloseTo(soon.covariance[0] ?? 0, 12)
  })

  it('covers the truth as often as it says, where its model holds', () => {
    const uniform = seededUniform(11)
    const positions: OriginPosition[] = Array.from({ length: 25 }, () => null)
    const covariates = positions.map(() => [])
    const model = { ...prevalenceDefaults, levelSd: 0.01, neighbourSd: 0, ownSd: 0.7, persistencePerDay: 1 }
    const prior = priorOf(model, positions)
    let covered = 0
    for (let run = 0; run < 20; run++) {
      const truth = positions.map(() => {
        const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
        return model.meanLogOdds + 0.7 * normal
      })
      const counts = truth.map((theta) => ({
        tests: 1_500,
        positives: drawBinomial(uniform, 1_500, 1 / (1 + Math.exp(-theta))),
      }))
      const belief = learnFromTests(prior, startBelief(prior), counts, covariates)
      const { mean, variance } = logOddsOf(prior, belief, covariates)
      truth.forEach((theta, at) => {
        if (Math.abs(theta - (mean[at] ?? 0)) <= 1.6449 * Math.sqrt(variance[at] ?? 0)) covered++
      })
    }
    expect(covered / 500).toBeGreaterThan(0.85)
    expect(covered / 500).toBeLessThan(0.95)
  })

  it('refuses more positives than tests', () => {
    const prior = priorOf(prevalenceDefaults, nowhere)
    expect(() => learnFromTests(prior, startBelief(prior), [{ tests: 1, positives: 2 }], none)).toThrow(
      RangeError,
    )
  })
})
