import type { Measure, MonitoredHour } from '@guankou/contract/monitoring/endpoints.ts'
import { signals } from '@guankou/contract/monitoring/vocabulary.ts'
import type { readForecasts } from '@guankou/db/queries/monitoring/forecasts.ts'
import type { readJudgedHours } from '@guankou/db/queries/monitoring/judged-hours.ts'

type JudgedRow = Awaited<ReturnType<typeof readJudgedHours>>[number]
type ForecastRow = Awaited<ReturnType<typeof readForecasts>>[number]

/** Of every interval that monitoring tells. */
export const intervalLevel = 0.9

const figureOf = (value: number, low: number, high: number) => ({ value, low, high, level: intervalLevel })

const expectedIn = (row: JudgedRow, measure: Measure) => {
  if (measure === 'febrile') return figureOf(row.febrile_mean, row.febrile_low, row.febrile_high)
  return measure === 'vehicles'
    ? figureOf(row.vehicles_mean, row.vehicles_low, row.vehicles_high)
    : figureOf(row.travellers_mean, row.travellers_low, row.travellers_high)
}

/** An hour that was judged, or is being. */
export const monitoredHour = (row: JudgedRow, measure: Measure): MonitoredHour => {
  const alarmed = [row.fever_alarm, row.high_alarm, row.low_alarm]
  return {
    day: row.day,
    hour: row.hour,
    observed: row[measure],
    isOver: row.is_over,
    expected: expectedIn(row, measure),
    alarms: signals.filter((_, n) => alarmed[n]),
  }
}

/** An hour to come. */
export const forecastHour = (row: ForecastRow): MonitoredHour => ({
  day: row.day,
  hour: row.hour,
  observed: null,
  isOver: false,
  expected: figureOf(row.mean, row.low, row.high),
  alarms: [],
})
