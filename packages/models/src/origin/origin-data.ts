/** Travellers from one place to another by day, in any unit that is the same for all series, such as index points. */
export type FlowSeries = {
  readonly origin: string
  readonly destination: string
  /** Day of the first value, as whole days since 1970-01-01. */
  readonly firstDay: number
  /** One value ≥ 0 a day. */
  readonly values: ArrayLike<number>
}

/** Everybody who comes to a place by day, in the unit of the flows. */
export type InflowSeries = {
  readonly place: string
  readonly firstDay: number
  readonly values: ArrayLike<number>
}

/** Confirmed cases of a place as published: cumulated counts by day of publication. */
export type CaseReports = {
  readonly place: string
  /** Ascending days since 1970-01-01. */
  readonly days: readonly number[]
  /** Cumulated confirmed cases, one for each day; corrections downwards are allowed. */
  readonly cumulative: readonly number[]
}

/** A day and a number of days. */
export type Span = { readonly firstDay: number; readonly days: number }

/** New cases by day, as far as a place has reported. */
export type DailyCases = {
  /** One value ≥ 0 for each day of the span; 0 after the last report. */
  readonly counts: Float64Array
  /** Index in the span of the last day with a report; below 0 where there is none. */
  readonly lastIndex: number
}

/**
 * New cases by day from cumulated reports, with nothing that was published later than a day.
 * Before its first report a place counts 0. What is new after days without a report is spread evenly over them. After a
 * correction downwards nothing is new until the old count is passed.
 * @param reports  cumulated, by day of publication   @param span  days wanted; the last is the last day known
 * @returns counts ≥ 0 that add up to the largest count published within the span, less what was published before it
 * @example [...dailyCases({ place: 'a', days: [1, 3], cumulative: [2, 6] }, { firstDay: 0, days: 4 }).counts] // [0, 2, 2, 2]
 */
export const dailyCases = (
  { days, cumulative }: CaseReports,
  { firstDay, days: length }: Span,
): DailyCases => {
  const counts = new Float64Array(length)
  let reached = 0
  let before: number | null = null
  for (const [at, day] of days.entries()) {
    if (day >= firstDay + length) break
    const fresh = Math.max(0, (cumulative[at] ?? 0) - reached)
    reached += fresh
    const from = Math.max(firstDay, (before ?? day - 1) + 1)
    before = day
    if (day < firstDay) continue
    for (let each = from; each <= day; each++) counts[each - firstDay] = fresh / (day - from + 1)
  }
  return { counts, lastIndex: before === null ? -1 : before - firstDay }
}
