import { median } from '#src/numerics/median.ts'
import type { DayClass } from './day-calendar.ts'
import type { ForecastSettings } from './forecast-settings.ts'
import { weekdayEffects } from './weekday-effects.ts'

/** How a week goes, in logarithms about the level: slots of working and rest days, cells that differ from them, weekdays. */
export type WeeklyProfile = {
  /** Working days first, then rest days: twice the slots of a day. */
  readonly slots: Float64Array
  /** Monday to Sunday, the slots of each. */
  readonly cells: Float64Array
  readonly weekdays: Float64Array
  /** Sum of the three for each weekday and slot. */
  readonly season: Float64Array
}

/** The logarithms of some days, days in order. */
export type ProfileData = {
  readonly windowsPerDay: number
  /** From this day (counted from 1970) on, one class for each day. */
  readonly firstDay: number
  readonly classes: readonly DayClass[]
  /** Logarithms, NaN where nothing was observed. */
  readonly logs: Float64Array
  /** 1 / variance of each. */
  readonly precisions: Float64Array
  /** Standard deviation of each. */
  readonly spreads: Float64Array
}

export const createProfile = (windowsPerDay: number): WeeklyProfile => ({
  slots: new Float64Array(2 * windowsPerDay),
  cells: new Float64Array(7 * windowsPerDay),
  weekdays: new Float64Array(7),
  season: new Float64Array(7 * windowsPerDay),
})

/** Times the usual scatter beyond which a day weighs less. */
const oddDay = 1.5
/** Scatter, in units of the observation variance, up to which every day goes like its weekday. */
const leastScatter = 0.1
const holidayWeight = 0.1
const clipInDeviations = 1.5
/** Observations that the pool stands for in a slot of a new post; it fades as the post gets days of its own. */
const pooledSlotWeight = 1
const pooledDays = 14
const hoursPerDay = 24
const leastFreedom = 5
const leastCellPrior = 0.5
const greatestCellPrior = 20

type Fit = {
  readonly data: ProfileData
  readonly profile: WeeklyProfile
  readonly levels: Float64Array
  /** Weight of each day: less where it went unlike its weekday, as an unannounced holiday does. */
  readonly dayWeights: Float64Array
  readonly halfLife: number
  readonly settings: ForecastSettings
  readonly pool: WeeklyProfile | null
  /** Share of the pool that is left, 1 for a new post. */
  readonly poolShare: number
}

/** Precision-weighted level of each day, with values far from it drawn in. */
const fitLevels = ({ data, profile, levels, dayWeights }: Fit): void => {
  const { windowsPerDay: count, classes, logs, precisions } = data
  for (const [day, { weekday, isRest }] of classes.entries()) {
    let level = Number.NaN
    let [scatter, all] = [0, 0]
    for (let pass = 0; pass < 2; pass++) {
      let [sum, weight] = [0, 0]
      for (let slot = 0; slot < count; slot++) {
        const log = logs[day * count + slot] ?? Number.NaN
        if (Number.isNaN(log)) continue
        const precision = precisions[day * count + slot] ?? 0
        const value =
          log -
          (profile.slots[(isRest ? count : 0) + slot] ?? 0) -
          (profile.cells[weekday * count + slot] ?? 0)
        const limit = clipInDeviations * (data.spreads[day * count + slot] ?? 0)
        const far = pass === 0 ? 0 : Math.abs(value - level)
        const kept = far > limit ? (precision * limit) / far : precision
        if (pass === 1) {
          scatter += precision * far * far
          all++
        }
        sum += kept * value
        weight += kept
      }
      level = sum / weight
    }
    levels[day] = level
    dayWeights[day] = scatter / all
  }
  const known = dayWeights.filter((value) => !Number.isNaN(value))
  const usual = Math.max(leastScatter, known.length > 0 ? median([...known]) : 0)
  for (const [day, value] of dayWeights.entries())
    dayWeights[day] = value > oddDay * usual ? (oddDay * usual) / value : 1
}

type ResidualSums = {
  readonly sums: Float64Array
  readonly weights: Float64Array
  readonly squares: Float64Array
  readonly weightSquares: Float64Array
}

