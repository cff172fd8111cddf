import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { traceExport } from '@guankou/contract/exports/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { traceText } from '#src/use-cases/exports/trace-export.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'
import { jurisdictionsOf } from '#src/use-cases/identity/look-up-person.ts'

/** Traces a text for whoever watches over data protection, in their area; that it was asked is audited, not the text. */
export const trace = async (
  context: ServerContext,
  actor: Actor,
  text: string,
): Promise<Result<OutputOf<typeof traceExport>>> => {
  if (!text.isWellFormed()) return refused('TEXT_NOT_WELL_FORMED', '/text')
  const scanned = await context.uploads.scan(Buffer.from(text))
  if (scanned.is === 'infected') return refused('UPLOAD_INFECTED', '/text')
  const nowMs = context.now()
  const jurisdictions = jurisdictionsOf(context, actor.areaCode)
  return inArea(context.db, actor.areaCode, async (transaction) => {
    const parts = { query: transaction, sealer: context.identity.sealer, jurisdictions }
    const traced = await traceText(parts, text)
    const detail = `${traced.lines} lines, ${traced.matches.length} lists`
    const act = { action: 'exports.trace', subject: v7({ msecs: nowMs }), outcome: 'done', detail }
    await auditIdentity(transaction, actor, act, nowMs)
    return done(traced)
  })
}
