import {
  type OriginQuery,
  type OriginRisk,
  type OriginRiskRow,
  type OriginRuleFairness,
  originWindowDays,
} from '@guankou/contract/origin/risk.ts'
import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { readDeclared, readFindings } from '@guankou/db/queries/origin/arrivals.ts'
import { readCaseSets, readReportsReach } from '@guankou/db/queries/origin/case-reports.ts'
import { allOriginsCode, readTotalRisks, type TotalRisk } from '@guankou/db/queries/origin/results.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import type { ToldOrigins } from '@guankou/domain/situation/withhold-origins.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { stampOf } from '#src/jobs/model-stamp-of.ts'
import { bilingualName, daysOf } from '#src/projections/origin/names.ts'
import { ruleFairness } from '#src/projections/origin/rule-fairness.ts'
import { toldOn } from '#src/projections/origin/told-arrivals.ts'
import { toldDeclared } from '#src/projections/origin/told-declared.ts'
import { toldRisk } from '#src/projections/origin/told-risk.ts'
import { done, type Result } from '#src/result.ts'
import { findResult, type OriginScope, originScope, readTold } from '#src/use-cases/origin/origin-scope.ts'

const sourcesShown = 20

/** What the counts say of every rule that singles an origin out; where two responses do, the one that is warned of. */
const fairnessOf = async (
  { reference }: ServerContext,
  tx: AreaTransaction,
  { jurisdictions }: OriginScope,
  { day, from }: { readonly day: string; readonly from: string },
): Promise<ReadonlyMap<number, OriginRuleFairness>> => {
  const findings = await readFindings(tx, jurisdictions, { from, until: day })
  const found = new Map<number, OriginRuleFairness>()
  for (const response of reference.current().responses) {
    const ruleSet = ruleSetInForce(response.ruleSets, day)
    if (ruleSet === undefined) continue
    for (const [origin, fairness] of ruleFairness(findings, { responseId: response.id, ruleSet }, day))
      if (found.get(origin)?.isWarned !== true) found.set(origin, fairness)
  }
  return found
}

type RowParts = {
  readonly told: ReadonlyMap<string, ToldOrigins>
  readonly days: readonly string[]
  readonly risks: ReadonlyMap<number, TotalRisk>
  readonly fairness: ReadonlyMap<number, OriginRuleFairness>
  readonly travellersTotal: number
}

const rowOf = (
  originCode: number,
  { told, days, risks, fairness, travellersTotal }: RowParts,
): OriginRiskRow => {
  const daily = days.map((day) => toldOn(told.get(day), originCode))
  const known = daily.filter((count) => count !== null)
  const daysWithheld = daily.length - known.length
  const sum = known.reduce((total, count) => total + count, 0)
  const isUntold = sum === 0 && daysWithheld > 0
  const risk = risks.get(originCode)
  return {
    originCode,
    name: bilingualName(originCode),
    arrivals: isUntold ? null : sum,
    daysWithheld,
    share: daysWithheld > 0 || travellersTotal === 0 ? null : sum / travellersTotal,
    daily,
    risk: risk === undefined ? null : toldRisk(risk, isUntold ? 1 : 2),
    fairness: fairness.get(originCode) ?? null,
  }
}

/** Largest risk first, then arrivals, then code: the order of what is told, so that it tells nothing more. */
const byRisk = (a: OriginRiskRow, b: OriginRiskRow): number =>
  (b.risk?.expected ?? -1) - (a.risk?.expected ?? -1) ||
  (b.arrivals ?? -1) - (a.arrivals ?? -1) ||
  a.originCode - b.originCode

/** Origins on a day: arrivals of two weeks, imported cases to expect, and what the counts say of the rules. */
export const readRisk = async (
  context: ServerContext,
  actor: Actor,
  query: OriginQuery,
): Promise<Result<OriginRisk>> => {
  const scope = originScope(context, query)
  if (!scope.ok) return scope
  const { area, top, jurisdictions } = scope.value
  return inArea(context.db, actor.areaCode, async (tx) => {
    const { day, daysWithResult, output, run } = await findResult(tx, scope.value)
    const from = addDays(day, 1 - originWindowDays)
    const days = daysOf(from, day, addDays)
    const told = await readTold(context, tx, scope.value, days)
    const totals = output === undefined ? [] : await readTotalRisks(tx, area, output.runId)
    const risks = new Map(totals.map((each) => [each.originCode, each]))
    const findings = await readFindings(tx, jurisdictions, { from, until: day })
    const travellersTotal = findings.reduce((sum, { screened }) => sum + screened, 0)
    const fairness = await fairnessOf(context, tx, scope.value, { day, from })
    const declared = toldDeclared(await readDeclared(tx, jurisdictions, { from, until: day }))
    const named = new Set([...told.values()].flatMap(({ origins }) => [...origins.keys()]))
    // Where nobody's last leg began may still be where many were.
    for (const region of declared.keys())
      if (risks.has(region) && region !== allOriginsCode) named.add(region)
    const parts = { told, days, risks, fairness, travellersTotal }
    const total = risks.get(allOriginsCode)
    const sets = await readCaseSets(context.db.query, top, { asOf: day, limit: sourcesShown })
    const reach = await readReportsReach(context.db.query, top, day)
    return done({
      day,
      from,
      until: day,
      countedAt: new Date(context.now()).toISOString(),
      stamp: output === undefined ? null : stampOf('origins', output, 'case'),
      run,
      daysWithResult: [...daysWithResult],
      sources: [
        ...new Map(sets.map(({ source, licence }) => [`${source}|${licence}`, { source, licence }])).values(),
      ],
      casesPublishedOn: reach.publishedOn,
      smallCountThreshold,
      travellersTotal,
      total: total === undefined ? null : toldRisk(total, 2),
      origins: [...named].map((origin) => rowOf(origin, parts)).sort(byRisk),
    })
  })
}
