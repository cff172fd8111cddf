import type { ProposalState, ruleDeciders } from '@guankou/contract/rescreen/vocabulary.ts'
import { proposalHours } from '@guankou/contract/rescreen/vocabulary.ts'
import type { Response } from '@guankou/contract/responses/response.ts'

export type RuleDecider = (typeof ruleDeciders)[number]

const msPerHour = 3_600_000

/** What decides how a proposal stands; instants as Unix time in milliseconds. */
export type ProposalFacts = {
  readonly proposedBy: string
  readonly role: RuleDecider
  readonly afterVersion: number
  readonly lapsesAtMs: number
  /** What was done about it; left as it is until somebody does. */
  readonly state: Exclude<ProposalState, 'lapsed' | 'overtaken'>
}

export const lapsesAtMs = (proposedAtMs: number): number => proposedAtMs + proposalHours * msPerHour

/** Whether areas at risk of a response come into force when two people agree, which is so unless it says otherwise. */
export const needsSecondPerson = ({ rulesBy }: Pick<Response, 'rulesBy'>): boolean => rulesBy !== 'one-person'

/** How a proposal stands: what nobody decided on ends by itself, by the clock or by another version. */
export const proposalStateOf = (
  { state, afterVersion, lapsesAtMs: lapses }: Pick<ProposalFacts, 'state' | 'afterVersion' | 'lapsesAtMs'>,
  { nowMs, newestVersion }: { readonly nowMs: number; readonly newestVersion: number },
): ProposalState => {
  if (state !== 'waiting') return state
  if (nowMs >= lapses) return 'lapsed'
  return newestVersion === afterVersion ? 'waiting' : 'overtaken'
}

/** Why somebody cannot agree to a proposal or decline it; undefined where they can. */
export const mayNotDecide = (
  { proposedBy, role: proposerRole }: Pick<ProposalFacts, 'proposedBy' | 'role'>,
  { accountId, role }: { readonly accountId: string; readonly role: string },
): 'PROPOSAL_OWN' | 'PROPOSAL_NEEDS_COMMANDER' | undefined => {
  if (accountId === proposedBy) return 'PROPOSAL_OWN'
  return proposerRole === 'commander' || role === 'commander' ? undefined : 'PROPOSAL_NEEDS_COMMANDER'
}
