import { describe, expect, it } from 'vitest'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { allocationPolicies } from '../policy.ts'
import { prevalenceDefaults } from '../prevalence-model.ts'
import { benchmarksOf, truePrevalence } from './benchmarks.ts'
import type { ReplayData } from './replay-data.ts'
import { type ReplayOptions, runReplay } from './run-replay.ts'
import { shareOfGain } from './share-of-gain.ts'

const origins = Array.from({ length: 12 }, (_, at) => `origin-${at}`)
const epochs = Array.from({ length: 15 }, (_, at) => at + 1)
const posts = ['east', 'west']

/** Prevalence from 0.2 % to 6 %, and a part of all arrivals tested. */
const prevalence = Float64Array.from(origins, (_, at) => 0.002 * 1.36 ** at)

const cityOf = (seed: number): ReplayData => {
  const uniform = seededUniform(seed)
  return {
    epochs,
    posts,
    origins,
    daysPerEpoch: 2,
    counts: epochs.map(() =>
      posts.map(() => {
        const arrivals = Float64Array.from(origins, () => 100 + Math.floor(400 * uniform()))
        const tests = arrivals.map((people) => Math.floor(0.12 * people))
        return {
          arrivals,
          tests,
          positives: tests.map((count, at) => Math.round(count * (prevalence[at] ?? 0))),
        }
      }),
    ),
    positions: origins.map(() => null),
    covariates: epochs.map(() => origins.map(() => [])),
  }
}

const data = cityOf(5)
const truth = epochs.map(() => prevalence)
const part = { from: 0, to: epochs.length - 1, posts: [0, 1] }

const options: ReplayOptions = {
  data,
  part,
  truth,
  policy: 'pooled',
  model: prevalenceDefaults,
  seed: 1,
  delayEpochs: 1,
  explorationFloor: 0,
  warmUp: false,
}

const meanShare = (changes: Partial<ReplayOptions>): number => {
  const benchmarks = benchmarksOf(data, changes.part ?? part, truth)
  const shares = [1, 2, 3, 4, 5, 6].map((seed) =>
    shareOfGain(runReplay({ ...options, ...changes, seed }), benchmarks),
  )
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

describe('runReplay', () => {
  it('lets every policy but the lot find more than the lot, and none more than the oracle', () => {
    for (const policy of allocationPolicies) {
      const share = meanShare({ policy })
      expect(share).toBeLessThan(1)
      if (policy === 'uniform') expect(Math.abs(share)).toBeLessThan(0.01)
      else expect(share).toBeGreaterThan(0.2)
    }
  })

  it('gives the same for the same seed and another for another', () => {
    expect(runReplay(options)).toBe(runReplay(options))
    expect(runReplay(options)).not.toBe(runReplay({ ...options, seed: 2 }))
  })

  it('finds less when results come later, and no more than by chance when they never come', () => {
    expect(meanShare({ delayEpochs: 4 })).toBeLessThan(meanShare({}))
    expect(Math.abs(meanShare({ delayEpochs: 99 }))).toBeLessThan(0.25)
  })

  it('does not see the truth: with results that tell nothing it is no better than the lot', () => {
    const flat = epochs.map(() => Float64Array.from(origins, () => 0.01))
    const benchmarks = benchmarksOf(data, part, flat)
    const found = runReplay({ ...options, truth: flat })
    expect(found).toBeCloseTo(benchmarks.random, 6)
  })

  it('does not see what comes later', () => {
    const early = { ...part, to: 6 }
    const otherFuture = { ...data, counts: [...data.counts.slice(0, 7), ...cityOf(77).counts.slice(7)] }
    expect(runReplay({ ...options, part: early, data: otherFuture })).toBe(
      runReplay({ ...options, part: early }),
    )
  })

  it('begins ahead where real results from before are known, but none that the truth is smoothed over', () => {
    const late = { ...part, from: 8 }
    expect(meanShare({ part: late, warmUp: true })).toBeGreaterThan(meanShare({ part: late }))
    const overlapping = {
      ...data,
      counts: data.counts.map((all, epoch) =>
        epoch === 6 || epoch === 7 ? all.map((post) => ({ ...post, positives: post.tests })) : all,
      ),
    }
    const warm = { ...options, part: late, warmUp: true }
    expect(runReplay({ ...warm, data: overlapping })).toBe(runReplay(warm))
  })
})

describe('truePrevalence', () => {
  it('smooths over two epochs on either side and no further', () => {
    const changed = {
      ...data,
      counts: data.counts.map((all, epoch) =>
        epoch === 9 ? all.map((post) => ({ ...post, positives: post.tests })) : all,
      ),
    }
    const before = truePrevalence(data)
    const after = truePrevalence(changed)
    const moved = epochs.flatMap((_, epoch) => (after[epoch]?.[0] === before[epoch]?.[0] ? [] : [epoch]))
    expect(moved).toEqual([7, 8, 9, 10, 11])
  })
})
