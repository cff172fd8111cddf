import type { DayClass } from './day-calendar.ts'
import { filterLength } from './level-filter.ts'
import type { PostModel, PostState } from './post-state.ts'

const afterHolidayVariance = 0.1

/** Expected logarithmic effect of a day of a holiday, from the years before. */
export const holidayEffect = (state: PostState, { holiday }: DayClass): number => {
  const sums = holiday === null ? undefined : state.holidayEffects.get(holiday)
  return sums === undefined ? 0 : sums.sum / (sums.count + 0.5)
}

/** Whether a follower goes back to its level of before a holiday; the others go on from that of the holiday. */
const goesBack = ({ settings }: PostModel, follower: number): boolean =>
  settings.followers[follower]?.profile === 0

/** The filters as they count on a day: after a holiday, half of them are those of before it. */
export const filtersOn = (state: PostState, model: PostModel, { holiday }: DayClass): Float64Array => {
  if (holiday !== null || !state.isHeld) return state.filters
  const filters = state.filters.slice()
  for (let follower = 0; follower < model.settings.followers.length; follower++) {
    if (!goesBack(model, follower)) continue
    const at = follower * filterLength
    filters.set(state.heldFilters.subarray(at, at + filterLength), at)
    filters[at + 3] = (filters[at + 3] ?? 0) + afterHolidayVariance
  }
  return filters
}

/**
 * A holiday that begins puts the level aside, and one that ends brings it back for half of the followers: whether people
 * come as before is seen within a day or two. The effect of each day is learned in between.
 * @param levelOfYesterday  logarithm, NaN where nothing was observed
 */
export const turnHoliday = (
  state: PostState,
  model: PostModel,
  today: DayClass,
  yesterday: DayClass,
  levelOfYesterday: number,
): void => {
  if (state.isHeld && yesterday.holiday !== null && !Number.isNaN(levelOfYesterday)) {
    let before = 0
    const followers = model.settings.followers.length
    for (let at = 0; at < state.heldFilters.length; at += filterLength)
      before += (state.heldFilters[at] ?? 0) / followers
    const effect = levelOfYesterday - before - (state.profiles[0].weekdays[yesterday.weekday] ?? 0)
    const sums = state.holidayEffects.get(yesterday.holiday) ?? { sum: 0, count: 0 }
    state.holidayEffects.set(yesterday.holiday, { sum: sums.sum + effect, count: sums.count + 1 })
  }
  if (today.holiday !== null && !state.isHeld) {
    state.heldFilters.set(state.filters)
    state.isHeld = true
  } else if (today.holiday === null && state.isHeld) {
    state.filters.set(filtersOn(state, model, today))
    state.isHeld = false
  }
}
