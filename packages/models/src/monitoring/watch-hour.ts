import { boundOf, type ChartState, emptyChart, scoreWith, takeHour } from './chart.ts'
import { emptyRate, feverRate, type RateState, takeRate } from './fever-rate.ts'
import { emptyFlow, type FlowForecast, type FlowState, flowForecast, takeFlow } from './flow-filter.ts'

/** What is watched at a post, in the order of its three charts. */
export const watched = ['fever', 'flow-high', 'flow-low'] as const
export type Watched = (typeof watched)[number]

/** What was counted at a post in an hour. */
export type HourCounts = { readonly vehicles: number; readonly travellers: number; readonly febrile: number }

export type Thresholds = { readonly fever: number; readonly flow: number }

export type WatchSettings = {
  readonly thresholds: Thresholds
  /** Hours that a change may lie back. */
  readonly feverWindowHours: number
  readonly flowWindowHours: number
  /** Hours of a post before which its flow raises nothing. */
  readonly learningHours: number
}

/** One post after some hours. */
export type PostState = {
  readonly vehicles: FlowState
  readonly travellers: FlowState
  readonly rate: RateState
  readonly fever: ChartState
  readonly high: ChartState
  readonly low: ChartState
}

/** The whole city after some hours: all that the next hour needs. Plain, so that it can be stored. */
export type WatchState = { readonly city: RateState; readonly posts: Readonly<Record<string, PostState>> }

export const emptyWatch: WatchState = { city: emptyRate, posts: {} }

/** What one chart says of one hour. */
export type Detection = {
  readonly observed: number
  readonly expected: number
  /** Dispersion of the count, var = m + α m². */
  readonly alpha: number
  /** Count at which it alarms; worked out only where it does. */
  readonly bound: number | null
  readonly score: number
  readonly alarm: boolean
}

export type PostHour = {
  readonly vehicles: FlowForecast
  readonly travellers: FlowForecast
  /** By `watched`. */
  readonly detections: readonly [fever: Detection, high: Detection, low: Detection]
}

/** An hour to be taken. */
export type WatchedHour = {
  /** 0 to 167, from Sunday 0:00; a holiday counts as Sunday. */
  readonly hourOfWeek: number
  /** Rules or risk areas changed with it. */
  readonly isEvent: boolean
  readonly counts: Readonly<Record<string, HourCounts>>
}

const firstVehicles = 20
const firstTravellers = 45
const nothing: HourCounts = { vehicles: 0, travellers: 0, febrile: 0 }

const emptyPost: PostState = {
  vehicles: emptyFlow(firstVehicles),
  travellers: emptyFlow(firstTravellers),
  rate: emptyRate,
  fever: emptyChart,
  high: emptyChart,
  low: emptyChart,
}

export const postOf = (state: WatchState, post: string): PostState => state.posts[post] ?? emptyPost

type ChartLook = {
  readonly chart: ChartState
  readonly count: number
  readonly mean: number
  readonly alpha: number
  readonly window: number
  readonly threshold: number
  readonly silent?: boolean
}

const detect = (direction: 'inc' | 'dec', look: ChartLook): Detection => {
  const { chart, count, mean, alpha, threshold } = look
  const score = look.silent === true ? 0 : scoreWith(chart, { ...look, direction })
  const alarm = score >= threshold
  const bound = alarm ? boundOf(chart, { ...look, direction }, threshold) : null
  return { observed: count, expected: mean, alpha, bound, score, alarm }
}

const next = (chart: ChartState, { alarm, observed, expected }: Detection, window: number): ChartState =>
  alarm ? emptyChart : takeHour(chart, { count: observed, mean: expected, window })

type PostLook = {
  readonly state: WatchState
  readonly post: string
  readonly hour: Pick<WatchedHour, 'hourOfWeek' | 'isEvent'>
  readonly counts: HourCounts
  readonly settings: WatchSettings
}

const flowsOf = ({ state, post, hour }: Pick<PostLook, 'state' | 'post' | 'hour'>) => {
  const { vehicles, travellers } = postOf(state, post)
  return {
    vehicles: flowForecast(vehicles, hour.hourOfWeek, 1),
    travellers: flowForecast(travellers, hour.hourOfWeek, 1),
  }
}

