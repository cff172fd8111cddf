import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { Disposition } from '@guankou/contract/screening/dispositions.ts'
import type { Exposure } from '@guankou/contract/screening/record-screening.ts'
import type { QuarantineDays } from '@guankou/contract/subject-access/person-page.ts'
import { addDays, daysBetween } from '#src/places/calendar.ts'
import { exposureLevel } from '#src/screening/exposure.ts'

export type ScreenedForQuarantine = {
  readonly disposition: Disposition
  /** Local day of the screening. */
  readonly day: string
  readonly exposures: readonly Exposure[]
  readonly contactWithCase: boolean
}

const quarantines: readonly Disposition[] = ['home-quarantine', 'central-quarantine']

/**
 * Days of a quarantine as far as the facts of a screening tell: as many as the exposure window, counted from the last
 * day at a place at risk. After contact with a case no day is known, so that the day of the screening counts.
 * A last day at risk on 1 February and a window of 14 days end on 15 February.
 * @param today  local day of whoever reads   @returns null where no quarantine was decided
 */
export const quarantineDays = (
  screened: ScreenedForQuarantine,
  ruleSet: Pick<RuleSet, 'riskAreas' | 'exposureWindowDays'>,
  today: string,
): QuarantineDays | null => {
  if (!quarantines.includes(screened.disposition)) return null
  const atRisk = screened.contactWithCase
    ? []
    : screened.exposures.filter(
        (exposure) =>
          exposureLevel({ exposures: [exposure], contactWithCase: false }, ruleSet, screened.day) !== 'none',
      )
  const last = atRisk
    .map(({ leftOn }) => leftOn)
    .toSorted()
    .at(-1)
  const countedFrom = last ?? screened.day
  const days = ruleSet.exposureWindowDays
  const lastDay = addDays(countedFrom, days)
  const dayNumber = daysBetween(countedFrom, today)
  return {
    countedBy: last === undefined ? 'screening' : 'exposure',
    countedFrom,
    lastDay,
    days,
    today: today > lastDay || dayNumber < 0 ? null : dayNumber,
  }
}
