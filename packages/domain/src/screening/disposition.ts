import type { Listed } from '@guankou/contract/matching/listed.ts'
import {
  type ExposureLevel,
  exposureLevels,
  type FeverLevel,
  feverLevels,
  type Rule,
  type RuleSet,
} from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import type { Traveller } from '@guankou/contract/screening/record-screening.ts'
import { exposureLevel } from '#src/screening/exposure.ts'
import { feverLevel } from '#src/screening/fever.ts'

/** What the rules look at. */
export type Findings = {
  readonly fever: FeverLevel
  readonly exposure: ExposureLevel
  readonly symptomCount: number
  /** Lists that they stood on at that hour. */
  readonly listed: readonly Pick<Listed, 'reason' | 'confirmed'>[]
}

/** A decision with the rules that led to it, strictest first; empty where nothing held and the traveller passes. */
export type Decision = Omit<Findings, 'listed'> & {
  readonly disposition: Disposition
  readonly ruleIds: readonly string[]
}

const isListed = ({ listed: reasons, listedConfirmed }: Rule['when'], listed: Findings['listed']): boolean =>
  (reasons === undefined && listedConfirmed === undefined) ||
  listed.some(
    ({ reason, confirmed }) =>
      (reasons === undefined || reasons.includes(reason)) && (listedConfirmed === undefined || confirmed),
  )

const holds = ({ when }: Rule, findings: Findings): boolean =>
  (when.feverAtLeast === undefined ||
    feverLevels.indexOf(findings.fever) >= feverLevels.indexOf(when.feverAtLeast)) &&
  (when.exposureAtLeast === undefined ||
    exposureLevels.indexOf(findings.exposure) >= exposureLevels.indexOf(when.exposureAtLeast)) &&
  (when.symptomsAtLeast === undefined || findings.symptomCount >= when.symptomsAtLeast) &&
  isListed(when, findings.listed)

/** What of a traveller rules look at; who they are plays no part. */
export type Judged = Pick<Traveller, 'readings' | 'exposures' | 'contactWithCase' | 'symptoms' | 'listed'>

/** What was found of one traveller, before any rule. */
export const findingsOf = (traveller: Judged, ruleSet: RuleSet, day: string): Findings => ({
  fever: feverLevel(traveller.readings, ruleSet.feverThresholdCelsius),
  exposure: exposureLevel(traveller, ruleSet, day),
  symptomCount: traveller.symptoms.length,
  listed: traveller.listed ?? [],
})

/**
 * The disposition that a version of the rules gives. Total: every finding has an answer. Monotone: more fever,
 * exposure, symptoms or lists never gives a milder one, because each condition is a lower bound and the strictest wins.
 */
export const decideDisposition = (findings: Findings, rules: readonly Rule[]): Decision => {
  const held = rules
    .filter((rule) => holds(rule, findings))
    .toSorted((a, b) => dispositionRank(b.disposition) - dispositionRank(a.disposition))
  const { fever, exposure, symptomCount } = findings
  return {
    fever,
    exposure,
    symptomCount,
    disposition: held[0]?.disposition ?? 'passed',
    ruleIds: held.map((rule) => rule.id),
  }
}

/** Findings and disposition of one traveller on a local day. */
export const decideTraveller = (traveller: Judged, ruleSet: RuleSet, day: string): Decision =>
  decideDisposition(findingsOf(traveller, ruleSet, day), ruleSet.rules)
