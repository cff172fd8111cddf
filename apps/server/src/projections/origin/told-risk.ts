import type { RiskInterval } from '@guankou/contract/origin/risk.ts'
import type { RiskFigures } from '@guankou/db/queries/origin/results.ts'

const round = (value: number, digits: number): number => (value === 0 ? 0 : Number(value.toPrecision(digits)))

/**
 * A risk as it may be told: its figures follow from counts, so they are rounded to so many significant digits that the
 * counts cannot be read off them.
 * @param digits  2 where the arrivals are told, 1 where they are withheld
 */
export const toldRisk = (risk: RiskFigures, digits: 1 | 2): RiskInterval => ({
  expected: round(risk.expected, digits),
  low50: round(risk.low50, digits),
  high50: round(risk.high50, digits),
  low90: round(risk.low90, digits),
  high90: round(risk.high90, digits),
  pAtLeastOne: round(risk.pAtLeastOne, digits),
})
