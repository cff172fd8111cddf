import { gunzipSync, gzipSync } from 'node:zlib'
import { calibrateWatch, type WatchThresholds } from '@guankou/models/monitoring/calibrate-watch.ts'
import type { FlowForecast } from '@guankou/models/monitoring/flow-filter.ts'
import {
  type Detection,
  emptyWatch,
  type HourCounts,
  type PostHour,
  type WatchSettings,
  type WatchState,
  watchHour,
  watchRunningHour,
} from '@guankou/models/monitoring/watch-hour.ts'
import { negativeBinomialQuantile } from '@guankou/models/numerics/negative-binomial.ts'

/** A number that is expected, with its 90 % interval. */
export type Expected = { readonly mean: number; readonly low: number; readonly high: number }

/** An hour to be judged. `number` counts local hours, see `domain/monitoring/hours.ts`. */
export type HourToJudge = {
  readonly number: number
  readonly hourOfWeek: number
  readonly isEvent: boolean
  readonly counts: Readonly<Record<string, HourCounts>>
}

export type FoldOrder = {
  readonly state: Uint8Array | null
  readonly posts: readonly string[]
  readonly settings: WatchSettings
  readonly hours: readonly HourToJudge[]
  /** Hours after which the state is wanted. */
  readonly keep: readonly number[]
  readonly running: readonly HourToJudge[]
}

export type JudgedPostHour = {
  readonly number: number
  readonly isOver: boolean
  readonly post: string
  readonly counts: HourCounts
  readonly expected: {
    readonly vehicles: Expected
    readonly travellers: Expected
    readonly febrile: Expected
  }
  readonly detections: readonly [Detection, Detection, Detection]
}

export type Folded = {
  readonly judged: readonly JudgedPostHour[]
  readonly states: readonly { readonly number: number; readonly content: Uint8Array }[]
}

const nothing: HourCounts = { vehicles: 0, travellers: 0, febrile: 0 }

/** The mean with the 5 % and 95 % points of its negative binomial distribution. */
export const expectedOf = ({ mean, alpha }: FlowForecast): Expected => {
  const law = { mean, size: 1 / Math.max(alpha, 1e-9) }
  return {
    mean,
    low: negativeBinomialQuantile(0.05, law),
    high: negativeBinomialQuantile(0.95, law),
  }
}

const judgedOf = (hour: HourToJudge, said: Readonly<Record<string, PostHour>>, isOver: boolean) =>
  Object.entries(said).map(([post, { vehicles, travellers, detections }]): JudgedPostHour => {
    const [fever] = detections
    return {
      number: hour.number,
      isOver,
      post,
      counts: hour.counts[post] ?? nothing,
      expected: {
        vehicles: expectedOf(vehicles),
        travellers: expectedOf(travellers),
        febrile: expectedOf({ mean: fever.expected, alpha: fever.alpha }),
      },
      detections,
    }
  })

/** A state as it is stored. */
export const packState = (state: WatchState): Uint8Array => gzipSync(JSON.stringify(state))
export const unpackState = (content: Uint8Array | null): WatchState =>
  content === null ? emptyWatch : (JSON.parse(gunzipSync(content).toString()) as WatchState)

/** Judges hours one after the other, then those that are under way. */
export const foldCity = (order: FoldOrder): Folded => {
  const { posts, settings, hours, keep, running } = order
  let state = unpackState(order.state)
  const judged: JudgedPostHour[] = []
  const states: { number: number; content: Uint8Array }[] = []
  const kept = new Set(keep)
  for (const hour of hours) {
    const after = watchHour(state, hour, { posts, settings })
    state = after.state
    judged.push(...judgedOf(hour, after.said, true))
    if (kept.has(hour.number)) states.push({ number: hour.number, content: packState(state) })
  }
  for (const hour of running)
    judged.push(...judgedOf(hour, watchRunningHour(state, hour, { posts, settings }), false))
  return { judged, states }
}

export type CalibrationOrder = {
  readonly state: Uint8Array
  readonly posts: readonly string[]
  readonly settings: Omit<WatchSettings, 'thresholds'>
  readonly daysPerFalseAlarm: number
}

const hoursOfStretch = 10 * 24
/** A threshold must rest on 50 false alarms of its signal; with a mean of so many, chance seldom leaves fewer. */
const alarmsWanted = 110

/** Thresholds for a city as its state has it; as many stretches as the budget needs. */
export const calibrateCity = ({ state, ...city }: CalibrationOrder): WatchThresholds =>
  calibrateWatch(
    { ...city, state: unpackState(state) },
    {
      daysPerFalseAlarm: city.daysPerFalseAlarm,
      hours: hoursOfStretch,
      stretches: Math.ceil((alarmsWanted * 2 * 24 * city.daysPerFalseAlarm) / hoursOfStretch),
      seed: 1,
    },
  )
