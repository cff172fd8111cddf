import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import type { takeBackPaperForm as declared } from '@guankou/contract/paper/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findForm, updateForm } from '@guankou/db/queries/paper/forms.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

/** Takes a form back that is not to be recorded; what was keyed of it goes at once. */
export const takeBackForm = (
  context: ServerContext,
  actor: Actor,
  { jurisdiction, id, ground }: BodyOf<typeof declared>,
): Promise<Result<OutputOf<typeof declared>>> =>
  inArea(context.db, actor.areaCode, async (transaction) => {
    const stored = await findForm(transaction, jurisdiction, id, true)
    if (stored === undefined) return refused('UNKNOWN_PAPER_FORM', '/id')
    if (stored.state === 'taken-back' && stored.ground === ground) return done({ id })
    if (stored.state !== 'kept' && stored.state !== 'rejected') return refused('PAPER_FORM_ENDED', '/id')
    const at = new Date(context.now())
    await updateForm(transaction, stored, {
      state: 'taken-back',
      form_sealed: null,
      ground,
      changed_at: at,
      changed_by: actor.accountId,
    })
    const act = { action: 'paper.take-back', subject: id, outcome: 'done', detail: ground }
    await auditIdentity(transaction, actor, act, at.getTime())
    return done({ id })
  })
