import type { Uniform } from '#src/numerics/seeded-uniform.ts'
import type { OriginIndex } from './origin-index.ts'

export type PostInput = {
  /** People expected to arrive today from each origin, whole numbers; as long as there are origins. */
  readonly arrivals: readonly number[]
  /** Tests that the post can take today, a whole number. */
  readonly budget: number
  /** Share of people on the lists who do not arrive, in [0, 1); the post is given more people for it. */
  readonly noShowShare?: number
}

export type AllocationInput = {
  readonly posts: readonly PostInput[]
  /** Tests without a result, one entry an origin. */
  readonly pendingTests: readonly number[]
  /** Worth of the next test; null gives all tests by lot. */
  readonly index: OriginIndex | null
  /** Whether the index is another one every time it is asked, as in Thompson sampling. */
  readonly indexIsDrawn?: boolean
  /** Share of each budget that is given by lot among all arrivals, in [0, 1]. */
  readonly explorationFloor?: number
  /** In how many rounds the budgets are spent; the index is taken anew in each. */
  readonly rounds?: number
  readonly uniform: Uniform
}

export type Allocation = {
  /** People to be tested, [post][origin]; whole numbers, no more than arrive. */
  readonly tests: readonly Float64Array[]
  /** How many of them come from the lot, [post][origin]. */
  readonly byLot: readonly Float64Array[]
}

export const defaultRounds = 30

const requireShare = (value: number, what: string): void => {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${what} is not a share: ${value}`)
}

const requireCount = (value: number, what: string): void => {
  if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`${what} is not a count: ${value}`)
}

/** People to be listed so that, after those who stay away, at most the budget is expected. */
const listedFor = ({ budget, noShowShare = 0 }: PostInput): number => {
  requireCount(budget, 'a budget')
  requireShare(noShowShare, 'a no-show share')
  if (noShowShare >= 1) throw new RangeError('nobody is expected to arrive')
  return Math.floor(budget / (1 - noShowShare) + 1e-9)
}

/**
 * Gives tests by lot, as when every so-and-so-many-th arrival is picked: each origin gets its share of arrivals within one.
 * @param left  people not yet picked, one entry an origin; those picked are taken off
 * @returns people picked, one entry an origin
 */
const pickByLot = (left: Float64Array, tests: number, uniform: Uniform): Float64Array => {
  const people = left.reduce((sum, value) => sum + value, 0)
  const picked = new Float64Array(left.length)
  const wanted = Math.min(tests, people)
  if (wanted === 0) return picked
  const start = uniform()
  let passed = 0
  let taken = 0
  for (let origin = 0; origin < left.length; origin++) {
    passed += left[origin] ?? 0
    const until = passed >= people ? wanted : Math.min(wanted, Math.floor((passed * wanted) / people + start))
    picked[origin] = until - taken
    taken = until
    left[origin] = (left[origin] ?? 0) - (picked[origin] ?? 0)
  }
  return picked
}

type Round = { readonly tests: Float64Array; readonly left: Float64Array; readonly spend: number }

/** Gives the tests of one round at one post to the origins with the highest index that still have people. */
const spendAtPost = ({ tests, left, spend }: Round, order: Uint32Array, added: Float64Array): void => {
  let rest = spend
  for (const origin of order) {
    if (rest === 0) return
    const given = Math.min(rest, left[origin] ?? 0)
    if (given === 0) continue
    tests[origin] = (tests[origin] ?? 0) + given
    left[origin] = (left[origin] ?? 0) - given
    added[origin] = (added[origin] ?? 0) + given
    rest -= given
  }
}

const requireInput = ({
  posts,
  pendingTests,
  rounds = defaultRounds,
  explorationFloor = 0,
}: AllocationInput) => {
  requireShare(explorationFloor, 'the exploration floor')
  if (!(Number.isSafeInteger(rounds) && rounds >= 1))
    throw new RangeError(`not a number of rounds: ${rounds}`)
  for (const { arrivals } of posts) {
    if (arrivals.length !== pendingTests.length) throw new RangeError('arrivals and origins differ in number')
    for (const people of arrivals) requireCount(people, 'arrivals')
  }
}

/**
 * Divides the tests of a day among posts and origins.
 *
 * First the floor of each post is given by lot. The rest is given in rounds: in each, every post gives its part to the
 * origins with the highest index that still have untested people there; tests given count as pending in the next round.
 * Equal indices are put in an order drawn for the day.
 *
 * @returns tests per post and origin: never more than the budget allows nor than people arrive; all of the budget where
 * there are enough people
 * @throws RangeError where counts or shares are out of their domain
 * Cost: O(rounds × (origins log origins + posts × origins)), and as many indices as origins have new tests.
 */
export const allocateTests = (input: AllocationInput): Allocation => {
  requireInput(input)
  const { posts, pendingTests, index, explorationFloor = 0, rounds = defaultRounds, uniform } = input
  const origins = pendingTests.length
  const pending = Float64Array.from(pendingTests)
  const state = posts.map((post) => {
    const left = Float64Array.from(post.arrivals)
    const listed = listedFor(post)
    const byLot = pickByLot(left, index === null ? listed : Math.ceil(explorationFloor * listed), uniform)
    byLot.forEach((given, origin) => {
      pending[origin] = (pending[origin] ?? 0) + given
    })
    return { left, byLot, tests: byLot.slice(), rest: listed - byLot.reduce((sum, given) => sum + given, 0) }
  })
  const result = { tests: state.map(({ tests }) => tests), byLot: state.map(({ byLot }) => byLot) }
  if (index === null) return result
  const order = Uint32Array.from({ length: origins }, (_, origin) => origin)
  const tieBreak = Float64Array.from({ length: origins }, () => uniform())
  const present = Array.from(order).filter((origin) => state.some(({ left }) => (left[origin] ?? 0) > 0))
  const worth = new Float64Array(origins)
  const added = new Float64Array(origins).fill(1)
  for (let round = 0; round < rounds; round++) {
    for (const origin of present) {
      if (input.indexIsDrawn || (added[origin] ?? 0) > 0) worth[origin] = index(origin, pending[origin] ?? 0)
    }
    added.fill(0)
    order.sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0) || (tieBreak[a] ?? 0) - (tieBreak[b] ?? 0))
    for (const { tests, left, rest } of state) {
      const spend = Math.floor((rest * (round + 1)) / rounds) - Math.floor((rest * round) / rounds)
      spendAtPost({ tests, left, spend }, order, added)
    }
    added.forEach((given, origin) => {
      pending[origin] = (pending[origin] ?? 0) + given
    })
  }
  return result
}
