import { requireDomain } from '#src/numerics/domain.ts'
import type { FlowSeries, InflowSeries, Span } from './origin-data.ts'

/** Days whose mean stands for the days to come. */
const heldDays = 7

/** Share of an origin's travellers that a destination receives at least: rankings name a hundred origins and no more. */
export const unlistedShare = 2e-4

/** Travellers by day for each origin and destination, all on the same days. */
export type FlowPanel = {
  readonly span: Span
  readonly origins: readonly string[]
  readonly destinations: readonly string[]
  /** By destination, then by origin; null where nobody was counted. */
  readonly flows: readonly (readonly (Float64Array | null)[])[]
  /** Everybody who left each origin, by day. */
  readonly outflows: readonly Float64Array[]
}

/** Days without a value take the one before them; days to come take the mean of the last week. */
const complete = (values: Float64Array, known: Uint8Array): Float64Array => {
  const last = known.lastIndexOf(1)
  let previous = -1
  for (let day = 0; day <= last; day++) {
    if (known[day] === 1) previous = day
    else if (previous >= 0) values[day] = values[previous] ?? 0
  }
  let sum = 0
  const from = Math.max(0, last - heldDays + 1)
  for (let day = from; day <= last; day++) sum += values[day] ?? 0
  if (last >= 0) values.fill(sum / (last - from + 1), last + 1)
  return values
}

type DayValues = { readonly firstDay: number; readonly values: ArrayLike<number> }

/** Adds what is known by the day. */
const addInto = (target: Float64Array, series: DayValues, span: Span, asOfDay: number): void => {
  for (let at = 0; at < series.values.length; at++) {
    const day = series.firstDay + at
    const value = series.values[at] ?? 0
    if (day > asOfDay || day < span.firstDay) continue
    requireDomain(value >= 0 && Number.isFinite(value), `a flow of ${value}`)
    target[day - span.firstDay] = (target[day - span.firstDay] ?? 0) + value
  }
}

/** 1 for each day of the span on which any of the series has a value. */
const knownDays = (series: readonly DayValues[], span: Span, asOfDay: number): Uint8Array => {
  const known = new Uint8Array(span.days)
  for (const { firstDay, values } of series)
    for (let at = 0; at < values.length; at++)
      if (firstDay + at <= asOfDay && (values[at] ?? 0) > 0) known[firstDay + at - span.firstDay] = 1
  return known
}

/**
 * Brings flows onto the same days, from the first that is known to the horizon.
 * @param series  flows; several of the same pair are added   @param asOfDay  later values are not read
 * @param horizonDays  days after it, filled with the mean of the last week known
 * @returns the panel, with places in ascending order
 * @throws RangeError for a negative flow, or where no flow is known by that day
 * Limits: a pair that is missing on a day on which there are others counts 0, since rankings leave out the small. A day
 * without any flow at all takes those of the day before.
 */
export const flowPanel = (series: readonly FlowSeries[], asOfDay: number, horizonDays: number): FlowPanel => {
  const early = series.filter(({ firstDay, values }) => firstDay <= asOfDay && values.length > 0)
  requireDomain(early.length > 0, 'a risk without any flow known by the day')
  const firstDay = early.reduce((first, each) => Math.min(first, each.firstDay), asOfDay)
  const span = { firstDay, days: asOfDay - firstDay + 1 + horizonDays }
  const origins = [...new Set(early.map(({ origin }) => origin))].sort()
  const originIndex = new Map(origins.map((place, at) => [place, at]))
  const known = knownDays(early, span, asOfDay)
  const byDestination = Map.groupBy(early, ({ destination }) => destination)
  const destinations = [...byDestination.keys()].sort()
  const outflows = origins.map(() => new Float64Array(span.days))
  const flows = destinations.map((destination) => {
    const row: (Float64Array | null)[] = origins.map(() => null)
    for (const each of byDestination.get(destination) ?? []) {
      const at = originIndex.get(each.origin) ?? 0
      const target = row[at] ?? new Float64Array(span.days)
      row[at] = target
      addInto(target, each, span, asOfDay)
    }
    for (const [at, values] of row.entries()) {
      if (values === null) continue
      complete(values, known)
      const outflow = outflows[at] ?? new Float64Array(0)
      for (let day = 0; day < values.length; day++) outflow[day] = (outflow[day] ?? 0) + (values[day] ?? 0)
    }
    return row
  })
  return { span, origins, destinations, flows, outflows }
}

/**
 * Brings inflow totals onto the days of a panel, as `flowPanel` does.
 * @returns totals by place
 */
export const inflowPanel = (
  series: readonly InflowSeries[],
  span: Span,
  asOfDay: number,
): ReadonlyMap<string, Float64Array> =>
  new Map(
    series.map((each) => {
      const values = new Float64Array(span.days)
      addInto(values, each, span, asOfDay)
      return [each.place, complete(values, knownDays([each], span, asOfDay))]
    }),
  )
