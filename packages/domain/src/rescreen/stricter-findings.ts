import {
  type ExposureLevel,
  exposureLevels,
  type FeverLevel,
  feverLevels,
  type RuleSet,
} from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import { decideDisposition } from '#src/screening/disposition.ts'
import { exposureLevel } from '#src/screening/exposure.ts'

/** Somebody on file, as far as rules look at them. */
export type OnFile = {
  readonly day: string
  readonly fever: FeverLevel
  readonly contactWithCase: boolean
  readonly symptomCount: number
  readonly stays: readonly { readonly areaCode: number; readonly leftOn: string }[]
}

/** What a version of the rules gives somebody on file, on the day of their screening. */
export const decideOnFile = (person: OnFile, ruleSet: RuleSet): Disposition => {
  const who = {
    exposures: person.stays.map((stay) => ({ ...stay, evidence: 'declared' as const })),
    contactWithCase: person.contactWithCase,
  }
  const exposure = exposureLevel(who, ruleSet, person.day)
  return decideDisposition(
    { fever: person.fever, exposure, symptomCount: person.symptomCount },
    ruleSet.rules,
  ).disposition
}

/** Whether a version is stricter with somebody on file than the one before. */
export const isStricterWith = (person: OnFile, before: RuleSet, after: RuleSet): boolean =>
  dispositionRank(decideOnFile(person, after)) > dispositionRank(decideOnFile(person, before))

/** No rule asks for more symptoms than these, so that more of them are the same. */
export const mostSymptomsAsked = 20

/** Findings that one version treats more strictly than another. */
export type StricterFinding = {
  readonly fever: FeverLevel
  readonly symptomCount: number
  readonly before: ExposureLevel
  readonly after: ExposureLevel
  readonly from: Disposition
  readonly to: Disposition
}

/**
 * Every finding that the version after treats more strictly than the one before: the rules told as a short table, which a
 * database can join a million people with. Exposure may differ between the two, as each has its own areas at risk.
 */
export const stricterFindings = (before: RuleSet, after: RuleSet): readonly StricterFinding[] => {
  const counts = Array.from({ length: mostSymptomsAsked + 1 }, (_, count) => count)
  return feverLevels.flatMap((fever) =>
    counts.flatMap((symptomCount) =>
      exposureLevels.flatMap((was) =>
        exposureLevels.flatMap((is) => {
          const from = decideDisposition({ fever, exposure: was, symptomCount }, before.rules).disposition
          const to = decideDisposition({ fever, exposure: is, symptomCount }, after.rules).disposition
          return dispositionRank(to) > dispositionRank(from)
            ? [{ fever, symptomCount, before: was, after: is, from, to }]
            : []
        }),
      ),
    ),
  )
}
