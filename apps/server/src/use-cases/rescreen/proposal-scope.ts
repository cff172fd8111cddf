import type { ProposalState } from '@guankou/contract/rescreen/vocabulary.ts'
import type { StoredProposal } from '@guankou/db/queries/rescreen/proposals.ts'
import { type ProposalFacts, proposalStateOf, type RuleDecider } from '@guankou/domain/rescreen/proposal.ts'
import type { ServerContext } from '#src/context.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

/** A proposal as the rules take it. */
export const factsOf = (proposal: StoredProposal): ProposalFacts => ({
  proposedBy: proposal.proposed_by,
  role: proposal.role as RuleDecider,
  afterVersion: proposal.after_version,
  lapsesAtMs: proposal.lapses_at.getTime(),
  state: proposal.state as ProposalFacts['state'],
})

/** How a proposal stands now, by the clock and by the versions that there are. */
export const stateNow = (
  { reference, now }: Pick<ServerContext, 'reference' | 'now'>,
  proposal: StoredProposal,
): ProposalState => {
  const versions = reference.current().response(proposal.response_id)?.ruleSets ?? []
  const newestVersion = Math.max(0, ...versions.map(({ version }) => version))
  return proposalStateOf(factsOf(proposal), { nowMs: now(), newestVersion })
}

/** Where what was written of a decision belongs. */
export const declinedPlace = (proposalId: string): string => `rule-proposal|${proposalId}`

/** Why a proposal was declined; null where it was not, or the key of its day is destroyed. */
export const openDeclined = (
  { identity }: Pick<ServerContext, 'identity'>,
  { jurisdiction, day, id, reason_sealed }: StoredProposal,
): Promise<string | null> =>
  reason_sealed === null
    ? Promise.resolve(null)
    : unlessDestroyed(identity.sealer.open({ jurisdiction, day }, declinedPlace(id), reason_sealed))
