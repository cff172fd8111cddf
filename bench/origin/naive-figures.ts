import { fitFlowRegression, forecastByFlow } from '@guankou/models/origin/naive-flow.ts'
import type { CaseReports, FlowSeries } from '@guankou/models/origin/origin-data.ts'
import { dayNumber } from '@guankou/server/cli/commands/models/origin/days.ts'
import { countBy, flowOr, targetsOf, wuhanFlows, zhuhai } from './reference.ts'

/** Confirmed in Zhuhai in all, published by the city; the case file ends there on 26 January. */
const zhuhaiConfirmed = 98

const dates = ['2020-01-26', '2020-01-31', '2020-02-05', '2020-02-12', '2020-02-19']

/** The line through all places, by which the known figures of the simplest model are checked. */
export const naiveFigures = (flows: readonly FlowSeries[], cases: readonly CaseReports[]) => {
  const targets = targetsOf(flows, cases)
  const known = wuhanFlows(flows, dayNumber('2020-01-24'))
  const ofTargets = targets.map(({ place }) => flowOr(known, place))
  return dates.map((date) => {
    const line = fitFlowRegression(
      ofTargets,
      targets.map((each) => countBy(each, dayNumber(date))),
    )
    return {
      date,
      r2: Number(line.r2.toFixed(3)),
      zhuhaiForecast: Math.round(forecastByFlow(line, flowOr(known, zhuhai)).median),
      zhuhaiConfirmed,
    }
  })
}
