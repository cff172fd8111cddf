import {
  type FlowRegression,
  fitFlowRegression,
  flowLogScore,
  forecastByFlow,
} from '@guankou/models/origin/naive-flow.ts'
import type { CaseReports, FlowSeries } from '@guankou/models/origin/origin-data.ts'
import { originRisk, type RiskData } from '@guankou/models/origin/origin-risk.ts'
import { logScore } from '@guankou/models/origin/predict-count.ts'
import { predictRisk, type RiskRow } from '@guankou/models/origin/predict-risk.ts'
import { countBy, flowOr, targetsOf, wuhanFlows } from './reference.ts'
import { meanOf, rankCorrelation, type Scores } from './scores.ts'

/** One forecast: made on a day for the days after it, for all places. */
export type Origin = {
  readonly model: Scores
  /** The line fitted to the window before the day, as long as the one after it. */
  readonly naive: Scores
  /** The line fitted to the very counts that are forecast: no line can do better. */
  readonly naiveWithHindsight: Scores
  readonly expectedCases: number
  readonly seenCases: number
  readonly places: number
  readonly seconds: number
}

const within = (count: number, low: number, high: number): number => Number(low <= count && count <= high)

const scoreLine = (line: FlowRegression, flows: readonly number[], seen: readonly number[]): Scores => {
  const forecasts = flows.map((flow) => forecastByFlow(line, flow))
  return {
    logScore: meanOf(seen.map((count, at) => flowLogScore(line, flows[at] ?? 1, count))),
    rankCorrelation: rankCorrelation(flows, seen),
    coverage90: meanOf(forecasts.map(({ low90, high90 }, at) => within(seen[at] ?? 0, low90, high90))),
    coverage50: null,
  }
}

const scoreModel = (rows: readonly RiskRow[], sizes: readonly number[], seen: readonly number[]): Scores => ({
  logScore: meanOf(
    rows.map((row, at) => logScore(seen[at] ?? 0, { mean: row.expected, size: sizes[at] ?? 1 })),
  ),
  rankCorrelation: rankCorrelation(
    rows.map(({ expected }) => expected),
    seen,
  ),
  coverage90: meanOf(rows.map((row, at) => within(seen[at] ?? 0, row.low90, row.high90))),
  coverage50: meanOf(rows.map((row, at) => within(seen[at] ?? 0, row.low50, row.high50))),
})

const newCases = (reports: CaseReports, after: number, until: number): number =>
  Math.max(0, countBy(reports, until) - countBy(reports, after))

/**
 * A forecast as of a day, judged by what was published in the days after it.
 * @param allFlows  flows whose destinations are judged
 */
export const judge = (
  data: RiskData,
  allFlows: readonly FlowSeries[],
  asOfDay: number,
  horizonDays: number,
): Origin => {
  const targets = targetsOf(allFlows, data.cases)
  const seen = targets.map((each) => newCases(each, asOfDay, asOfDay + horizonDays))
  const startMs = performance.now()
  const risk = originRisk(data, asOfDay, horizonDays)
  const byPlace = new Map(
    predictRisk(risk, {
      by: 'destination',
      firstDay: asOfDay + 1,
      lastDay: asOfDay + horizonDays,
      cumulated: true,
      destinations: null,
    }).map((row) => [row.destination, row]),
  )
  const seconds = (performance.now() - startMs) / 1000
  const rows = targets.map(({ place }) => byPlace.get(place)).filter((row) => row !== undefined)
  if (rows.length !== targets.length) throw new Error('a place that is judged was not forecast')
  const shapes = new Map(
    risk.arrivals.panel.destinations.map((place, at) => [place, risk.fit.places[at]?.shape ?? 1]),
  )
  const sizes = targets.map(({ place }) => 1 / (1 / (shapes.get(place) ?? 1) + 1 / risk.errorSize))
  const known = wuhanFlows(data.flows, asOfDay)
  const flows = targets.map(({ place }) => flowOr(known, place))
  const before = targets.map((each) => newCases(each, asOfDay - horizonDays, asOfDay))
  return {
    model: scoreModel(rows, sizes, seen),
    naive: scoreLine(fitFlowRegression(flows, before), flows, seen),
    naiveWithHindsight: scoreLine(fitFlowRegression(flows, seen), flows, seen),
    expectedCases: rows.reduce((sum, row) => sum + row.expected, 0),
    seenCases: seen.reduce((sum, count) => sum + count, 0),
    places: targets.length,
    seconds,
  }
}
