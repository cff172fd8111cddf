import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededUniform } from '#src/numerics/seeded-uniform.ts'
import { type AllocationInput, allocateTests } from './allocate-tests.ts'
import { pooledIndex } from './origin-index.ts'

const origins = 6

const post = fc.record({
  arrivals: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: origins, maxLength: origins }),
  budget: fc.integer({ min: 0, max: 900 }),
  noShowShare: fc.constantFrom(0, 0.1, 0.35),
})

const setting = fc.record({
  posts: fc.array(post, { minLength: 1, maxLength: 5 }),
  mean: fc.array(fc.double({ min: -8, max: -3, noNaN: true }), { minLength: origins, maxLength: origins }),
  variance: fc.array(fc.double({ min: 0, max: 1.5, noNaN: true }), {
    minLength: origins,
    maxLength: origins,
  }),
  pendingTests: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: origins, maxLength: origins }),
  explorationFloor: fc.constantFrom(0, 0.05, 0.3, 1),
  rounds: fc.constantFrom(1, 7, 30),
  seed: fc.integer({ min: 0, max: 1e9 }),
})

type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

const inputOf = ({ mean, variance, seed, ...rest }: Setting): AllocationInput => ({
  ...rest,
  index: pooledIndex({ mean: Float64Array.from(mean), variance: Float64Array.from(variance) }),
  uniform: seededUniform(seed),
})

const sum = (values: Iterable<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0)

describe('allocateTests', () => {
  it('keeps every budget, tests nobody twice and leaves no test unused while people are left', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { tests } = allocateTests(inputOf(given))
        given.posts.forEach(({ arrivals, budget, noShowShare }, at) => {
          const listed = tests[at] ?? []
          expect(sum(listed) * (1 - noShowShare)).toBeLessThanOrEqual(budget + 1e-6)
          arrivals.forEach((people, origin) => {
            const count = listed[origin] ?? -1
            expect(Number.isInteger(count)).toBe(true)
            expect(count).toBeGreaterThanOrEqual(0)
            expect(count).toBeLessThanOrEqual(people)
          })
          expect(sum(listed)).toBe(Math.min(sum(arrivals), Math.floor(budget / (1 - noShowShare) + 1e-9)))
        })
      }),
    )
  })

  it('holds the floor at every post, and spreads it as people arrive', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const { byLot, tests } = allocateTests(inputOf(given))
        given.posts.forEach(({ arrivals, budget }, at) => {
          const lot = byLot[at] ?? []
          const people = sum(arrivals)
          const floor = Math.min(people, Math.ceil(given.explorationFloor * budget))
          expect(sum(lot)).toBeGreaterThanOrEqual(floor)
          arrivals.forEach((count, origin) => {
            const picked = lot[origin] ?? 0
            expect(picked).toBeLessThanOrEqual(tests[at]?.[origin] ?? 0)
            expect(Math.abs(picked - (people > 0 ? (count * sum(lot)) / people : 0))).toBeLessThan(1 + 1e-9)
          })
        })
      }),
    )
  })

  it('gives the same tests for the same seed', () => {
    fc.assert(
      fc.property(setting, (given) => {
        expect(allocateTests(inputOf(given))).toEqual(allocateTests(inputOf(given)))
      }),
    )
  })

  it('gives an origin no fewer tests when more is believed of it', () => {
    fc.assert(
      fc.property(setting, fc.nat(origins - 1), (given, origin) => {
        const settled = { ...given, variance: given.variance.map(() => 0), explorationFloor: 0 as const }
        const raised = settled.mean.map((value, at) => (at === origin ? value + 1 : value))
        const of = (changed: Setting): number =>
          sum(allocateTests(inputOf(changed)).tests.map((post) => post[origin] ?? 0))
        expect(of({ ...settled, mean: raised })).toBeGreaterThanOrEqual(of(settled))
      }),
    )
  })

  it('gives all by lot without an index, and refuses what is not a count', () => {
    const uniform = seededUniform(1)
    const people = { arrivals: [30, 70], budget: 10 }
    const { tests, byLot } = allocateTests({ posts: [people], pendingTests: [0, 0], index: null, uniform })
    expect(tests).toEqual(byLot)
    expect(sum(tests[0] ?? [])).toBe(10)
    const wrong = { posts: [{ arrivals: [0.5, 1], budget: 1 }], pendingTests: [0, 0], index: null, uniform }
    expect(() => allocateTests(wrong)).toThrow(RangeError)
  })
})
