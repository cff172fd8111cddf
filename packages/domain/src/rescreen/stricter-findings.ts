import {
  type ExposureLevel,
  exposureLevels,
  type FeverLevel,
  feverLevels,
  type RuleSet,
} from '@guankou/contract/responses/response.ts'
import { type Disposition, dispositionRank } from '@guankou/contract/screening/dispositions.ts'
import { decideDisposition, type Findings } from '#src/screening/disposition.ts'
import { exposureLevel } from '#src/screening/exposure.ts'

/** Somebody on file, as far as rules look at them. */
export type OnFile = {
  readonly day: string
  readonly fever: FeverLevel
  readonly contactWithCase: boolean
  readonly symptomCount: number
  readonly listed: Findings['listed']
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
    { fever: person.fever, exposure, symptomCount: person.symptomCount, listed: person.listed },
    ruleSet.rules,
  ).disposition
}

/** Whether a version is stricter with somebody on file than the one before. */
export const isStricterWith = (person: OnFile, before: RuleSet, after: RuleSet): boolean =>
  dispositionRank(decideOnFile(person, after)) > dispositionRank(decideOnFile(person, before))

/** No rule asks for more symptoms than these, so that more of them are the same. */
export const mostSymptomsAsked = 20

/**
 * The lists that somebody stood on, as one text by which people are told apart: reasons in order, those that the server had
 * confirmed with a mark.
 * @example listedSignature([{ reason: 'quarantine-order', confirmed: true }]) // 'quarantine-order!'
 */
export const listedSignature = (listed: Findings['listed']): string =>
  [...new Set(listed.map(({ reason, confirmed }) => (confirmed ? `${reason}!` : reason)))].sort().join(',')

const listedOf = (signature: string): Findings['listed'] =>
  signature === ''
    ? []
    : signature.split(',').map((each) => ({
        reason: each.replace('!', '') as Findings['listed'][number]['reason'],
        confirmed: each.endsWith('!'),
      }))

/** Findings that one version treats more strictly than another. */
export type StricterFinding = {
  readonly fever: FeverLevel
  readonly symptomCount: number
  readonly listed: string
  readonly before: ExposureLevel
  readonly after: ExposureLevel
  readonly from: Disposition
  readonly to: Disposition
}

const comparedOf = (before: RuleSet, after: RuleSet, same: Omit<Findings, 'exposure'>, signature: string) =>
  exposureLevels.flatMap((was) =>
    exposureLevels.flatMap((is): StricterFinding[] => {
      const from = decideDisposition({ ...same, exposure: was }, before.rules).disposition
      const to = decideDisposition({ ...same, exposure: is }, after.rules).disposition
      const { fever, symptomCount } = same
      return dispositionRank(to) > dispositionRank(from)
        ? [{ fever, symptomCount, listed: signature, before: was, after: is, from, to }]
        : []
    }),
  )

/**
 * Every finding that the version after treats more strictly than the one before: the rules told as a short table, which a
 * database can join a million people with. Exposure may differ between the two, as each has its own areas at risk.
 * @param signatures  of the lists that anybody on file stood on
 */
export const stricterFindings = (
  before: RuleSet,
  after: RuleSet,
  signatures: readonly string[],
): readonly StricterFinding[] =>
  signatures.flatMap((signature) =>
    feverLevels.flatMap((fever) =>
      Array.from({ length: mostSymptomsAsked + 1 }, (_, symptomCount) =>
        comparedOf(before, after, { fever, symptomCount, listed: listedOf(signature) }, signature),
      ).flat(),
    ),
  )
