import { addUp } from './add-up.ts'
import { pairExpectations } from './expected-cases.ts'
import type { OriginRisk } from './origin-risk.ts'
import { type CountInterval, countInterval } from './predict-count.ts'

/** Which rows are wanted. */
export type RiskQuery = {
  readonly by: 'origin' | 'destination' | 'pair'
  /** First and last day of confirmation, as days since 1970-01-01. */
  readonly firstDay: number
  readonly lastDay: number
  /** One row for each day, or one for all days together. */
  readonly cumulated: boolean
  /** Destinations counted; all where null. */
  readonly destinations: readonly string[] | null
}

export type RiskRow = CountInterval & {
  /** Day of confirmation, or the last of those cumulated; days since 1970-01-01. */
  readonly day: number
  /** Null where rows are by destination. */
  readonly origin: string | null
  /** Null where rows are by origin. */
  readonly destination: string | null
}

type Cell = {
  readonly means: Float64Array
  /** By period: Σ over destinations of (mean² / shape of the destination). */
  readonly placeSquares: Float64Array
  /** 1 / shape of the origin; 0 where rows are by destination. */
  readonly originVariance: number
  readonly origin: string | null
  readonly destination: string | null
}

const rowsOf = (cell: Cell, risk: OriginRisk, query: RiskQuery): RiskRow[] =>
  [...cell.means].map((mean, at) => {
    const relative = mean > 0 ? (cell.placeSquares[at] ?? 0) / mean ** 2 : 0
    const variance = 1 / risk.errorSize + cell.originVariance + relative
    return {
      day: query.cumulated ? query.lastDay : query.firstDay + at,
      origin: cell.origin,
      destination: cell.destination,
      ...countInterval({ mean, size: 1 / variance }),
    }
  })

/**
 * Expected confirmed cases of arrivals and P(≥ 1), with 50 and 90 % intervals of the counts that will be seen.
 *   K ~ NB(E, n),   1 / n = 1 / n_errors + 1 / shape of v_o + Σ_j (E_oj / E_o)² / shape of u_j
 * @param risk  state as of a day   @param query  rows, days and destinations
 * @returns rows by day within origin or destination, places in ascending order; expected counts add up over origins,
 *   destinations and days
 * @throws RangeError where the days are not within those of the state
 * Limits: uncertainty of an origin is not part of rows by destination, where it averages out and past forecasts hold it.
 */
export const predictRisk = (risk: OriginRisk, query: RiskQuery): RiskRow[] => {
  const { panel } = risk.arrivals
  const days = { from: query.firstDay - panel.span.firstDay, to: query.lastDay - panel.span.firstDay + 1 }
  if (!(days.from >= 0 && days.from < days.to && days.to <= panel.span.days))
    throw new RangeError(
      `days ${query.firstDay} to ${query.lastDay} are not within ${panel.span.firstDay} to ${panel.span.firstDay + panel.span.days - 1}`,
    )
  const wanted = query.destinations === null ? null : new Set(query.destinations)
  const expectedOf = pairExpectations(risk.arrivals, risk.fit, days)
  const cells = new Map<string, Cell>()
  const periods = query.cumulated ? 1 : days.to - days.from
  for (const [destination, place] of panel.destinations.entries()) {
    if (wanted !== null && !wanted.has(place)) continue
    const placeVariance = 1 / (risk.fit.places[destination]?.shape ?? 1)
    const ofPlace = new Float64Array(periods)
    for (const [origin, name] of panel.origins.entries()) {
      const daily = expectedOf(origin, destination)
      const means = query.cumulated ? Float64Array.of(addUp(daily)) : daily
      for (let at = 0; at < periods; at++) ofPlace[at] = (ofPlace[at] ?? 0) + (means[at] ?? 0)
      if (query.by === 'destination') continue
      const key = query.by === 'pair' ? `${name} ${place}` : name
      const cell = cells.get(key) ?? {
        means: new Float64Array(periods),
        placeSquares: new Float64Array(periods),
        originVariance: 1 / (risk.fit.origins[origin]?.shape ?? 1),
        origin: name,
        destination: query.by === 'pair' ? place : null,
      }
      cells.set(key, cell)
      addCell(cell, means, placeVariance)
    }
    if (query.by !== 'destination') continue
    const cell: Cell = {
      means: new Float64Array(periods),
      placeSquares: new Float64Array(periods),
      originVariance: 0,
      origin: null,
      destination: place,
    }
    addCell(cell, ofPlace, placeVariance)
    cells.set(place, cell)
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, cell]) => rowsOf(cell, risk, query))
}

const addCell = (cell: Cell, means: Float64Array, placeVariance: number): void => {
  for (const [at, mean] of means.entries()) {
    cell.means[at] = (cell.means[at] ?? 0) + mean
    cell.placeSquares[at] = (cell.placeSquares[at] ?? 0) + mean ** 2 * placeVariance
  }
}