/** Sums of weight × residual and of weights, by slot of working and rest days or by cell. */
const residualSums = (fit: Fit, isByCell: boolean, clip: number): ResidualSums => {
  const { data, profile, levels, dayWeights, halfLife, settings } = fit
  const { windowsPerDay: count, classes, logs, precisions } = data
  const sums = new Float64Array((isByCell ? 7 : 2) * count)
  const weights = new Float64Array(sums.length)
  const squares = new Float64Array(sums.length)
  const weightSquares = new Float64Array(sums.length)
  for (const [day, { weekday, isRest, holiday }] of classes.entries()) {
    const level = levels[day] ?? Number.NaN
    if (Number.isNaN(level) || (isByCell && holiday !== null)) continue
    const age =
      2 ** (-(classes.length - day) / halfLife) *
      (dayWeights[day] ?? 1) *
      (holiday === null ? 1 : holidayWeight)
    for (let slot = 0; slot < count; slot++) {
      const log = logs[day * count + slot] ?? Number.NaN
      if (Number.isNaN(log)) continue
      const precision = precisions[day * count + slot] ?? 0
      const [slotAt, cellAt] = [(isRest ? count : 0) + slot, weekday * count + slot]
      const [slotValue, cellValue] = [profile.slots[slotAt] ?? 0, profile.cells[cellAt] ?? 0]
      const limit = clip * (data.spreads[day * count + slot] ?? 0)
      const error = Math.max(-limit, Math.min(limit, log - level - slotValue - cellValue))
      const weight = age * settings.observationVariance * precision
      const at = isByCell ? cellAt : slotAt
      const value = error + (isByCell ? cellValue : slotValue)
      sums[at] = (sums[at] ?? 0) + weight * value
      weights[at] = (weights[at] ?? 0) + weight
      if (!isByCell) continue
      squares[at] = (squares[at] ?? 0) + weight * value * value
      weightSquares[at] = (weightSquares[at] ?? 0) + weight * weight
    }
  }
  return { sums, weights, squares, weightSquares }
}

/** Slots never seen get the value of the nearest that was. */
const fillUnseen = (
  slots: Float64Array,
  from: number,
  count: number,
  isSeen: (at: number) => boolean,
): void => {
  for (let slot = 0; slot < count; slot++) {
    if (isSeen(from + slot)) continue
    for (let step = 1; step < count; step++) {
      const near = [slot - step, slot + step].find((at) => at >= 0 && at < count && isSeen(from + at))
      if (near === undefined) continue
      slots[from + slot] = slots[from + near] ?? 0
      break
    }
  }
}

/** Draws the slots of a day to the middle of their neighbours: a day has no steps that 20 minutes could show. */
const smoothSlots = (slots: Float64Array, count: number, share: number): void => {
  const old = slots.slice()
  for (let at = 0; at < 2 * count; at++) {
    const from = at < count ? 0 : count
    const [before, after] = [from + ((at - from + count - 1) % count), from + ((at - from + 1) % count)]
    slots[at] = (1 - share) * (old[at] ?? 0) + (share / 2) * ((old[before] ?? 0) + (old[after] ?? 0))
  }
}

const fitSlots = (fit: Fit, clip: number): void => {
  const { data, profile, settings, pool, poolShare } = fit
  const count = data.windowsPerDay
  const { sums, weights } = residualSums(fit, false, clip)
  const ownWeight = (at: number): number => weights[at] ?? 0
  let [poolShift, poolWeight] = [0, 0]
  for (let at = 0; at < 2 * count; at++) {
    poolShift += (sums[at] ?? 0) - ownWeight(at) * (pool?.slots[at] ?? 0)
    poolWeight += ownWeight(at)
  }
  poolShift = poolWeight > 0 ? poolShift / poolWeight : 0
  for (let slot = 0; slot < count; slot++) {
    const bothWeight = ownWeight(slot) + ownWeight(count + slot)
    const both = bothWeight > 0 ? ((sums[slot] ?? 0) + (sums[count + slot] ?? 0)) / bothWeight : 0
    for (const at of [slot, count + slot]) {
      const pooled = pooledSlotWeight * poolShare
      const prior = bothWeight > 0 ? settings.slotPrior * (1 - poolShare) : 0
      const weight = ownWeight(at) + prior + pooled
      profile.slots[at] =
        weight > 0
          ? ((sums[at] ?? 0) + prior * both + pooled * ((pool?.slots[at] ?? 0) + poolShift)) / weight
          : 0
    }
  }
  if (count > hoursPerDay) smoothSlots(profile.slots, count, settings.neighbourShare)
  if (poolShare > 0) return
  const isSeen = (at: number): boolean => ownWeight(at % count) + ownWeight(count + (at % count)) > 0
  fillUnseen(profile.slots, 0, count, isSeen)
  fillUnseen(profile.slots, count, count, isSeen)
}

