import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { Tally } from '@guankou/contract/situation/endpoints.ts'
import { tallyOf } from '#src/screening/tally.ts'

/** How the counts by disposition change where one takes the place of another; who was counted stays counted. */
export type DispositionShift = Pick<Tally, 'secondChecks' | 'quarantined' | 'turnedBack' | 'referred'>

const countsOf = (disposition: Disposition): Tally =>
  tallyOf([{ fever: 'none', exposure: 'none', symptomCount: 0, disposition, ruleIds: [] }])

/** @example dispositionShift('referred', 'passed').referred // -1 */
export const dispositionShift = (from: Disposition, to: Disposition): DispositionShift => {
  const [before, after] = [countsOf(from), countsOf(to)]
  return {
    secondChecks: after.secondChecks - before.secondChecks,
    quarantined: after.quarantined - before.quarantined,
    turnedBack: after.turnedBack - before.turnedBack,
    referred: after.referred - before.referred,
  }
}
