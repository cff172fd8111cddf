import type { Database } from '@guankou/db/database.ts'
import { insertCaseReports, insertCaseSet } from '@guankou/db/queries/origin/case-reports.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { drawReportedCases } from '@guankou/simulator/cities/zhuhai-2020/reported-cases.ts'
import { v7 } from 'uuid'

/** Any number: it makes every demo of the same days alike. */
const demoSeed = 20_200_118
const madeDays = 75
/** On any later day the epidemic of the demo is this many days old. */
const ageOnLoading = 22

/** The day that stands for 18 January 2020: that day itself in the weeks it is about, else three weeks before loading. */
const firstDayOn = (today: string): string =>
  today >= '2020-01-18' && today <= '2020-03-31' ? '2020-01-18' : addDays(today, -ageOnLoading)

/**
 * Made-up reports of cases at origins, from three weeks before and for the weeks that the demo may run. Those of later
 * days bear later days of publication, so that nothing is seen before it is said.
 */
export const loadReportedCases = async (
  query: Database['query'],
  { cityCode, nowMs }: { readonly cityCode: number; readonly nowMs: number },
): Promise<void> => {
  const today = new Date(nowMs).toISOString().slice(0, 10)
  const reports = drawReportedCases(firstDayOn(today), madeDays, demoSeed)
  const setId = v7({ msecs: nowMs })
  await insertCaseSet(query, {
    jurisdiction: cityCode,
    id: setId,
    importedAt: new Date(nowMs),
    accountId: null,
    source: '演示数据（模拟） · Demo data (simulated)',
    licence: 'Apache-2.0',
    rowsNew: reports.length,
    rowsKnown: 0,
    rowsRefused: 0,
  })
  await insertCaseReports(query, { jurisdiction: cityCode, setId }, reports)
}
