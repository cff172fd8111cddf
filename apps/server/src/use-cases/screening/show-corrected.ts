import type { RuleSet } from '@guankou/contract/responses/response.ts'
import type { CorrectionGround } from '@guankou/contract/screening/corrections.ts'
import type { FindingCorrectionView, TravellerDecision } from '@guankou/contract/screening/decisions.ts'
import type { FindingCorrection } from '@guankou/db/queries/screening/finding-corrections.ts'
import type { StoredTravellerDecision } from '@guankou/db/queries/screening/read-decisions.ts'
import { correctable, decideCorrected, withCorrections } from '@guankou/domain/screening/correct-findings.ts'
import type { ServerContext } from '#src/context.ts'
import { type OfficerNames, officerOf } from '#src/use-cases/exports/list-exports.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { findingWordsPlace, foundOf } from '#src/use-cases/screening/correct-findings.ts'

type Corrected = {
  readonly traveller: StoredTravellerDecision
  /** Of this traveller, oldest first. */
  readonly corrections: readonly FindingCorrection[]
  readonly names: OfficerNames
  readonly ruleSet: RuleSet | undefined
  /** Of the screening. */
  readonly day: string
}

const lineOf = async (
  { identity: { sealer } }: ServerContext,
  correction: FindingCorrection,
  names: OfficerNames,
): Promise<FindingCorrectionView> => {
  const { id, madeAt, accountId, ground, wordsSealed, before, after } = correction
  return {
    id,
    madeAt: madeAt.toISOString(),
    by: officerOf(names, accountId),
    ground: ground as CorrectionGround,
    words:
      wordsSealed === null
        ? null
        : await unlessDestroyed(sealer.open(correction, findingWordsPlace(id), wordsSealed)),
    before,
    after,
  }
}

/** The history of what was found, and what the rules of that hour would say of what is known now. */
export const correctedView = async (
  context: ServerContext,
  { traveller, corrections, names, ruleSet, day }: Corrected,
): Promise<Pick<TravellerDecision, 'corrections' | 'corrected'>> => {
  const lines = await Promise.all(corrections.map((each) => lineOf(context, each, names)))
  if (corrections.length === 0 || ruleSet === undefined) return { corrections: lines, corrected: null }
  const findings = withCorrections(
    foundOf(traveller),
    corrections.map(({ after }) => after),
  )
  const { fever, exposure, disposition, ruleIds } = decideCorrected(findings, ruleSet, day)
  return {
    corrections: lines,
    corrected: { findings: correctable(findings), fever, exposure, disposition, ruleIds: [...ruleIds] },
  }
}
