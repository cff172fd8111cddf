import { allocateDay, type DayInput } from '@guankou/models/allocation/allocate-day.ts'
import { prevalenceDefaults } from '@guankou/models/allocation/prevalence-model.ts'
import { seededUniform } from '@guankou/models/numerics/seeded-uniform.ts'

const [origins, posts, testsPerPost, runs] = [500, 43, 200, 5]

/** Origins spread over China, 43 posts with some 2,500 arrivals each, and so many days of results. */
const dayAfter = (days: number): DayInput => {
  const uniform = seededUniform(2020, days)
  const positions = Array.from({ length: origins }, () => ({
    longitude: 75 + 55 * uniform(),
    latitude: 19 + 32 * uniform(),
  }))
  return {
    day: days,
    positions,
    covariates: positions.map(() => []),
    results: Array.from({ length: days }, (_, day) =>
      positions.map((_position, origin) => ({ day, origin, tests: 17, positives: uniform() < 0.06 ? 1 : 0 })),
    ).flat(),
    pendingTests: positions.map(() => 5),
    posts: Array.from({ length: posts }, () => ({
      arrivals: positions.map(() => Math.floor(20 * uniform() * uniform())),
      budget: testsPerPost,
    })),
    policy: 'pooled',
    model: prevalenceDefaults,
    explorationFloor: 0.03,
    seed: 1,
  }
}

const secondsOf = (input: DayInput): number => {
  const startMs = performance.now()
  allocateDay(input)
  return (performance.now() - startMs) / 1_000
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/**
 * Seconds for one day: learn the results of the day before, for all origins, and divide the tests of all posts. Beside it,
 * the same from 16 days of results without a stored belief, as the command line does it.
 */
export const measureTestAllocation = (say: (text: string) => void) => {
  const oneDay = dayAfter(1)
  secondsOf(oneDay)
  const allocationSeconds = median(Array.from({ length: runs }, () => secondsOf(oneDay)))
  const allocationFrom16DaysSeconds = secondsOf(dayAfter(16))
  const size = `${origins} origins × ${posts} posts`
  say(
    `allocation, ${size}: ${allocationSeconds.toFixed(3)} s (from 16 days: ${allocationFrom16DaysSeconds.toFixed(2)} s)`,
  )
  return {
    allocationSeconds: Number(allocationSeconds.toFixed(4)),
    allocationFrom16DaysSeconds: Number(allocationFrom16DaysSeconds.toFixed(3)),
  }
}
