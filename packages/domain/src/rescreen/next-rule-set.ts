import type { ErrorCode } from '@guankou/contract/errors.ts'
import type { EndedRiskArea, RiskAreaChange } from '@guankou/contract/rescreen/rule-versions.ts'
import { mostRiskAreas } from '@guankou/contract/rescreen/vocabulary.ts'
import type { RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import { isCivilDate } from '#src/places/calendar.ts'

export type NextRuleSet =
  | { readonly ok: true; readonly ruleSet: RuleSet }
  | { readonly ok: false; readonly code: ErrorCode; readonly path: string }

const no = (code: ErrorCode, path: string): NextRuleSet => ({ ok: false, code, path })

/** Whether two entries speak of the same area at the same level since the same day. */
const isSameArea = (
  a: Pick<RiskArea, 'areaCode' | 'level' | 'from'>,
  b: Pick<RiskArea, 'areaCode' | 'level' | 'from'>,
): boolean => a.areaCode === b.areaCode && a.level === b.level && a.from === b.from

const hasRealDays = ({ from, until }: RiskArea): boolean =>
  isCivilDate(from) && (until === undefined || (isCivilDate(until) && until >= from))

const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000')

/** What is wrong with what is added or ended, the first of it. */
const findFault = (
  { riskAreas }: RuleSet,
  { added, ended }: RiskAreaChange,
  isKnownArea: (code: number) => boolean,
): NextRuleSet | undefined => {
  for (const [at, area] of added.entries()) {
    const path = `/added/${at}`
    if (!hasRealDays(area)) return no('RISK_AREA_DATES', path)
    if (!isKnownArea(area.areaCode)) return no('UNKNOWN_ORIGIN', `${path}/areaCode`)
    if (area.name !== undefined && !(isText(area.name.zh) && isText(area.name.en)))
      return no('TEXT_NOT_WELL_FORMED', `${path}/name`)
    const others = [...riskAreas, ...added.slice(0, at)]
    if (others.some((other) => isSameArea(other, area))) return no('RISK_AREA_TWICE', path)
  }
  for (const [at, area] of ended.entries()) {
    const path = `/ended/${at}`
    if (!hasRealDays(area)) return no('RISK_AREA_DATES', path)
    const held = riskAreas.some(
      (one) => isSameArea(one, area) && (one.until === undefined || one.until > area.until),
    )
    if (!held) return no('RISK_AREA_UNKNOWN', path)
    if (ended.slice(0, at).some((other) => isSameArea(other, area))) return no('RISK_AREA_TWICE', path)
  }
  return undefined
}

const endIn = (riskAreas: readonly RiskArea[], ended: readonly EndedRiskArea[]): RiskArea[] =>
  riskAreas.map((area) => {
    const end = ended.find((one) => isSameArea(one, area))
    return end === undefined ? area : { ...area, until: end.until }
  })

/**
 * The version that follows one, with areas at risk that are added and ended; everything else stays as it is.
 * @param today  local day of the city, from which on the version is in force
 */
export const nextRuleSet = (
  before: RuleSet,
  change: RiskAreaChange,
  { today, isKnownArea }: { readonly today: string; readonly isKnownArea: (code: number) => boolean },
): NextRuleSet => {
  if (change.added.length === 0 && change.ended.length === 0) return no('RULES_UNCHANGED', '/added')
  const fault = findFault(before, change, isKnownArea)
  if (fault !== undefined) return fault
  const riskAreas = [...endIn(before.riskAreas, change.ended), ...change.added]
  if (riskAreas.length > mostRiskAreas) return no('RISK_AREAS_TOO_MANY', '/added')
  return { ok: true, ruleSet: { ...before, version: before.version + 1, effectiveFrom: today, riskAreas } }
}

const keyOf = ({ areaCode, level, from, until }: RiskArea): string =>
  `${areaCode} ${level} ${from} ${until ?? ''}`

/** What differs between a version and the one before it. */
export const ruleSetChange = (
  before: RuleSet | undefined,
  after: RuleSet,
): { readonly added: RiskArea[]; readonly ended: RiskArea[]; readonly changesMore: boolean } => {
  const held = new Set((before?.riskAreas ?? []).map(keyOf))
  const fresh = after.riskAreas.filter((area) => !held.has(keyOf(area)))
  const isOfBefore = (area: RiskArea): boolean =>
    area.until !== undefined && (before?.riskAreas ?? []).some((one) => isSameArea(one, area))
  const rest = ({ version: _, effectiveFrom: __, riskAreas: ___, ...others }: RuleSet): string =>
    JSON.stringify(others)
  return {
    added: fresh.filter((area) => !isOfBefore(area)),
    ended: fresh.filter(isOfBefore),
    changesMore: before !== undefined && rest(before) !== rest(after),
  }
}
