import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseReports, FlowSeries } from '@guankou/models/origin/origin-data.ts'
import type { RiskData } from '@guankou/models/origin/origin-risk.ts'
import { dayNumber } from '@guankou/server/cli/commands/models/origin/days.ts'
import { populationOf, regionOf } from '@guankou/server/cli/commands/models/origin/place-codes.ts'
import { readCaseFiles } from '@guankou/server/cli/commands/models/origin/read-cases.ts'
import { readFlowFiles } from '@guankou/server/cli/commands/models/origin/read-flows.ts'

const folder = process.env.GUANKOU_REFERENCE_DATA ?? join(import.meta.dirname, '../../../shared/data')
const flowFolder = join(folder, 'baidu-qianxi-2020')
const caseFolder = join(folder, 'china-city-cases-2020')

export const isReferencePresent = existsSync(flowFolder) && existsSync(caseFolder)

export const wuhan = '420100'
export const zhuhai = '440400'

/** Travellers from the units of Hubei by day; the same with all pairs by week and totals of inflow. */
export const flowSets = {
  hubei: ['hubei_origin_to_all_daily.csv.gz'],
  all: ['od_all_cities_weekly_mean.csv.gz', 'hubei_origin_to_all_daily.csv.gz', 'index_in_out_daily.csv.gz'],
}

export const readReferenceCases = (): Promise<CaseReports[]> =>
  readCaseFiles(['city_cases_daily.csv', 'province_cases_daily.csv'].map((name) => join(caseFolder, name)))

/** What the command line would compute from on a day. */
export const readReference = async (
  files: readonly string[],
  cases: readonly CaseReports[],
  asOfDay: number,
): Promise<RiskData> => {
  const paths = files.map((name) => join(flowFolder, name))
  const { flows, inflows } = await readFlowFiles(paths, null, asOfDay)
  return { flows, inflows, cases, populationOf: populationOf(new Map()), regionOf }
}

/** The last count published by a day; 0 before the first. */
export const countBy = ({ days, cumulative }: CaseReports, day: number): number =>
  cumulative[days.findLastIndex((each) => each <= day)] ?? 0

/** The first places whose reports are followed to their end: those that have one after this day. */
const followedUntil = dayNumber('2020-04-01')

/** Destinations outside Hubei whose reports go on to the end of the data. */
export const targetsOf = (flows: readonly FlowSeries[], cases: readonly CaseReports[]): CaseReports[] => {
  const destinations = new Set(flows.map(({ destination }) => destination))
  return cases.filter(
    ({ place, days }) =>
      destinations.has(place) && !place.startsWith('42') && (days.at(-1) ?? 0) >= followedUntil,
  )
}

const naiveFrom = dayNumber('2020-01-10')
const naiveTo = dayNumber('2020-01-24')

/** A flow that is not listed, as a logarithm needs one. */
const leastFlow = 1e-3

/** Index points from Wuhan by destination, 10 to 24 January or as much of it as is known. */
export const wuhanFlows = (flows: readonly FlowSeries[], asOfDay: number): ReadonlyMap<string, number> =>
  new Map(
    flows
      .filter(({ origin }) => origin === wuhan)
      .map(({ destination, firstDay, values }) => {
        let sum = leastFlow
        for (let day = naiveFrom; day <= Math.min(naiveTo, asOfDay); day++) sum += values[day - firstDay] ?? 0
        return [destination, sum]
      }),
  )

export const flowOr = (flows: ReadonlyMap<string, number>, place: string): number =>
  flows.get(place) ?? leastFlow
