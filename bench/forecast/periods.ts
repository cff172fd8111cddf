import type { FlowSeries } from '@guankou/models/forecast/forecast-posts.ts'
import { lagged, lastWeekTimesLevel, medianTimesLead } from './baselines.ts'
import { asDays, dayNumber, flowFiles, octoberHoliday, readFlows } from './flow-data.ts'
import type { Rolling } from './rolling.ts'

/** One comparison: what is compared by, and whether settings were chosen on it. */
export type Period = {
  readonly dataset: string
  readonly period: string
  readonly measure: 'wape' | 'mape'
  readonly isTuning: boolean
  readonly rolling: Rolling
}

const warmUpDays = 14

const daysFrom = (from: string, to: string): number[] => {
  const first = dayNumber(from)
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, at) => first + at)
}

const endOf = (series: readonly FlowSeries[]): number =>
  Math.max(...series.map(({ firstWindow, values }) => firstWindow + values.length))

/** Days that end within the data. */
const complete = (days: readonly number[], series: readonly FlowSeries[], windowsPerDay: number): number[] =>
  days.filter((day) => (day + 1) * windowsPerDay <= endOf(series))

const recent = (
  series: readonly FlowSeries[],
  day: number,
  days: number,
  windowsPerDay: number,
): FlowSeries[] => {
  const from = (day - days) * windowsPerDay
  return series
    .filter(({ firstWindow, values }) => firstWindow + values.length > from)
    .map((one) => {
      const firstWindow = Math.max(from, one.firstWindow)
      return { ...one, firstWindow, values: one.values.slice(firstWindow - one.firstWindow) }
    })
}

const tollDates = [
  ['2016-10-11', '2016-10-17', true],
  ['2016-10-18', '2016-10-24', false],
] as const

/** Windows of a day at which two hours are forecast: the two of the competition, and every hour from 06:00 to 19:00. */
const tollOrigins: readonly (readonly [string, readonly number[]])[] = [
  ['KDD tollgates', [24, 51]],
  ['KDD tollgates, hourly origins', Array.from({ length: 14 }, (_, at) => 18 + 3 * at)],
]

const tollgates = async (): Promise<Period[]> => {
  const { windowMinutes, series } = await readFlows(flowFiles.kdd, '2016-10-25')
  const isComplete = (day: number): boolean =>
    series.every((one) => one.values[day * 72 + 62 - one.firstWindow] !== null)
  const period = (
    [name, starts]: (typeof tollOrigins)[number],
    [from, to, isTuning]: (typeof tollDates)[number],
    calendar: typeof octoberHoliday,
  ): Period => {
    const scored = complete(daysFrom(from, to), series, 72).filter(isComplete)
    const first = scored[0] ?? 0
    const warmUp = daysFrom('2016-09-26', '2016-10-17').filter((day) => day < first)
    return {
      dataset: calendar.length > 0 ? `${name}, with holidays` : name,
      period: `${from} +${scored.length} d`,
      measure: 'mape',
      isTuning,
      rolling: {
        windowMinutes,
        series,
        calendar,
        origins: [...warmUp, ...scored].flatMap((day) => starts.map((start) => day * 72 + start)),
        scoredFrom: first * 72,
        horizon: 6,
        baselines: {
          'last week': lagged(7 * 72),
          'last week × level': lastWeekTimesLevel(72),
          median: medianTimesLead(72, calendar, 0),
          'median × damped lead': medianTimesLead(72, calendar, 0.5),
        },
      },
    }
  }
  return tollOrigins.flatMap((origins) =>
    tollDates.flatMap((dates) => [octoberHoliday, []].map((calendar) => period(origins, dates, calendar))),
  )
}

const historyDays = 120

const dayAhead = (
  dataset: string,
  all: readonly FlowSeries[],
  windowsPerDay: number,
  [from, to, isTuning]: readonly [string, string, boolean],
): Period[] => {
  const scored = complete(daysFrom(from, to), all, windowsPerDay)
  const first = scored[0]
  if (first === undefined) return []
  const warmUp = Array.from({ length: warmUpDays }, (_, at) => first - warmUpDays + at)
  return [
    {
      dataset,
      period: `${from} +${scored.length} d`,
      measure: 'wape',
      isTuning,
      rolling: {
        windowMinutes: 1440 / windowsPerDay,
        series: recent(all, first, historyDays, windowsPerDay),
        origins: [...warmUp, ...scored].map((day) => day * windowsPerDay),
        scoredFrom: first * windowsPerDay,
        horizon: windowsPerDay,
        baselines: {
          'last week': lagged(7 * windowsPerDay),
          'last week × level': lastWeekTimesLevel(windowsPerDay),
        },
      },
    },
  ]
}

const tsaDates = [
  ['2019-09-10', '2019-11-03', true],
  ['2020-01-01', '2020-02-29', false],
  ['2020-03-01', '2020-03-08', false],
  ['2020-03-09', '2020-03-29', false],
  ['2020-04-01', '2020-06-30', false],
] as const

/** The day after, hour by hour, forecast at midnight. */
const checkpoints = async (): Promise<Period[]> => {
  const { series } = await readFlows(flowFiles.tsa)
  const airports = [...new Set(series.map(({ name }) => name.slice(0, 3)))]
  return airports.flatMap((airport) => {
    const own = series.filter(({ name }) => name.startsWith(airport))
    return tsaDates.flatMap((dates) => [
      ...dayAhead(`TSA ${airport}, hours`, own, 24, dates),
      ...dayAhead(`TSA ${airport}, days`, asDays(own), 1, dates),
    ])
  })
}

const bridge = 'Hong Kong-Zhuhai-Macao Bridge'
/** Series on which settings of daily forecasts were chosen. */
const tunedOn = /^(Hong Kong-Zhuhai-Macao Bridge departure|Airport|Shenzhen Bay departure)/

const controlPoints = async (): Promise<Period[]> => {
  const { windowMinutes, series } = await readFlows(flowFiles.hk)
  const sets: readonly (readonly [string, (name: string) => boolean])[] = [
    ['HK bridge, arrivals', (name) => name === `${bridge} arrive`],
    ['HK bridge, departures (tuned on)', (name) => name === `${bridge} departure`],
    ['HK other points', (name) => !tunedOn.test(name) && !name.startsWith(bridge)],
  ]
  const spans = [
    ['2020-02-02', '2020-03-28'],
    ['2020-02-10', '2020-03-28'],
    ['2020-04-01', '2020-11-15'],
  ] as const
  return sets.flatMap(([dataset, isScored]) =>
    spans.flatMap(([from, to]): Period[] => {
      const scored = complete(daysFrom(from, to), series, 1)
      if (scored.length === 0) return []
      return [
        {
          dataset,
          period: `${from} +${scored.length} d`,
          measure: 'wape',
          isTuning: dataset.includes('tuned'),
          rolling: {
            windowMinutes,
            series,
            origins: daysFrom('2020-01-27', to).filter((day) => day <= (scored.at(-1) ?? 0)),
            scoredFrom: scored[0] ?? 0,
            horizon: 1,
            baselines: {
              'day before': lagged(1),
              'last week': lagged(7),
            },
            isScored,
          },
        },
      ]
    }),
  )
}

export const allPeriods = async (): Promise<Period[]> => [
  ...(await tollgates()),
  ...(await checkpoints()),
  ...(await controlPoints()),
]