/**
 * Observations that the prior of a cell stands for: variance within cells over variance between them, by moments, so that
 * cells that do not differ beyond their noise are drawn to nothing.
 */
const cellPriorOf = (
  { sums, weights, squares, weightSquares }: ResidualSums,
  { cellPrior }: ForecastSettings,
): number => {
  let [scatter, freedom] = [0, 0]
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0
    if (weight === 0) continue
    scatter += (squares[at] ?? 0) - (sums[at] ?? 0) ** 2 / weight
    freedom += weight - (weightSquares[at] ?? 0) / weight
  }
  if (freedom < leastFreedom) return cellPrior
  const within = scatter / freedom
  let [between, total] = [0, 0]
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0
    if (weight === 0) continue
    const noise = (within * (weightSquares[at] ?? 0)) / (weight * weight)
    between += weight * (((sums[at] ?? 0) / weight) ** 2 - noise)
    total += weight
  }
  const ratio = between > 0 ? (0.3 * within * total) / between : Number.POSITIVE_INFINITY
  return Math.max(leastCellPrior, Math.min(greatestCellPrior, ratio))
}

const fitCells = (fit: Fit): void => {
  const { profile, settings, pool, poolShare } = fit
  const residuals = residualSums(fit, true, clipInDeviations)
  const prior = cellPriorOf(residuals, settings)
  for (let at = 0; at < profile.cells.length; at++) {
    const pooled = prior * poolShare * (pool?.cells[at] ?? 0)
    profile.cells[at] = ((residuals.sums[at] ?? 0) + pooled) / ((residuals.weights[at] ?? 0) + prior)
  }
}

/**
 * Fits the week to days of logarithms, by turns: levels of days, slots, cells; then the weekdays from the levels.
 *   log = level(day) + slot(working or rest day) + cell(weekday, slot) + noise
 * Older days weigh less, values far off are drawn in, holidays say little about slots and nothing about weekdays.
 * @param profile  where the turns begin, changed in place   @param halfLife  in days   @param turns  how many
 * @param pool  the profile of other posts, towards which few observations are drawn; null for none
 * @returns the level of each day, NaN where nothing was observed
 */
export const fitProfile = (
  profile: WeeklyProfile,
  data: ProfileData,
  options: {
    readonly halfLife: number
    readonly turns: number
    readonly settings: ForecastSettings
    readonly pool: WeeklyProfile | null
    readonly hasWeekdays: boolean
    /** The profile is still empty: at first nothing is far off. */
    readonly isFresh: boolean
  },
): Float64Array => {
  const count = data.windowsPerDay
  const levels = new Float64Array(data.classes.length)
  const poolShare = options.pool === null ? 0 : Math.max(0, 1 - data.classes.length / pooledDays)
  const dayWeights = new Float64Array(levels.length)
  const fit: Fit = { data, profile, levels, dayWeights, poolShare, ...options }
  for (let turn = 0; turn < options.turns; turn++) {
    fitLevels(fit)
    if (count === 1) break
    fitSlots(fit, options.isFresh && turn === 0 ? Number.POSITIVE_INFINITY : clipInDeviations)
    fitCells(fit)
  }
  if (options.hasWeekdays)
    profile.weekdays.set(
      weekdayEffects(levels, data.classes, options.halfLife, options.pool?.weekdays ?? null),
    )
  for (let at = 0; at < 7 * count; at++) {
    const weekday = Math.floor(at / count)
    profile.season[at] =
      (profile.slots[(weekday > 4 ? count : 0) + (at % count)] ?? 0) +
      (profile.cells[at] ?? 0) +
      (profile.weekdays[weekday] ?? 0)
  }
  return levels
}
