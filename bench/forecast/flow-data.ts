import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CalendarDay } from '@guankou/models/forecast/day-calendar.ts'
import type { FlowSeries } from '@guankou/models/forecast/forecast-posts.ts'
import { readFlowRows } from '@guankou/server/cli/commands/models/forecast/flow-rows.ts'
import { flowWindows } from '@guankou/server/cli/commands/models/forecast/flow-series.ts'

const folder = process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../shared/data')

export const flowFiles = {
  kdd: join(folder, 'kddcup2017-tollgates/volume_20min.csv'),
  tsa: join(folder, 'tsa-checkpoint-hourly/tsa_hourly_by_checkpoint_2019_2020.csv.gz'),
  hk: join(folder, 'hk-control-points-2020/hk_passengers_daily_by_control_point_2020.csv'),
} as const

export const isFlowDataPresent = (): boolean => Object.values(flowFiles).every((file) => existsSync(file))

/** Days from 1 January 1970 to a day such as 2020-01-18. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

/** Series of a file up to its end, or up to a day, as the command line reads them. */
export const readFlows = async (
  file: string,
  untilDay?: string,
): Promise<{ readonly windowMinutes: number; readonly series: readonly FlowSeries[] }> => {
  const until = untilDay === undefined ? undefined : dayNumber(untilDay) * 1440
  return flowWindows(file, await readFlowRows(file, undefined), until, undefined, undefined)
}

/** Hourly series added up to days; a day without an hour is missing. */
export const asDays = (series: readonly FlowSeries[]): FlowSeries[] =>
  series.map((one) => {
    const firstDay = Math.floor(one.firstWindow / 24)
    const days = Math.floor((one.firstWindow + one.values.length) / 24) - firstDay
    const values = Array.from({ length: days }, (_, day): number | null => {
      const from = (firstDay + day) * 24 - one.firstWindow
      const hours = one.values.slice(Math.max(0, from), from + 24).filter((value) => value !== null)
      return hours.length === 0 ? null : hours.reduce((sum, value) => sum + value, 0)
    })
    return { ...one, firstWindow: firstDay, values }
  })

/** Public holiday of October 2016 and its make-up working days. Source: State Council, 国办发明电〔2015〕18号. */
export const octoberHoliday: readonly CalendarDay[] = [
  ...Array.from({ length: 7 }, (_, at) => ({
    day: dayNumber('2016-10-01') + at,
    kind: 'holiday' as const,
    name: 'National Day',
    ordinal: at + 1,
  })),
  ...['2016-10-08', '2016-10-09'].map((date) => ({
    day: dayNumber(date),
    kind: 'workday' as const,
    name: 'National Day',
    ordinal: 0,
  })),
]
