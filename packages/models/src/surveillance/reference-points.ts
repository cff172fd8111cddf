/** When the time points are: dates a fixed number of days apart, or mere numbers with so many to a year. */
export type Calendar =
  | { readonly kind: 'dates'; readonly days: readonly number[]; readonly spacingDays: number }
  | { readonly kind: 'numbered'; readonly pointsPerYear: number }

const millisecondsPerDay = 86_400_000

/** Days since 1970-01-01 of a date as 2020-01-18. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay

/**
 * A calendar of dates that follow each other at one distance.
 * @param dates  as 2020-01-18, ascending
 * @returns the calendar, or undefined where a date cannot be read or the distance changes
 */
export const calendarOfDates = (dates: readonly string[]): Calendar | undefined => {
  const days = dates.map(dayNumber)
  const spacingDays = (days[1] ?? Number.NaN) - (days[0] ?? Number.NaN)
  const isRegular = days.every((day, at) => at === 0 || day - (days[at - 1] ?? 0) === spacingDays)
  return spacingDays > 0 && isRegular ? { kind: 'dates', days, spacingDays } : undefined
}

/** The same day of the month some years before; 29 February becomes 1 March. */
const yearsBefore = (day: number, years: number): number => {
  const date = new Date(day * millisecondsPerDay)
  return Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()) / millisecondsPerDay
}

/**
 * The time point nearest to the same date some years before.
 * @param t  time point, from 0   @param years  whole number ≥ 0
 * @returns a time point, which may lie before the series (below 0)
 */
export const pointYearsBefore = (calendar: Calendar, t: number, years: number): number => {
  if (calendar.kind === 'numbered') return t - years * calendar.pointsPerYear
  const day = calendar.days[t] ?? 0
  return t - Math.round((day - yearsBefore(day, years)) / calendar.spacingDays)
}

/** Which level of the season each reference time point has; level 0 is the window around the same time of the year. */
export type SeasonBlocks = { readonly points: Float64Array; readonly levels: Uint8Array }

type BlockOptions = {
  readonly years: number
  readonly halfWindow: number
  readonly levels: number
  readonly recentPointsLeftOut: number
}

/** Cuts the points from `from` on into parts numbered from 1, the first ones longer by one where it does not divide. */
const numberParts = (levelOf: Int16Array, from: number, length: number, parts: number): void => {
  const size = Math.floor(length / parts)
  const longer = length % parts
  let start = from
  for (let part = 0; part < parts; part++) {
    const end = start + size + (part < longer ? 1 : 0)
    for (let point = start; point < end; point++) levelOf[point] = part + 1
    start = end
  }
}

/**
 * Reference time points of one time point with their level of the season.
 *   level 0: within ± w points of the same time in each of b years; levels 1 to p − 1: the time between, in parts of about
 *   equal length. With one level only the windows are taken.
 * @param t  time point that is to be judged, from 0
 * @returns points, ascending, with levels; undefined where the series does not reach back far enough
 * @throws RangeError where there are more levels than time points between two windows
 * Source: Noufaily et al. 2013, doi:10.1002/sim.5595, section 3.4
 */
export const seasonBlocks = (
  calendar: Calendar,
  t: number,
  { years, halfWindow, levels, recentPointsLeftOut }: BlockOptions,
): SeasonBlocks | undefined => {
  const centres = Array.from({ length: years + 1 }, (_, year) => pointYearsBefore(calendar, t, year))
  const oldest = (centres[years] ?? 0) - halfWindow
  if (oldest < 0) return undefined
  const levelOf = new Int16Array(t + 1).fill(-1)
  for (let point = t - halfWindow; point <= t; point++) levelOf[point] = 0
  for (let year = 1; year <= years; year++) {
    const centre = centres[year] ?? 0
    for (let point = centre - halfWindow; point <= centre + halfWindow; point++) levelOf[point] = 0
    if (levels === 1) continue
    const from = centre + halfWindow + 1
    const length = (centres[year - 1] ?? 0) - halfWindow - from
    if (length < levels - 1)
      throw new RangeError(
        `${levels} levels do not fit between two windows that are ${length} time points apart`,
      )
    numberParts(levelOf, from, length, levels - 1)
  }
  const end = Math.max(oldest, t - recentPointsLeftOut)
  const points = new Float64Array(end - oldest)
  const chosen = new Uint8Array(end - oldest)
  let n = 0
  for (let point = oldest; point < end; point++) {
    const level = levelOf[point] as number
    if (level < 0) continue
    points[n] = point
    chosen[n++] = level
  }
  return { points: points.subarray(0, n), levels: chosen.subarray(0, n) }
}

/**
 * Time points within ± w of the same time in each of b years, oldest year first; those before the series are left out.
 * Source: Farrington et al. 1996, doi:10.2307/2983331, section 3.2
 */
export const windowPoints = (calendar: Calendar, t: number, years: number, halfWindow: number): number[] => {
  const points: number[] = []
  for (let year = years; year >= 1; year--) {
    const centre = pointYearsBefore(calendar, t, year)
    for (let point = centre - halfWindow; point <= centre + halfWindow; point++)
      if (point >= 0 && point < t) points.push(point)
  }
  return points
}
