import type { CalendarDay } from '@guankou/models/forecast/day-calendar.ts'
import type { FlowSeries } from '@guankou/models/forecast/forecast-posts.ts'

/** A forecaster that anybody could write in three lines: the value of a window, or null where it has none. */
export type Baseline = (series: FlowSeries, origin: number, window: number) => number | null

const valueAt = ({ firstWindow, values }: FlowSeries, window: number): number | null =>
  values[window - firstWindow] ?? null

/** The value so many windows before. */
export const lagged =
  (lag: number): Baseline =>
  (series, _origin, window) =>
    valueAt(series, window - lag)

const sumOf = (series: FlowSeries, from: number, count: number): number => {
  let sum = 0
  for (let window = from; window < from + count; window++) sum += valueAt(series, window) ?? 0
  return sum
}

/** The value of a week ago × (the last day / the same weekday before); the ratio is 1 where either is empty. */
export const lastWeekTimesLevel =
  (windowsPerDay: number): Baseline =>
  (series, origin, window) => {
    const value = valueAt(series, window - 7 * windowsPerDay)
    const yesterday = sumOf(series, origin - windowsPerDay, windowsPerDay)
    const before = sumOf(series, origin - 8 * windowsPerDay, windowsPerDay)
    return value === null ? null : value * (yesterday > 0 && before > 0 ? yesterday / before : 1)
  }

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/**
 * Median of the slot on earlier days of the same kind (working or rest day), × what is left of the ratio of the two hours
 * before the forecast: 1 + damping × (ratio − 1).
 */
export const medianTimesLead = (
  windowsPerDay: number,
  calendar: readonly CalendarDay[],
  damping: number,
): Baseline => {
  const byDay = new Map(calendar.map((entry) => [entry.day, entry.kind]))
  const isRest = (day: number): boolean => {
    const kind = byDay.get(day)
    return kind === 'holiday' || (kind !== 'workday' && (day + 3) % 7 > 4)
  }
  const isHoliday = (day: number): boolean => byDay.get(day) === 'holiday'
  const lead = windowsPerDay / 12
  return (series, origin, window) => {
    const day = Math.floor(origin / windowsPerDay)
    const first = Math.ceil(series.firstWindow / windowsPerDay)
    const days = Array.from({ length: day - first }, (_, at) => first + at).filter(
      (past) => isRest(past) === isRest(day) && !isHoliday(past),
    )
    const usual = (at: number): number | null => {
      const slot = at % windowsPerDay
      const values = days
        .map((past) => valueAt(series, past * windowsPerDay + slot))
        .filter((value) => value !== null)
      return values.length === 0 ? null : median(values)
    }
    const value = usual(window)
    if (value === null) return null
    let before = 0
    for (let at = origin - lead; at < origin; at++) before += usual(at) ?? 0
    const ratio = before > 0 ? sumOf(series, origin - lead, lead) / before : 1
    return value * (1 + damping * (ratio - 1))
  }
}
