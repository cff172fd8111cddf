import type { BodyOf } from '@guankou/contract/endpoint.ts'
import type { answerOverride as declared } from '@guankou/contract/screening/decisions.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { executeIn, lockAuditHead, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  findOverridable,
  findOverride,
  insertOverrideAnswer,
} from '@guankou/db/queries/screening/overrides.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { changeStanding, overrideState } from '#src/use-cases/screening/override-facts.ts'

/** Answers an override as the second person; the counts move with an agreement, in the same commit. */
export const answerOverride = (
  context: ServerContext,
  actor: Actor,
  { overrideId, agrees }: BodyOf<typeof declared>,
): Promise<Result<{ agrees: boolean }>> =>
  inArea(context.db, actor.areaCode, async (transaction): Promise<Result<{ agrees: boolean }>> => {
    const override = await findOverride(transaction, overrideId)
    const traveller = override && (await findOverridable(transaction, override))
    if (override === undefined || traveller === undefined) return refused('UNKNOWN_OVERRIDE', '/overrideId')
    if (override.accountId === actor.accountId) return refused('OVERRIDE_OWN_SECOND')
    if (overrideState(override) !== 'waits') return refused('OVERRIDE_ANSWERED')
    const { jurisdiction, screeningId } = override
    await executeIn(transaction)(lockAuditHead(jurisdiction))
    const at = new Date(context.now())
    const { accountId, role, deviceId } = actor
    const answer = { jurisdiction, overrideId, at, accountId, role, agrees }
    const isFirst = await changeStanding(transaction, traveller, {
      at,
      write: () => insertOverrideAnswer(transaction, answer),
    })
    if (!isFirst) return refused('OVERRIDE_ANSWERED')
    const outcome = agrees ? 'agreed' : 'declined'
    const action = 'screening.answer-override'
    const entry = { accountId, deviceId, action, subject: screeningId, outcome, detail: overrideId }
    await recordAudit(executeIn(transaction), jurisdiction, [entry], at.getTime())
    return done({ agrees })
  })