/**
 * What the charts of a post say of an hour.
 *   fever: μ = travellers screened × rate of the post;   flow: μ = forecast
 * @param isRunning  the hour is not over: fevers are then held against all travellers forecast for it where those are more
 * than have come, so that it raises nothing that the whole hour would not; a low flow cannot be told yet
 */
const judge = (look: PostLook, isRunning: boolean): PostHour => {
  const { state, post, hour, counts, settings } = look
  const own = postOf(state, post)
  const flows = flowsOf(look)
  const known = feverRate(own.rate, state.city)
  const exposure = isRunning ? Math.max(counts.travellers, flows.travellers.mean) : counts.travellers
  const fever = detect('inc', {
    chart: own.fever,
    count: counts.febrile,
    mean: Math.max(1e-9, exposure * known.rate),
    alpha: 1 / known.size,
    window: settings.feverWindowHours,
    threshold: settings.thresholds.fever,
  })
  const flow = {
    count: counts.vehicles,
    ...flows.vehicles,
    window: settings.flowWindowHours,
    threshold: settings.thresholds.flow,
  }
  const silent = own.vehicles.hours < settings.learningHours || hour.isEvent
  const high = detect('inc', { ...flow, chart: own.high, silent })
  const low = detect('dec', { ...flow, chart: own.low, silent: silent || isRunning })
  return { ...flows, detections: [fever, high, low] }
}

const takePost = (look: PostLook, said: PostHour): PostState => {
  const { state, post, hour, counts, settings } = look
  const own = postOf(state, post)
  const [fever, high, low] = said.detections
  const { hourOfWeek, isEvent } = hour
  return {
    vehicles: takeFlow(own.vehicles, { hourOfWeek, isEvent, count: counts.vehicles }),
    travellers: takeFlow(own.travellers, { hourOfWeek, isEvent, count: counts.travellers }),
    rate: takeRate(own.rate, {
      febrile: counts.febrile,
      screened: counts.travellers,
      expected: fever.expected,
    }),
    fever: next(own.fever, fever, settings.feverWindowHours),
    high: next(own.high, high, settings.flowWindowHours),
    low: next(own.low, low, settings.flowWindowHours),
  }
}

/**
 * Judges an hour that is over at every post, and takes it: forecasts, rates and charts go on from it.
 * Nothing but state, hour and settings decides: hours taken one by one and hours taken at once end alike.
 * @param posts  that are watched; one without a count had nobody
 * @returns what was said of each post, and the state after the hour
 * @throws RangeError where counts are negative, or more are febrile than were screened
 * Source: Höhle and Paul 2008, doi:10.1016/j.csda.2008.02.015 (charts); see `docs/models/surveillance.md`, In the product
 */
export const watchHour = (
  state: WatchState,
  hour: WatchedHour,
  { posts, settings }: { readonly posts: readonly string[]; readonly settings: WatchSettings },
): { readonly state: WatchState; readonly said: Readonly<Record<string, PostHour>> } => {
  const said: Record<string, PostHour> = {}
  const after: Record<string, PostState> = {}
  const total = { febrile: 0, screened: 0, expected: 0 }
  for (const post of posts) {
    const counts = hour.counts[post] ?? nothing
    const look = { state, post, hour, counts, settings }
    const own = judge(look, false)
    said[post] = own
    after[post] = takePost(look, own)
    total.febrile += counts.febrile
    total.screened += counts.travellers
    total.expected += own.detections[0].expected
  }
  return { state: { city: takeRate(state.city, total), posts: after }, said }
}

/** Judges the hour that is under way, and takes nothing. */
export const watchRunningHour = (
  state: WatchState,
  hour: WatchedHour,
  { posts, settings }: { readonly posts: readonly string[]; readonly settings: WatchSettings },
): Readonly<Record<string, PostHour>> =>
  Object.fromEntries(
    posts.map((post) => {
      const counts = hour.counts[post] ?? nothing
      return [post, judge({ state, post, hour, counts, settings }, true)]
    }),
  )
