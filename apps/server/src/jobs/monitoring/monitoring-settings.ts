import type { MonitoringThresholds } from '@guankou/db/queries/monitoring/policy.ts'
import type { WatchSettings } from '@guankou/models/monitoring/watch-hour.ts'

/** Changes with every change in results. */
export const monitoringVersion = '1'

/** Hours that a change may lie back, and hours of a post before its flows can alarm: a week and a day. */
export const watchWindows = { feverWindowHours: 24, flowWindowHours: 6, learningHours: 192 } as const

/** So long after its end an hour is still waited for: phones send as they go, but not at once. */
export const graceMinutes = 10

/** History that a state is begun from, and how far back records that come late are looked for. */
export const historyDays = 60
export const lateDays = 14

/** History that forecasts are learned from, where they begin anew. */
export const forecastDays = 35

/** Hours to come that are forecast. */
export const forecastHours = 48

/** Thresholds are calibrated anew after so long. */
export const calibrationKeptDays = 7

/** A city is calibrated once it has shown so many hours. */
export const calibrationFromHours = 36

/**
 * Thresholds that come with the product, until a city has shown enough to calibrate its own: simulated for 43 posts with
 * 300 to 2000 vehicles a day, a false alarm in two days; moved to another budget and number of posts by the logarithm, as
 * run lengths grow with e^c.
 */
const shipped = { fever: 6.63, flow: 8.18, days: 2, posts: 43 } as const

export const thresholdsFor = (
  made: MonitoringThresholds | undefined,
  { daysPerFalseAlarm, posts }: { readonly daysPerFalseAlarm: number; readonly posts: number },
): WatchSettings['thresholds'] => {
  if (made !== undefined) return { fever: made.fever, flow: made.flow }
  const further = Math.log((daysPerFalseAlarm / shipped.days) * (Math.max(1, posts) / shipped.posts))
  return { fever: Math.max(3, shipped.fever + further), flow: Math.max(4, shipped.flow + further) }
}

/** Whether thresholds are those of this version, budget and posts. */
export const areThresholdsOf = (
  made: MonitoringThresholds | undefined,
  wanted: { readonly daysPerFalseAlarm: number; readonly postsDigest: Buffer },
): made is MonitoringThresholds =>
  made !== undefined &&
  made.modelVersion === monitoringVersion &&
  Math.abs(made.daysPerFalseAlarm - wanted.daysPerFalseAlarm) < 1e-3 &&
  made.postsDigest.equals(wanted.postsDigest)
