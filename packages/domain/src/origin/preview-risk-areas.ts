import type { RiskArea, RuleSet } from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import { liesIn } from '#src/places/areas.ts'
import { decideOnFile, type OnFile } from '#src/rescreen/stricter-findings.ts'

/** People whom the rules cannot tell apart. */
export type Alike = OnFile & { readonly originCode: number }

export type Redecided = {
  readonly before: Disposition
  readonly after: Disposition
  /** Whether the changed rules are stricter with them. */
  readonly isReselected: boolean
  /** The journey began in an area of the change and no stay was named: nobody knows, and they would be asked. */
  readonly isUnasked: boolean
}

const isOpenOn = ({ from, until }: RiskArea, day: string): boolean =>
  from <= day && (until === undefined || day <= until)

/**
 * Decides once with the areas at risk that there are and once with further ones. Because exposure only grows with the
 * areas and the rules are monotone, nobody comes out milder.
 * @param ruleSet  the version that would change   @param added  areas put beside its own
 */
export const redecide = (people: Alike, ruleSet: RuleSet, added: readonly RiskArea[]): Redecided => {
  const before = decideOnFile(people, ruleSet)
  const after = decideOnFile(people, { ...ruleSet, riskAreas: [...ruleSet.riskAreas, ...added] })
  return {
    before,
    after,
    isReselected: dispositionRank(after) > dispositionRank(before),
    isUnasked:
      people.stays.length === 0 &&
      added.some((area) => liesIn(people.originCode, area.areaCode) && isOpenOn(area, people.day)),
  }
}

/**
 * Whether the rules treat people from an origin worse than others on a day: it lies in an area at risk, now or within
 * the window of exposure.
 * @param earliest  the first day of that window
 */
export const isSingledOut = (
  originCode: number,
  riskAreas: readonly RiskArea[],
  { day, earliest }: { readonly day: string; readonly earliest: string },
): boolean =>
  riskAreas.some(
    (area) =>
      liesIn(originCode, area.areaCode) &&
      area.from <= day &&
      (area.until === undefined || area.until >= earliest),
  )
