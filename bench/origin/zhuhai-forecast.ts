import { originRisk, type RiskData } from '@guankou/models/origin/origin-risk.ts'
import { predictRisk } from '@guankou/models/origin/predict-risk.ts'
import { defaultRiskSettings } from '@guankou/models/origin/risk-settings.ts'
import { dayNumber } from '@guankou/server/cli/commands/models/origin/days.ts'
import { countBy, zhuhai } from './reference.ts'

/** The day by which Zhuhai had its last case of the wave. */
const lastDay = dayNumber('2020-02-19')

/** Cases of Zhuhai by 19 February as the model saw them on a day: those published, and those forecast for the rest. */
export const zhuhaiForecast = (data: RiskData, asOf: string, transitShare: number) => {
  const asOfDay = dayNumber(asOf)
  const own = data.cases.find(({ place }) => place === zhuhai)
  const reported = own ? countBy(own, asOfDay) : 0
  // Reports after the last one in the file are not known, so that the forecast begins the day after it.
  const reportedUntil = own?.days.findLast((day) => day <= asOfDay) ?? asOfDay
  const risk = originRisk(data, asOfDay, lastDay - asOfDay, { ...defaultRiskSettings, transitShare })
  const [row] = predictRisk(risk, {
    by: 'destination',
    firstDay: reportedUntil + 1,
    lastDay,
    cumulated: true,
    destinations: [zhuhai],
  })
  return {
    asOf,
    transitShare,
    reported,
    expected: Math.round(reported + (row?.expected ?? 0)),
    low90: reported + (row?.low90 ?? 0),
    high90: reported + (row?.high90 ?? 0),
  }
}
