import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { Exposure } from '@guankou/contract/screening/record-screening.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { below, happens, pick, type Random } from '#src/random/stream.ts'

const longestLookBackDays = 21

/** What can be said of exposure on one day, prepared once for all who arrive on it. */
export type RiskDay = {
  /** Today and the 21 days before it. */
  readonly days: readonly string[]
  readonly areaCodes: readonly number[]
  readonly originsAtRisk: ReadonlySet<number>
}

/** @param originCodes  all that may be drawn   @param day  civil day of arrival */
export const riskDayOf = (ruleSet: RuleSet, originCodes: Iterable<number>, day: string): RiskDay => {
  const days = Array.from({ length: longestLookBackDays + 1 }, (_, back) => addDays(day, -back))
  const earliest = addDays(day, -ruleSet.exposureWindowDays)
  const areaCodes = ruleSet.riskAreas
    .filter((risk) => risk.from <= day && (risk.until === undefined || risk.until >= earliest))
    .map((risk) => risk.areaCode)
  const atRisk = [...originCodes].filter((code) => areaCodes.some((area) => liesIn(code, area)))
  return { days, areaCodes, originsAtRisk: new Set(atRisk) }
}

const daysBack = (risk: RiskDay, count: number): string => risk.days[count] ?? risk.days[0] ?? ''

/** Of those who come from an area at risk, so many say so. */
const declares = 0.92
/** Of all others, so many mention a stay that is of no concern. */
const mentionsHarmless = 0.1

/**
 * Stays that a traveller declares. Those from an area at risk mostly left it within the last days; a few from elsewhere
 * have been in one within three weeks, which the last leg of their journey does not show.
 */
export const drawExposures = (
  originCode: number,
  risk: RiskDay,
  hiddenExposureShare: number,
  random: Random,
): Exposure[] => {
  if (risk.originsAtRisk.has(originCode)) {
    if (!happens(random, declares)) return []
    const evidence = happens(random, 0.3) ? 'ticket' : 'declared'
    return [{ areaCode: originCode, leftOn: daysBack(risk, below(random, 4)), evidence }]
  }
  if (risk.areaCodes.length > 0 && happens(random, hiddenExposureShare)) {
    const leftOn = daysBack(risk, below(random, longestLookBackDays + 1))
    return [{ areaCode: pick(random, risk.areaCodes), leftOn, evidence: 'declared' }]
  }
  if (!happens(random, mentionsHarmless)) return []
  return [{ areaCode: originCode, leftOn: daysBack(risk, below(random, 2)), evidence: 'declared' }]
}
