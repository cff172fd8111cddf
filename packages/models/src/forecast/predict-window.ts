import { conformalBounds, normalTail } from './adaptive-conformal.ts'
import type { Surroundings } from './begin-day.ts'
import { classOfDay } from './day-calendar.ts'
import { flowLaw, flowQuantile } from './flow-law.ts'
import { betweenLeads, followerWeights, levelsAhead } from './follower-mix.ts'
import { filtersOn, holidayEffect } from './holiday-level.ts'
import { filterLength } from './level-filter.ts'
import type { EventEffect } from './policy-event.ts'
import type { PostModel, PostState } from './post-state.ts'
import { slotScale } from './score-window.ts'

/** A forecast of one window: its mean, median, and the band that is meant to hold nine in ten. */
export type Prediction = {
  readonly mean: number
  readonly q05: number
  readonly q50: number
  readonly q95: number
}

const nothing: Prediction = { mean: 0, q05: 0, q50: 0, q95: 0 }
/** Least median of a law, in units of what is added before the logarithm. */
const leastMiddle = 2e-6
const greatestVariance = 4
/** Days for which the law is taken to have the right mean. */
const ratioPriorDays = 10

const between = (a: number, b: number, share: number): number => a + share * (b - a)

const varianceAhead = (state: PostState, { leads }: PostModel, windows: number): number => {
  const { near, far, share } = betweenLeads(leads, windows)
  const longest = leads.at(-1) ?? 1
  return (
    between(state.variances[near] ?? 0, state.variances[far] ?? 0, share) * Math.max(1, windows / longest)
  )
}

/** Variances of what is announced: an event, and a holiday that is new to the post or known. */
const eventVariance = 0.5
const holidayVariance = { isNew: 0.1, isKnown: 0.03 }

/**
 * Forecasts one window at or after the next one.
 * @param breaks  unforeseen breaks between now and then, as `EventEffect` counts them
 * @returns null where the post has never had a value
 */
export const predictWindow = (
  state: PostState,
  model: PostModel,
  { calendar }: Surroundings,
  window: number,
  effect: EventEffect,
  breaks: number,
): Prediction | null => {
  if (!state.isStarted) return null
  if (effect.isClosed) return nothing
  const { settings, grid, leads } = model
  const followers = settings.followers.length
  const today = classOfDay(Math.floor(window / grid.windowsPerDay), calendar)
  const filters = filtersOn(state, model, today)
  const ahead = new Float64Array(followers)
  levelsAhead(model, filters, 0, filterLength, window - state.next + 1, ahead)
  const distance = Math.max(1, window - state.lastSeen)
  const { near, far, share } = betweenLeads(leads, distance)
  const nearWeights = new Float64Array(followers)
  const farWeights = new Float64Array(followers)
  followerWeights(state, model, near, nearWeights)
  followerWeights(state, model, far, farWeights)
  const slot = window % grid.windowsPerDay
  const cell = today.weekday * grid.windowsPerDay + slot
  let log = effect.logShift + holidayEffect(state, today)
  for (let follower = 0; follower < followers; follower++) {
    const season = state.profiles[settings.followers[follower]?.profile ?? 0].season[cell] ?? 0
    const weight = between(nearWeights[follower] ?? 0, farWeights[follower] ?? 0, share)
    log += weight * (season + (ahead[follower] ?? 0))
  }
  const ofHoliday =
    today.holiday === null
      ? 0
      : state.holidayEffects.has(today.holiday)
        ? holidayVariance.isKnown
        : holidayVariance.isNew
  const variance = Math.min(
    greatestVariance,
    varianceAhead(state, model, distance) * slotScale(state, slot) + breaks * eventVariance + ofHoliday,
  )
  return bandOf(state, grid.windowsPerDay, log, variance, { near, far, share })
}

const bandOf = (
  state: PostState,
  windowsPerDay: number,
  log: number,
  variance: number,
  { near, far, share }: { readonly near: number; readonly far: number; readonly share: number },
): Prediction => {
  const isCount = state.unit === 'counts'
  const law = flowLaw(Math.max(leastMiddle * state.offset, Math.exp(log) - state.offset), variance)
  const quantile = (p: number): number => flowQuantile(state.unit, p, law)
  const q50 = quantile(0.5)
  const [nearTails, farTails] = [state.tails[near], state.tails[far]]
  const plain = { low: normalTail, high: normalTail }
  const nearBounds = nearTails === undefined ? plain : conformalBounds(nearTails)
  const farBounds = farTails === undefined ? plain : conformalBounds(farTails)
  const middle = Math.log(q50 + state.offset)
  const stretched = (p: number, bound: number): number => {
    const distance = Math.log(quantile(p) + state.offset) - middle
    const value = Math.max(0, Math.exp(middle + (distance * bound) / normalTail) - state.offset)
    return isCount ? Math.round(value) : value
  }
  const ratioPrior = ratioPriorDays * windowsPerDay
  const ratio = (state.ratioSum + ratioPrior) / (state.ratioWeight + ratioPrior)
  return {
    mean: law.mean * Math.max(0.85, Math.min(1.15, ratio)),
    q05: Math.min(q50, stretched(0.05, between(nearBounds.low, farBounds.low, share))),
    q50,
    q95: Math.max(q50, stretched(0.95, between(nearBounds.high, farBounds.high, share))),
  }
}
