import { allocateFromBelief } from '@guankou/models/allocation/allocate-from-belief.ts'
import { reasonOf, type TestReason } from '@guankou/models/allocation/test-reason.ts'
import { seededUniform } from '@guankou/models/numerics/seeded-uniform.ts'
import { stateOn, type TestingState } from './learn.ts'
import type { TypeCode } from './traveller-type.ts'

export type PostOfDay = {
  readonly postId: number
  readonly budget: number
  /** Tests taken today. */
  readonly taken: number
  /** People who have come today. */
  readonly arrived: number
  /** Mean people of a day by type, from the days before. */
  readonly expected: readonly (readonly [type: TypeCode, people: number])[]
}

export type AllocateInput = {
  readonly state: TestingState | null
  readonly day: string
  readonly posts: readonly PostOfDay[]
  /** Tests taken that have no result. */
  readonly pending: readonly (readonly [type: TypeCode, tests: number])[]
  readonly lotShare: number
  readonly noShowShare: number
  readonly seed: number
}

export type TypeAllocated = {
  readonly type: TypeCode
  readonly arrivals: number
  readonly tests: number
  readonly byLot: number
  readonly askedShare: number
  readonly prevalence: { readonly mean: number; readonly low90: number; readonly high90: number }
  readonly worth: number
  readonly reason: TestReason
}

export type PostAllocated = {
  readonly postId: number
  readonly tests: number
  readonly byLot: number
  /** Asked of people of every type that is not listed. */
  readonly othersShare: number
  readonly types: readonly TypeAllocated[]
}

/** Even at the end of a day that was busier than expected somebody may still come. */
const leastLeft = 0.1

/**
 * People still expected of each type, whole numbers: the fraction is given by one draw for the post, so that rare types
 * together get what they should and the sum is right within one.
 */
const wholePeople = (people: readonly number[], start: number): number[] => {
  let passed = 0
  let taken = 0
  return people.map((expected) => {
    passed += expected
    const until = Math.floor(passed + start)
    const given = until - taken
    taken = until
    return given
  })
}

const sum = (values: Iterable<number>): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

type Worked = ReturnType<typeof allocateFromBelief>

type AtPost = {
  readonly types: readonly TypeCode[]
  readonly arrivals: readonly number[]
  /** Expected prevalence of an average arrival of the day. */
  readonly average: number
}

/** Types of which nobody is expected today: those worth a test if somebody came, and those not. */
const rareTypes = (worked: Worked, tests: Float64Array, byLot: Float64Array, { types, arrivals }: AtPost) => {
  const chosen = types.flatMap((_, place) => ((tests[place] ?? 0) > (byLot[place] ?? 0) ? [place] : []))
  const least = Math.min(...chosen.map((place) => worked.beliefs[place]?.worth ?? 0))
  const rare = types.flatMap((_, place) => ((arrivals[place] ?? 0) === 0 ? [place] : []))
  const isWorthIt = (place: number): boolean => (worked.beliefs[place]?.worth ?? 0) >= least
  return { worthIt: rare.filter(isWorthIt), passedOver: rare.filter((place) => !isWorthIt(place)) }
}

/**
 * What a post does with each type that is expected, and with the rest: all of them are asked or only by lot, whichever fits
 * more of them, and the others among them are listed.
 */
const postAllocated = (worked: Worked, at: number, postId: number, about: AtPost): PostAllocated => {
  const { types, arrivals, average } = about
  const tests = worked.tests[at] ?? new Float64Array()
  const byLot = worked.byLot[at] ?? new Float64Array()
  const [postTests, postByLot, postArrivals] = [sum(tests), sum(byLot), sum(arrivals)]
  const lotShare = postArrivals === 0 ? 0 : Math.min(1, postByLot / postArrivals)
  const { worthIt, passedOver } = rareTypes(worked, tests, byLot, about)
  const isRestAsked = worthIt.length > passedOver.length
  const listed = new Set(isRestAsked ? passedOver : worthIt)
  const view = (place: number): TypeAllocated[] => {
    const belief = worked.beliefs[place]
    const [type, people = 0] = [types[place], arrivals[place]]
    if (belief === undefined || type === undefined || (people === 0 && !listed.has(place))) return []
    const { mean, low90, high90, worth } = belief
    const estimate = { mean, low90, high90, index: worth, recent: { tests: 0, positives: 0 } }
    const shared = { estimate, postTests, postArrivals, averagePrevalence: average }
    const prevalence = { mean, low90, high90 }
    const given = tests[place] ?? 0
    const lot = byLot[place] ?? 0
    if (people > 0) {
      const reason = reasonOf({ ...shared, arrivals: people, tests: given, byLot: lot })
      const askedShare = Math.min(1, given / people)
      return [{ type, arrivals: people, tests: given, byLot: lot, askedShare, prevalence, worth, reason }]
    }
    const reason = isRestAsked ? 'by-lot' : reasonOf({ ...shared, arrivals: 1, tests: 1, byLot: 0 })
    const askedShare = isRestAsked ? lotShare : 1
    return [{ type, arrivals: 0, tests: 0, byLot: 0, askedShare, prevalence, worth, reason }]
  }
  return {
    postId,
    tests: postTests,
    byLot: postByLot,
    othersShare: isRestAsked ? 1 : lotShare,
    types: types.flatMap((_, place) => view(place)),
  }
}

/**
 * Allocates what is left of the day’s tests among those who still come.
 * @returns one entry a post: never more new tests than `(budget − taken) / (1 − noShowShare)`
 */
export const allocateTesting = (input: AllocateInput): PostAllocated[] => {
  const { state, day, posts, pending, lotShare, noShowShare, seed } = input
  const asked = [
    ...posts.flatMap(({ expected }) => expected.map(([type]) => type)),
    ...pending.map(([type]) => type),
  ]
  const { types, prior, belief } = stateOn(
    state,
    day,
    [...new Set(asked)].sort((a, b) => a - b),
  )
  const place = new Map(types.map((type, at) => [type, at]))
  const spread = (counts: readonly (readonly [TypeCode, number])[]): number[] => {
    const list = types.map(() => 0)
    for (const [type, count] of counts) list[place.get(type) ?? -1] = count
    return list
  }
  const arrivals = posts.map(({ postId, expected, arrived }) => {
    const people = spread(expected)
    const whole = sum(people)
    const left = whole === 0 ? 0 : Math.max(leastLeft, 1 - arrived / whole)
    const start = seededUniform(seed, postId)()
    return wholePeople(
      people.map((count) => count * left),
      start,
    )
  })
  const worked = allocateFromBelief({
    prior,
    belief,
    covariates: types.map(() => []),
    pendingTests: spread(pending),
    posts: posts.map(({ budget, taken }, at) => ({
      arrivals: arrivals[at] ?? [],
      budget: Math.max(0, budget - taken),
      noShowShare,
    })),
    explorationFloor: lotShare,
    seed,
  })
  const people = types.map((_, at) => sum(arrivals.map((list) => list[at] ?? 0)))
  const all = sum(people)
  const average =
    all === 0 ? 0 : sum(people.map((count, at) => count * (worked.beliefs[at]?.mean ?? 0))) / all
  return posts.map(({ postId }, at) =>
    postAllocated(worked, at, postId, { types, arrivals: arrivals[at] ?? [], average }),
  )
}
