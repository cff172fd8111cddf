import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { decideProposal } from '@guankou/contract/rescreen/proposals.ts'
import type { PublishBody } from '@guankou/contract/rescreen/rule-versions.ts'
import { type AreaTransaction, inArea } from '@guankou/db/area-scope.ts'
import { closeProposal, findProposal, type StoredProposal } from '@guankou/db/queries/rescreen/proposals.ts'
import { mayNotDecide } from '@guankou/domain/rescreen/proposal.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { isReason } from '#src/use-cases/identity/reasons.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'
import { announceRescreen } from '#src/use-cases/rescreen/announce-rescreen.ts'
import { declinedPlace, factsOf, stateNow } from '#src/use-cases/rescreen/proposal-scope.ts'
import { type Beside, freshResponse, putIntoForce } from '#src/use-cases/rescreen/publish-rules.ts'
import { cityOf } from '#src/use-cases/rescreen/start-run.ts'

type Decided = OutputOf<typeof decideProposal>

/** Refuses who may not decide, and what is decided already. */
const checkOpen = (context: ServerContext, actor: Actor, found: StoredProposal): Result<void> => {
  const mayNot = mayNotDecide(factsOf(found), actor)
  if (mayNot !== undefined) return refused(mayNot)
  const state = stateNow(context, found)
  if (state === 'overtaken') return refused('RULES_OVERTAKEN')
  return state === 'waiting' ? done(undefined) : refused('PROPOSAL_CLOSED')
}

/** A proposal, held until the transaction ends, that whoever asks can decide on now. */
const lockOpen = async (
  context: ServerContext,
  actor: Actor,
  transaction: AreaTransaction,
  { jurisdiction, id }: Pick<StoredProposal, 'jurisdiction' | 'id'>,
): Promise<Result<StoredProposal>> => {
  const found = await findProposal(transaction, jurisdiction, id, true)
  if (found === undefined) return refused('PROPOSAL_NOT_FOUND', '/proposalId')
  const open = checkOpen(context, actor, found)
  return open.ok ? done(found) : open
}

const by = ({ accountId, name }: Actor, at: Date) => ({
  decided_at: at,
  decided_by: accountId,
  decider_zh: name.zh,
  decider_en: name.en,
})

const changeOf = ({ response_id, after_version, added, ended, due_hours }: StoredProposal): PublishBody => ({
  responseId: response_id,
  afterVersion: after_version,
  added: [...added],
  ended: [...ended],
  dueHours: due_hours,
})

/** Puts what was proposed into force; proposal and version are closed and made in one commit. */
const agree = async (
  context: ServerContext,
  actor: Actor,
  found: StoredProposal,
): Promise<Result<Decided>> => {
  const response = await freshResponse(context, found.response_id)
  if (response === undefined) return refused('UNKNOWN_RESPONSE')
  const open = checkOpen(context, actor, found)
  if (!open.ok) return open
  const at = new Date(context.now())
  const beside: Beside = {
    check: async (transaction) => {
      const locked = await lockOpen(context, actor, transaction, found)
      return locked.ok ? done(undefined) : locked
    },
    write: async (transaction, version) => {
      await closeProposal(transaction, found, {
        state: 'agreed',
        ...by(actor, at),
        reason_sealed: null,
        version,
      })
      const detail = `agreed: version ${version}`
      const act = { action: 'rescreen.decide', subject: found.id, outcome: 'agreed', detail }
      await auditIdentity(transaction, actor, act, at.getTime())
    },
  }
  const change = {
    city: found.jurisdiction,
    body: changeOf(found),
    by: { is: 'agreed', proposal: found },
    response,
  } as const
  const published = await putIntoForce(context, actor, change, beside)
  return published.ok ? done({ state: 'agreed', ...published.value }) : published
}

const decline = async (
  context: ServerContext,
  actor: Actor,
  found: StoredProposal,
  because: string,
): Promise<Result<Decided>> => {
  if (!because.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/because')
  if (!isReason(because)) return refused('REASON_TOO_SHORT', '/because')
  const { jurisdiction, day, id } = found
  const sealed = await unlessDestroyed(
    context.identity.sealer.sealText({ jurisdiction, day }, declinedPlace(id), because.trim()),
  )
  // The key of a day outlives what was proposed on it by weeks.
  if (sealed === null) return refused('PROPOSAL_CLOSED')
  const at = new Date(context.now())
  return inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Decided>> => {
    const open = await lockOpen(context, actor, transaction, found)
    if (!open.ok) return open
    await closeProposal(transaction, found, {
      state: 'declined',
      ...by(actor, at),
      reason_sealed: sealed,
      version: null,
    })
    const act = { action: 'rescreen.decide', subject: id, outcome: 'declined', detail: null }
    await auditIdentity(transaction, actor, act, at.getTime())
    await announceRescreen(transaction, jurisdiction, at)
    return done({ state: 'declined', version: null, runId: null })
  })
}

/** Agrees to what somebody else proposed, or declines it with a reason. */
export const decide = async (
  context: ServerContext,
  actor: Actor,
  { proposalId, decision, because }: BodyOf<typeof decideProposal>,
): Promise<Result<Decided>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const found = await inArea(context.db, actor.areaCode, (transaction) =>
    findProposal(transaction, city.value, proposalId),
  )
  if (found === undefined) return refused('PROPOSAL_NOT_FOUND', '/proposalId')
  return decision === 'agree' ? agree(context, actor, found) : decline(context, actor, found, because ?? '')
}
