import type { FigureInterval } from '@guankou/contract/models/model-stamp.ts'
import type { OriginRuleFairness } from '@guankou/contract/origin/risk.ts'
import type { RuleSet } from '@guankou/contract/responses/response.ts'
import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import type { FindingCount } from '@guankou/db/queries/origin/arrivals.ts'
import { isSingledOut } from '@guankou/domain/origin/preview-risk-areas.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { assessFairness } from '@guankou/models/fairness/assess-fairness.ts'
import { findingRate, type Rate, type Screened } from '@guankou/models/numerics/binomial-interval.ts'

const level = 0.95

/** The rules of a response that are in force on the day. */
export type RulesOfDay = { readonly responseId: string; readonly ruleSet: RuleSet }

const oneDigit = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(1)))

/** A rate whose counts are not small, rounded so that they cannot be read off it. */
const toldRate = ({ screened, findings }: Screened, { rate, low, high }: Rate): FigureInterval | null =>
  screened < smallCountThreshold || (findings > 0 && findings < smallCountThreshold)
    ? null
    : { value: oneDigit(rate), low: oneDigit(low), high: oneDigit(high), level }

/**
 * Sets the findings of every origin beside the rules that single it out, in the area and over the days of the counts.
 * A finding is a fever that a second reading confirmed: what is known of everyone, unlike a test.
 * @returns by origin, for those that are singled out
 */
export const ruleFairness = (
  findings: readonly FindingCount[],
  { responseId, ruleSet }: RulesOfDay,
  day: string,
): ReadonlyMap<number, OriginRuleFairness> => {
  const earliest = addDays(day, -ruleSet.exposureWindowDays)
  const screened = findings.map(({ originCode, screened: people, feverConfirmed }) => ({
    origin: String(originCode),
    arrivals: null,
    screened: people,
    findings: feverConfirmed,
    isSingledOut: isSingledOut(originCode, ruleSet.riskAreas, { day, earliest }),
  }))
  const others = screened
    .filter((each) => !each.isSingledOut)
    .reduce<Screened>(
      (sum, each) => ({ screened: sum.screened + each.screened, findings: sum.findings + each.findings }),
      { screened: 0, findings: 0 },
    )
  const foundElsewhere = toldRate(others, findingRate(others, level, 'jeffreys'))
  const assessed = assessFairness(screened, { level })
  return new Map(
    assessed.flatMap(({ verdict, isWarned, found }, at): [number, OriginRuleFairness][] => {
      const one = screened[at]
      if (one === undefined || verdict === 'not-singled-out') return []
      return [
        [
          Number(one.origin),
          {
            responseId,
            rulesVersion: ruleSet.version,
            verdict,
            isWarned,
            found: toldRate(one, found),
            foundElsewhere,
          },
        ],
      ]
    }),
  )
}
