import { type ConformalTails, createConformalTails } from './adaptive-conformal.ts'
import { dailySettings, type ForecastSettings, hourlySettings } from './forecast-settings.ts'
import { filterLength, type Motion, slopeReach } from './level-filter.ts'
import { createProfile, type WeeklyProfile } from './weekly-profile.ts'
import type { WindowGrid } from './window-grid.ts'

/** What the values of a series are: whole numbers of people or vehicles, or amounts on a continuous scale. */
export type FlowUnit = 'counts' | 'amounts'

/** Everything that is known of one post; changed in place as its windows are taken. */
export type PostState = {
  readonly unit: FlowUnit
  /** Added to a value before its logarithm is taken; 0 until an amount above 0 was seen. */
  offset: number
  /** First window, the next one to take, and the last one with a value (−1 for none). */
  readonly first: number
  next: number
  lastSeen: number
  isStarted: boolean
  /** Logarithms and precisions of the last days, a ring of whole days. */
  readonly logs: Float64Array
  readonly precisions: Float64Array
  readonly profiles: readonly [WeeklyProfile, WeeklyProfile]
  readonly filters: Float64Array
  /** The filters as they were when a holiday began, and whether one is on. */
  readonly heldFilters: Float64Array
  isHeld: boolean
  /** Level, slope and deviation of each follower after each of the last windows, and at the last midnights. */
  readonly recent: Float64Array
  readonly midnights: Float64Array
  /** Discounted loss of each follower at each lead, and the weight it rests on. */
  readonly losses: Float64Array
  readonly lossWeights: Float64Array
  /** Variance of the logarithm at each lead, beyond that of counting. */
  readonly variances: Float64Array
  /** Squared errors of a slot in units of the variance, and their number. */
  readonly slotErrors: Float64Array
  readonly slotCounts: Float64Array
  readonly tails: readonly ConformalTails[]
  /** Discounted sum of values over what was expected, and of the weights: sizes in units of the usual size of late. */
  ratioSum: number
  ratioWeight: number
  usualMean: number
  /** Sum and number of logarithmic effects by day of a holiday. */
  readonly holidayEffects: Map<string, { sum: number; count: number }>
}

/** What does not change while a post is followed. */
export type PostModel = {
  readonly grid: WindowGrid
  readonly settings: ForecastSettings
  readonly motions: readonly Motion[]
  /** Windows ahead at which followers are weighed and errors are kept, ascending. */
  readonly leads: readonly number[]
  /** Days of slope of each follower by windows ahead, as far as they were asked for. */
  readonly reaches: Map<number, Float64Array>
  /** One number for each follower, written before they are read. */
  readonly ahead: Float64Array
  readonly weights: Float64Array
}

const leadsOf = (windowsPerDay: number): number[] => {
  if (windowsPerDay === 1) return [1, 7]
  const withinDay = [
    1,
    Math.max(2, Math.round(windowsPerDay / 12)),
    Math.max(3, Math.round(windowsPerDay / 4)),
  ]
  return [...new Set([...withinDay.filter((lead) => lead < windowsPerDay), windowsPerDay, 7 * windowsPerDay])]
}

export const createPostModel = (grid: WindowGrid, given?: ForecastSettings): PostModel => {
  const { windowsPerDay: count, windowMinutes } = grid
  const settings = given ?? (count === 1 ? dailySettings : hourlySettings)
  const fading = count === 1 ? 0 : settings.deviationPerHour ** (windowMinutes / 60)
  const noise = settings.observationVariance
  const motions = settings.followers.map(({ level, slope, damping }) => ({
    level: (level * noise) / count,
    slope: (slope * noise) / count,
    damping: slope === 0 ? 0 : damping ** (1 / count),
    reach: slope === 0 ? 0 : slopeReach(damping, 1 / count),
    fading,
    deviation: count === 1 ? 0 : settings.deviationVariance * noise * (1 - fading * fading),
  }))
  const followers = settings.followers.length
  return {
    grid,
    settings,
    motions,
    leads: leadsOf(count),
    reaches: new Map(),
    ahead: new Float64Array(followers),
    weights: new Float64Array(followers),
  }
}

const startingVariance = 0.05
export const midnightsKept = 8
const errorDays = 14
const mostErrors = 504
const dailyErrors = 60

export const createPost = (
  { grid, settings, leads }: PostModel,
  unit: FlowUnit,
  first: number,
): PostState => {
  const count = grid.windowsPerDay
  const followers = settings.followers.length
  const days = settings.profileDays + 1
  const ring = count === 1 ? dailyErrors : Math.min(errorDays * count, mostErrors)
  return {
    unit,
    offset: unit === 'counts' ? 0.5 : 0,
    first,
    next: first,
    lastSeen: -1,
    isStarted: false,
    logs: new Float64Array(days * count).fill(Number.NaN),
    precisions: new Float64Array(days * count),
    profiles: [createProfile(count), createProfile(count)],
    filters: new Float64Array(followers * filterLength),
    heldFilters: new Float64Array(followers * filterLength),
    isHeld: false,
    recent: new Float64Array((count + 1) * followers * 3).fill(Number.NaN),
    midnights: new Float64Array(midnightsKept * followers * 3).fill(Number.NaN),
    losses: new Float64Array(leads.length * followers),
    lossWeights: new Float64Array(leads.length),
    variances: new Float64Array(leads.length).fill(startingVariance),
    slotErrors: new Float64Array(count),
    slotCounts: new Float64Array(count),
    tails: leads.map(() => createConformalTails(ring)),
    ratioSum: 0,
    ratioWeight: 0,
    usualMean: 0,
    holidayEffects: new Map(),
  }
}

const copyProfile = (profile: WeeklyProfile): WeeklyProfile => ({
  slots: profile.slots.slice(),
  cells: profile.cells.slice(),
  weekdays: profile.weekdays.slice(),
  season: profile.season.slice(),
})

/** A copy that shares nothing with the state. */
export const copyPost = (state: PostState): PostState => ({
  ...state,
  logs: state.logs.slice(),
  precisions: state.precisions.slice(),
  profiles: [copyProfile(state.profiles[0]), copyProfile(state.profiles[1])],
  filters: state.filters.slice(),
  heldFilters: state.heldFilters.slice(),
  recent: state.recent.slice(),
  midnights: state.midnights.slice(),
  losses: state.losses.slice(),
  lossWeights: state.lossWeights.slice(),
  variances: state.variances.slice(),
  slotErrors: state.slotErrors.slice(),
  slotCounts: state.slotCounts.slice(),
  tails: state.tails.map((tails) => ({
    ...tails,
    errors: tails.errors.slice(),
    sorted: tails.sorted.slice(),
  })),
  holidayEffects: new Map([...state.holidayEffects].map(([key, sums]) => [key, { ...sums }])),
})
