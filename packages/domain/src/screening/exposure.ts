import type { ExposureLevel, RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import { exposureLevels } from '@guankou/contract/responses/response.ts'
import type { Exposure } from '@guankou/contract/screening/record-screening.ts'
import { liesIn } from '#src/places/areas.ts'
import { daysBetween } from '#src/places/calendar.ts'

const stricter = (a: ExposureLevel, b: ExposureLevel): ExposureLevel =>
  exposureLevels.indexOf(a) >= exposureLevels.indexOf(b) ? a : b

const qualifies = (exposure: Exposure, risk: RiskArea, day: string, windowDays: number): boolean => {
  if (!liesIn(exposure.areaCode, risk.areaCode) || exposure.leftOn < risk.from) return false
  const lastDayAtRisk =
    risk.until !== undefined && risk.until < exposure.leftOn ? risk.until : exposure.leftOn
  const daysAgo = daysBetween(lastDayAtRisk, day)
  return daysAgo >= 0 && daysAgo <= windowDays
}

/**
 * The strongest exposure of a person on a day: where they were in the window while it was at risk, and contact with
 * cases. Birthplace and registered residence play no part.
 * @param day  local day of the screening
 */
export const exposureLevel = (
  person: { readonly exposures: readonly Exposure[]; readonly contactWithCase: boolean },
  ruleSet: Pick<RuleSet, 'riskAreas' | 'exposureWindowDays'>,
  day: string,
): ExposureLevel => {
  if (person.contactWithCase) return 'contact'
  let level: ExposureLevel = 'none'
  for (const exposure of person.exposures)
    for (const risk of ruleSet.riskAreas)
      if (qualifies(exposure, risk, day, ruleSet.exposureWindowDays))
        level = stricter(level, risk.level === 'high' ? 'high-risk-area' : 'medium-risk-area')
  return level
}
