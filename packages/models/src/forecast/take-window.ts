import { beginDay, type Surroundings } from './begin-day.ts'
import { classOfDay } from './day-calendar.ts'
import { keepLevels } from './follower-mix.ts'
import { holidayEffect } from './holiday-level.ts'
import { filterLength, followWindow } from './level-filter.ts'
import type { EventEffect } from './policy-event.ts'
import type { PostModel, PostState } from './post-state.ts'
import { scoreWindow } from './score-window.ts'

/** Variance that an unforeseen event adds to the level. */
const breakVariance = 1

/**
 * Takes the next window of a post.
 * @param value  people, vehicles or an amount; NaN where nothing was observed
 */
export const takeWindow = (
  state: PostState,
  model: PostModel,
  surroundings: Surroundings,
  value: number,
  effect: EventEffect,
): void => {
  const { grid, settings, motions } = model
  const count = grid.windowsPerDay
  const window = state.next
  const [day, slot] = [Math.floor(window / count), window % count]
  if (slot === 0 && window > state.first) beginDay(state, model, surroundings, day)
  if (state.offset === 0 && value > 0) state.offset = value / 100
  const isSeen = !Number.isNaN(value) && !effect.isClosed && state.offset > 0
  const log = isSeen ? Math.log(value + state.offset) : Number.NaN
  const kept = (day % (settings.profileDays + 1)) * count + slot
  state.logs[kept] = log - effect.logShift
  const counting = state.unit === 'counts' ? Math.exp(-log) : 0
  state.precisions[kept] = isSeen ? 1 / (settings.observationVariance + counting) : 0
  if (state.isStarted) {
    const today = classOfDay(day, surroundings.calendar)
    const cell = today.weekday * count + slot
    const shift = effect.logShift + holidayEffect(state, today)
    if (isSeen) scoreWindow(state, model, { value, log, shift, cell, slot })
    for (let follower = 0; follower < motions.length; follower++) {
      const motion = motions[follower]
      if (motion === undefined) continue
      const at = follower * filterLength
      if (effect.breaks > 0)
        state.filters[at + 3] = (state.filters[at + 3] ?? 0) + effect.breaks * breakVariance
      const season = state.profiles[settings.followers[follower]?.profile ?? 0].season[cell] ?? 0
      const expected = season + (state.filters[at] ?? 0) + (state.filters[at + 2] ?? 0)
      const noise =
        settings.observationVariance +
        (state.unit === 'counts' ? 1 / Math.max(state.offset, Math.exp(expected)) : 0)
      followWindow(state.filters, at, motion, {
        value: log - shift - season,
        noise,
        breakThreshold: settings.breakThreshold,
      })
    }
    if (count > 1)
      keepLevels(state.filters, state.recent, (window % (count + 1)) * settings.followers.length * 3)
  }
  if (isSeen) state.lastSeen = window
  state.next = window + 1
}
