import { type OriginQuery, type OriginTrend, originTrendDays } from '@guankou/contract/origin/risk.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readKnownReports } from '@guankou/db/queries/origin/case-reports.ts'
import { readDailyRisks } from '@guankou/db/queries/origin/results.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { findOrigin } from '@guankou/geodata/divisions/origins.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { stampOf } from '#src/jobs/model-stamp-of.ts'
import { bilingualName, daysOf } from '#src/projections/origin/names.ts'
import { toldOn } from '#src/projections/origin/told-arrivals.ts'
import { toldRisk } from '#src/projections/origin/told-risk.ts'
import { done, type Result, refused } from '#src/result.ts'
import { findResult, originScope, readTold } from '#src/use-cases/origin/origin-scope.ts'

/** One origin over four weeks: arrivals, risk, and what was reported there as far as it was known on the day. */
export const readTrend = async (
  context: ServerContext,
  actor: Actor,
  query: OriginQuery & { readonly origin: number },
): Promise<Result<OriginTrend>> => {
  const scope = originScope(context, query)
  if (!scope.ok) return scope
  if (findOrigin(query.origin) === undefined) return refused('UNKNOWN_ORIGIN', '/origin')
  const { area, top } = scope.value
  return inArea(context.db, actor.areaCode, async (tx) => {
    const { day, output } = await findResult(tx, scope.value)
    const days = daysOf(addDays(day, 1 - originTrendDays), day, addDays)
    const told = await readTold(context, tx, scope.value, days)
    const risks =
      output === undefined
        ? []
        : await readDailyRisks(tx, area, { runId: output.runId, origin: query.origin })
    const riskOf = new Map(risks.map((risk) => [risk.day, risk]))
    const reports = await readKnownReports(context.db.query, {
      jurisdiction: top,
      asOf: day,
      from: addDays(day, -400),
      origin: query.origin,
    })
    /** Days on which nothing changed are not reported: the last number stands. */
    const totalOn = (each: string): number | null =>
      reports.findLast((report) => report.day <= each)?.confirmedTotal ?? null
    const lastReported = reports.at(-1)?.day ?? ''
    return done({
      originCode: query.origin,
      name: bilingualName(query.origin),
      day,
      stamp: output === undefined ? null : stampOf('origins', output, 'case'),
      days: days.map((each) => {
        const arrivals = toldOn(told.get(each), query.origin)
        const risk = riskOf.get(each)
        return {
          day: each,
          arrivals,
          risk: risk === undefined ? null : toldRisk(risk, arrivals === null ? 1 : 2),
          confirmedTotal: each <= lastReported ? totalOn(each) : null,
        }
      }),
    })
  })
}
