import { sortErrors } from './adaptive-conformal.ts'
import { classOfDay, type DayCalendar } from './day-calendar.ts'
import { keepLevels, shiftLevels } from './follower-mix.ts'
import { turnHoliday } from './holiday-level.ts'
import { filterLength } from './level-filter.ts'
import { midnightsKept, type PostModel, type PostState } from './post-state.ts'
import { fitProfile, type ProfileData, type WeeklyProfile } from './weekly-profile.ts'

/** What surrounds a post: the calendar, and the profile of the others. */
export type Surroundings = {
  readonly calendar: DayCalendar
  readonly pool: WeeklyProfile | null
}

const startingLevelVariance = 0.3
const startingDeviationVariance = 0.05
const firstTurns = 6
const laterTurns = 1

/** Half-lives after which a day weighs too little to be read. */
const halfLivesRead = 5

const profileData = (
  state: PostState,
  { grid, settings }: PostModel,
  calendar: DayCalendar,
  day: number,
  halfLife: number,
): ProfileData => {
  const count = grid.windowsPerDay
  const ringDays = settings.profileDays + 1
  const most = Math.min(settings.profileDays, Math.ceil(halfLivesRead * halfLife))
  const firstDay = Math.max(Math.floor(state.first / count), day - most)
  const days = day - firstDay
  const logs = new Float64Array(days * count)
  const precisions = new Float64Array(days * count)
  for (let at = 0; at < days; at++) {
    const from = ((firstDay + at) % ringDays) * count
    logs.set(state.logs.subarray(from, from + count), at * count)
    precisions.set(state.precisions.subarray(from, from + count), at * count)
  }
  const classes = Array.from({ length: days }, (_, at) => classOfDay(firstDay + at, calendar))
  const spreads = precisions.map((precision) => (precision > 0 ? 1 / Math.sqrt(precision) : 0))
  return { windowsPerDay: count, firstDay, classes, logs, precisions, spreads }
}

/** How much lower a new profile fits the last day than the old one did. */
const shiftOfProfile = (old: Float64Array, profile: WeeklyProfile, data: ProfileData): number => {
  const { windowsPerDay: count, classes, logs, precisions } = data
  const day = classes.length - 1
  const weekday = classes[day]?.weekday ?? 0
  let [sum, weight] = [0, 0]
  for (let slot = 0; slot < count; slot++) {
    if (Number.isNaN(logs[day * count + slot] ?? Number.NaN)) continue
    const precision = precisions[day * count + slot] ?? 0
    const at = weekday * count + slot
    sum += precision * ((old[at] ?? 0) - (profile.season[at] ?? 0))
    weight += precision
  }
  return weight > 0 ? sum / weight : 0
}

/** Lets the followers of a profile begin at the last known day. */
const start = (
  state: PostState,
  { settings, grid }: PostModel,
  which: 0 | 1,
  levels: Float64Array,
  data: ProfileData,
): void => {
  const lastDay = levels.findLastIndex((level) => !Number.isNaN(level))
  if (lastDay < 0) return
  state.isStarted = true
  const weekday = data.classes[lastDay]?.weekday ?? 0
  for (const [follower, { profile }] of settings.followers.entries()) {
    if (profile !== which) continue
    const at = follower * filterLength
    state.filters[at] = (levels[lastDay] ?? 0) - (state.profiles[which].weekdays[weekday] ?? 0)
    state.filters[at + 3] = startingLevelVariance
    state.filters[at + 8] = grid.windowsPerDay === 1 ? 0 : startingDeviationVariance
  }
}

const shiftFollowers = (state: PostState, { settings }: PostModel, which: 0 | 1, shift: number): void => {
  const isOf = settings.followers.map((follower) => follower.profile === which)
  shiftLevels(state.filters, filterLength, isOf, shift)
  shiftLevels(state.heldFilters, filterLength, isOf, shift)
  shiftLevels(state.recent, 3, isOf, shift)
  shiftLevels(state.midnights, 3, isOf, shift)
}

/**
 * Fits the profiles to the days before this one and lets levels follow, so that what was fitted stays.
 * @param day  days from 1 January 1970 to the day that begins; days before it count
 */
export const beginDay = (
  state: PostState,
  model: PostModel,
  { calendar, pool }: Surroundings,
  day: number,
): void => {
  const { settings, grid } = model
  if (day <= Math.floor(state.first / grid.windowsPerDay)) return
  const isFresh = !state.isStarted
  const turns = isFresh ? firstTurns : laterTurns
  let lastLevel = Number.NaN
  for (const which of [0, 1] as const) {
    const halfLife = settings.halfLives[which]
    const data = profileData(state, model, calendar, day, halfLife)
    const profile = state.profiles[which]
    const old = profile.season.slice()
    const hasWeekdays = grid.windowsPerDay > 1 || which === 0
    const levels = fitProfile(profile, data, { halfLife, turns, settings, pool, hasWeekdays, isFresh })
    if (which === 0) lastLevel = levels.at(-1) ?? Number.NaN
    if (isFresh) start(state, model, which, levels, data)
    else shiftFollowers(state, model, which, shiftOfProfile(old, profile, data))
  }
  if (state.isStarted)
    turnHoliday(state, model, classOfDay(day, calendar), classOfDay(day - 1, calendar), lastLevel)
  keepLevels(state.filters, state.midnights, (day % midnightsKept) * settings.followers.length * 3)
  for (const tails of state.tails) sortErrors(tails)
}
