import type { OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { listProposals, RuleProposal } from '@guankou/contract/rescreen/proposals.ts'
import { ruleDeciders } from '@guankou/contract/rescreen/vocabulary.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readProposals, type StoredProposal } from '@guankou/db/queries/rescreen/proposals.ts'
import { mayNotDecide, type RuleDecider } from '@guankou/domain/rescreen/proposal.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { factsOf, openDeclined, stateNow } from '#src/use-cases/rescreen/proposal-scope.ts'
import { cityOf } from '#src/use-cases/rescreen/start-run.ts'

const mostShown = 20

const viewOf = async (
  context: ServerContext,
  actor: Actor,
  proposal: StoredProposal,
): Promise<RuleProposal> => {
  const state = stateNow(context, proposal)
  const { decider_zh: zh, decider_en: en } = proposal
  const decides = ruleDeciders.some((role) => role === actor.role)
  return {
    id: proposal.id,
    responseId: proposal.response_id,
    afterVersion: proposal.after_version,
    added: [...proposal.added],
    ended: [...proposal.ended],
    dueHours: proposal.due_hours,
    state,
    proposedAt: proposal.proposed_at.toISOString(),
    proposedBy: { zh: proposal.name_zh, en: proposal.name_en },
    role: proposal.role as RuleDecider,
    lapsesAt: proposal.lapses_at.toISOString(),
    own: proposal.proposed_by === actor.accountId,
    mayDecide: decides && state === 'waiting' && mayNotDecide(factsOf(proposal), actor) === undefined,
    decidedAt: proposal.decided_at?.toISOString() ?? null,
    decidedBy: zh === null || en === null ? null : { zh, en },
    because: await openDeclined(context, proposal),
    version: proposal.version,
  }
}

/** What waits for a second person, and what became of the latest proposals. */
export const readAllProposals = async (
  context: ServerContext,
  actor: Actor,
  { responseId }: QueryOf<typeof listProposals>,
): Promise<Result<OutputOf<typeof listProposals>>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  if (context.reference.current().response(responseId) === undefined)
    return refused('UNKNOWN_RESPONSE', '/responseId')
  const found = await inArea(context.db, actor.areaCode, (transaction) =>
    readProposals(transaction, city.value, responseId, mostShown),
  )
  return done({
    asOf: new Date(context.now()).toISOString(),
    proposals: await Promise.all(found.map((each) => viewOf(context, actor, each))),
  })
}
