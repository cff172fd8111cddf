import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { proposeRules, withdrawProposal } from '@guankou/contract/rescreen/proposals.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { closeProposal, findProposal, insertProposal } from '@guankou/db/queries/rescreen/proposals.ts'
import { lapsesAtMs } from '@guankou/domain/rescreen/proposal.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { announceRescreen } from '#src/use-cases/rescreen/announce-rescreen.ts'
import { stateNow } from '#src/use-cases/rescreen/proposal-scope.ts'
import { freshResponse, nextVersionOf, told } from '#src/use-cases/rescreen/publish-rules.ts'
import { cityDay, cityOf } from '#src/use-cases/rescreen/start-run.ts'

/** Proposes a change, which has to be one that could be put into force now. */
export const propose = async (
  context: ServerContext,
  actor: Actor,
  body: BodyOf<typeof proposeRules>,
): Promise<Result<OutputOf<typeof proposeRules>>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const response = await freshResponse(context, body.responseId)
  if (response === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const next = nextVersionOf(context, city.value, response, body)
  if (!next.ok) return next
  const nowMs = context.now()
  const at = new Date(nowMs)
  const id = v7({ msecs: nowMs })
  const lapses = new Date(lapsesAtMs(nowMs))
  await inArea(context.db, actor.areaCode, async (transaction) => {
    await insertProposal(transaction, {
      jurisdiction: city.value,
      id,
      day: cityDay(context, city.value),
      response_id: body.responseId,
      after_version: body.afterVersion,
      added: JSON.stringify(body.added),
      ended: JSON.stringify(body.ended),
      due_hours: body.dueHours,
      proposed_at: at,
      proposed_by: actor.accountId,
      role: actor.role,
      name_zh: actor.name.zh,
      name_en: actor.name.en,
      lapses_at: lapses,
      state: 'waiting',
      decided_at: null,
      decided_by: null,
      decider_zh: null,
      decider_en: null,
      reason_sealed: null,
      version: null,
    })
    const detail = `${body.responseId} after version ${body.afterVersion}: added ${told(body.added)}; ended ${told(body.ended)}; due in ${body.dueHours} h`
    const act = { action: 'rescreen.propose', subject: id, outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    await announceRescreen(transaction, city.value, at)
  })
  return done({ proposalId: id, lapsesAt: lapses.toISOString() })
}

/** Takes an own proposal back; one of somebody else is as if it were not there. */
export const withdraw = async (
  context: ServerContext,
  actor: Actor,
  { proposalId }: BodyOf<typeof withdrawProposal>,
): Promise<Result<OutputOf<typeof withdrawProposal>>> => {
  const city = cityOf(context, actor)
  if (!city.ok) return city
  const at = new Date(context.now())
  return inArea(
    context.db,
    actor.areaCode,
    async (transaction): Promise<Result<OutputOf<typeof withdrawProposal>>> => {
      const found = await findProposal(transaction, city.value, proposalId, true)
      if (found?.proposed_by !== actor.accountId) return refused('PROPOSAL_NOT_FOUND', '/proposalId')
      if (stateNow(context, found) !== 'waiting') return refused('PROPOSAL_CLOSED')
      await closeProposal(transaction, found, {
        state: 'withdrawn',
        decided_at: at,
        decided_by: actor.accountId,
        decider_zh: actor.name.zh,
        decider_en: actor.name.en,
        reason_sealed: null,
        version: null,
      })
      const act = { action: 'rescreen.withdraw', subject: proposalId, outcome: 'done', detail: null }
      await auditIdentity(transaction, actor, act, at.getTime())
      await announceRescreen(transaction, city.value, at)
      return done({ state: 'withdrawn' })
    },
  )
}
