import { requireDomain } from '#src/numerics/domain.ts'

/** Hours of a week; on a holiday those of Sunday stand for the day. */
export const hoursPerWeek = 168

/**
 * What is known of a flow after some hours: a level that moves and a weekly profile around it. Plain numbers, so that it
 * can be stored and gone on from.
 */
export type FlowState = {
  /** Discounted count and discounted profile since the beginning: level = a / b. */
  readonly a: number
  readonly b: number
  /** Discounted sums by hour of the week: counts, and what the level alone would have led to expect. */
  readonly seen: readonly number[]
  readonly due: readonly number[]
  /** Discounted Σ((y − m)² − m) and Σm²: their ratio is the dispersion beyond Poisson. */
  readonly excess: number
  readonly square: number
  readonly hours: number
}

/** Mean and dispersion of a count to come, var = m + α m². */
export type FlowForecast = { readonly mean: number; readonly alpha: number }

const halfLife = (hours: number): number => 0.5 ** (1 / hours)
const levelDiscount = halfLife(36)
const profileDiscount = halfLife(6 * 168)
const spreadDiscount = halfLife(14 * 24)
/** Pseudo-counts with which an hour of the week leans on the same hour of other days, and that on a usual day. */
const weekWeight = 30
const dayWeight = 3
/** Share of what is known of the level that is left after an event that may change it. */
const afterEvent = 0.1
const leastLevel = 1e-3
const spreadPrior = 50

/**
 * A day as a road has it, until a post has shown its own: quiet before dawn, busiest in the late afternoon; an assumption.
 */
const usualDay: readonly number[] = (() => {
  const raw = [
    0.25, 0.18, 0.14, 0.12, 0.14, 0.3, 0.7, 1.2, 1.6, 1.6, 1.5, 1.4, 1.3, 1.35, 1.45, 1.55, 1.65, 1.7, 1.5,
    1.2, 0.95, 0.7, 0.5, 0.35,
  ]
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length
  return raw.map((value) => value / mean)
})()

/** A flow of which nothing is known but what it may be about. @param perHour  a first guess, > 0 */
export const emptyFlow = (perHour: number): FlowState => {
  requireDomain(perHour > 0 && Number.isFinite(perHour), `a flow of ${perHour} an hour`)
  return {
    a: perHour * 0.05,
    b: 0.05,
    seen: new Array<number>(hoursPerWeek).fill(0),
    due: new Array<number>(hoursPerWeek).fill(0),
    excess: 0,
    square: 0,
    hours: 0,
  }
}

const sumOfDays = (values: readonly number[], hour: number): number => {
  let sum = 0
  for (let day = 0; day < 7; day++) sum += values[day * 24 + hour] ?? 0
  return sum
}

/** The profile at an hour of the week: 1 where an hour is as the average of all. */
const profileAt = (flow: FlowState, hourOfWeek: number): number => {
  const hour = hourOfWeek % 24
  const usual = usualDay[hour] ?? 1
  const daily = (sumOfDays(flow.seen, hour) + dayWeight * usual) / (sumOfDays(flow.due, hour) + dayWeight)
  const seen = flow.seen[hourOfWeek] ?? 0
  const due = flow.due[hourOfWeek] ?? 0
  return Math.max(1e-3, (seen + weekWeight * daily) / (due + weekWeight))
}

/** Dispersion of a flow beyond Poisson, without what is unknown of its level. */
export const flowDispersion = ({ excess, square }: FlowState): number =>
  Math.max(0, excess / (square + spreadPrior))

/**
 * The count of an hour to come.
 *   y ~ NB(mean = level × profile(hour of week), var = m + (α + 1 / (a δ^h)) m²)
 * @param flow  what is known   @param hourOfWeek  0 to 167, from Sunday 0:00   @param ahead  hours after the last one taken, 1 or more
 * @throws RangeError where an argument is out of its domain
 * Assumptions: the level moves slowly against an hour; the profile is that of the last weeks.
 * Method: gamma-Poisson filter with discounting; no randomness.
 * Source: Harvey and Fernandes 1989, doi:10.1080/07350015.1989.10509750, section 2
 * @example flowForecast(emptyFlow(12), 3, 1).mean < 2 // true
 */
export const flowForecast = (flow: FlowState, hourOfWeek: number, ahead: number): FlowForecast => {
  requireDomain(
    Number.isInteger(hourOfWeek) && hourOfWeek >= 0 && hourOfWeek < hoursPerWeek,
    `hour ${hourOfWeek} of a week`,
  )
  requireDomain(ahead >= 1, `a forecast ${ahead} hours ahead`)
  const mean = Math.max(leastLevel, (flow.a / flow.b) * profileAt(flow, hourOfWeek))
  const known = Math.max(0.05, flow.a * levelDiscount ** (ahead - 1))
  return { mean, alpha: flowDispersion(flow) + 1 / known }
}

/**
 * Takes the count of the next hour.
 * @param count  ≥ 0   @param isEvent  rules, risk areas or the like changed, so that the level may jump: most of what was
 * known of it is let go
 */
export const takeFlow = (
  flow: FlowState,
  {
    hourOfWeek,
    count,
    isEvent,
  }: { readonly hourOfWeek: number; readonly count: number; readonly isEvent: boolean },
): FlowState => {
  const before = isEvent ? { ...flow, a: flow.a * afterEvent, b: flow.b * afterEvent } : flow
  const { mean } = flowForecast(before, hourOfWeek, 1)
  const profile = profileAt(before, hourOfWeek)
  const level = before.a / before.b
  const seen = before.seen.map((value) => value * profileDiscount)
  const due = before.due.map((value) => value * profileDiscount)
  seen[hourOfWeek] = (seen[hourOfWeek] ?? 0) + count
  due[hourOfWeek] = (due[hourOfWeek] ?? 0) + level
  // While the profile is unknown, its errors are no dispersion.
  const learns = before.hours >= 2 * 24
  return {
    a: before.a * levelDiscount + count,
    b: before.b * levelDiscount + profile,
    seen,
    due,
    excess: before.excess * spreadDiscount + (learns ? (count - mean) ** 2 - mean : 0),
    square: before.square * spreadDiscount + (learns ? mean * mean : 0),
    hours: before.hours + 1,
  }
}
