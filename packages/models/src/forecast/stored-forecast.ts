import type { ConformalTails } from './adaptive-conformal.ts'
import type { ForecastState } from './forecast-posts.ts'
import type { PostState } from './post-state.ts'
import type { WeeklyProfile } from './weekly-profile.ts'

/** Numbers of a state as JSON can hold them: null stands for what was not observed. */
type Numbers = readonly (number | null)[]

type Stored<T> = T extends Float64Array
  ? Numbers
  : T extends ReadonlyMap<string, infer Value>
    ? readonly (readonly [string, Stored<Value>])[]
    : T extends readonly unknown[]
      ? { readonly [Key in keyof T]: Stored<T[Key]> }
      : T extends object
        ? { readonly [Key in keyof T]: Stored<T[Key]> }
        : T

/** A state as plain JSON, with the version of its form. */
export type StoredForecast = Stored<ForecastState> & { readonly version: 1 }

const numbersOf = (values: Float64Array): Numbers =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value))

const arrayOf = (numbers: Numbers): Float64Array => Float64Array.from(numbers, (value) => value ?? Number.NaN)

const storeProfile = (profile: WeeklyProfile): Stored<WeeklyProfile> => ({
  slots: numbersOf(profile.slots),
  cells: numbersOf(profile.cells),
  weekdays: numbersOf(profile.weekdays),
  season: numbersOf(profile.season),
})

const restoreProfile = (stored: Stored<WeeklyProfile>): WeeklyProfile => ({
  slots: arrayOf(stored.slots),
  cells: arrayOf(stored.cells),
  weekdays: arrayOf(stored.weekdays),
  season: arrayOf(stored.season),
})

const storeTails = (tails: ConformalTails): Stored<ConformalTails> => ({
  ...tails,
  errors: numbersOf(tails.errors),
  sorted: numbersOf(tails.sorted),
})

const storePost = (post: PostState): Stored<PostState> => ({
  ...post,
  logs: numbersOf(post.logs),
  precisions: numbersOf(post.precisions),
  profiles: [storeProfile(post.profiles[0]), storeProfile(post.profiles[1])],
  filters: numbersOf(post.filters),
  heldFilters: numbersOf(post.heldFilters),
  recent: numbersOf(post.recent),
  midnights: numbersOf(post.midnights),
  losses: numbersOf(post.losses),
  lossWeights: numbersOf(post.lossWeights),
  variances: numbersOf(post.variances),
  slotErrors: numbersOf(post.slotErrors),
  slotCounts: numbersOf(post.slotCounts),
  tails: post.tails.map(storeTails),
  holidayEffects: [...post.holidayEffects],
})

const restorePost = (stored: Stored<PostState>): PostState => ({
  ...stored,
  logs: arrayOf(stored.logs),
  precisions: arrayOf(stored.precisions),
  profiles: [restoreProfile(stored.profiles[0]), restoreProfile(stored.profiles[1])],
  filters: arrayOf(stored.filters),
  heldFilters: arrayOf(stored.heldFilters),
  recent: arrayOf(stored.recent),
  midnights: arrayOf(stored.midnights),
  losses: arrayOf(stored.losses),
  lossWeights: arrayOf(stored.lossWeights),
  variances: arrayOf(stored.variances),
  slotErrors: arrayOf(stored.slotErrors),
  slotCounts: arrayOf(stored.slotCounts),
  tails: stored.tails.map((tails) => ({
    ...tails,
    errors: arrayOf(tails.errors),
    sorted: arrayOf(tails.sorted),
  })),
  holidayEffects: new Map(stored.holidayEffects.map(([key, sums]) => [key, { ...sums }])),
})

/** A state as plain JSON, from which `restoreForecast` makes the same state again, to the last bit. */
export const storeForecast = (state: ForecastState): StoredForecast => ({
  ...state,
  version: 1,
  posts: [...state.posts].map(([name, post]) => [name, storePost(post)] as const),
  pool: state.pool === null ? null : storeProfile(state.pool),
})

/**
 * The state that was stored.
 * @throws RangeError for another version of the form: fit again
 */
export const restoreForecast = ({ version, ...stored }: StoredForecast): ForecastState => {
  if (version !== 1) throw new RangeError(`not a state of version 1: ${String(version)}`)
  return {
    ...stored,
    posts: new Map(stored.posts.map(([name, post]) => [name, restorePost(post)])),
    pool: stored.pool === null ? null : restoreProfile(stored.pool),
  }
}
