import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { exportApprovers } from '@guankou/contract/exports/columns.ts'
import type { decideExport, ExportState, stopExport } from '@guankou/contract/exports/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { deleteExportChunks } from '@guankou/db/queries/exports/chunks.ts'
import { type ExportRecord, findExport, updateExport } from '@guankou/db/queries/exports/exports.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

type Answer = OutputOf<typeof decideExport>

/** Whether an actor decides about lists of others. */
export const isApprover = (actor: Pick<Actor, 'role'>): boolean =>
  (exportApprovers as readonly string[]).includes(actor.role)

/** Approves or refuses what somebody else asked for; the row is locked, so that of two who decide at once one does. */
export const decide = (
  context: ServerContext,
  actor: Actor,
  { exportId, decision }: BodyOf<typeof decideExport>,
): Promise<Result<Answer>> =>
  inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Answer>> => {
    const found = await findExport(transaction, exportId, true)
    if (found === undefined) return refused('EXPORT_NOT_FOUND')
    if (found.requested_by === actor.accountId) return refused('EXPORT_OWN_APPROVAL')
    if (found.state !== 'requested') return refused('EXPORT_STATE_CHANGED')
    const state: ExportState = decision === 'approve' ? 'approved' : 'refused'
    const nowMs = context.now()
    await updateExport(transaction, found, {
      state,
      decided_at: new Date(nowMs),
      decided_by: actor.accountId,
      ...(state === 'refused' ? { key_sealed: null } : {}),
    })
    const act = { action: 'exports.decide', subject: exportId, outcome: state, detail: found.purpose }
    await auditIdentity(transaction, actor, act, nowMs)
    return done({ state })
  })

const endOf: Readonly<Record<string, ExportState>> = {
  requested: 'withdrawn',
  approved: 'cancelled',
  ready: 'destroyed',
}

const mayStop = (actor: Actor, record: ExportRecord): boolean =>
  record.requested_by === actor.accountId || isApprover(actor)

/** Ends a list before its time; its rows are gone in the same commit. */
export const stop = (
  context: ServerContext,
  actor: Actor,
  { exportId }: BodyOf<typeof stopExport>,
): Promise<Result<Answer>> =>
  inArea(context.db, actor.areaCode, async (transaction): Promise<Result<Answer>> => {
    const found = await findExport(transaction, exportId, true)
    if (found === undefined || !mayStop(actor, found)) return refused('EXPORT_NOT_FOUND')
    const state = endOf[found.state]
    if (state === undefined) return refused('EXPORT_STATE_CHANGED')
    await deleteExportChunks(transaction, { jurisdiction: found.jurisdiction, exportId })
    await updateExport(transaction, found, { state, key_sealed: null })
    const act = { action: 'exports.stop', subject: exportId, outcome: state, detail: found.purpose }
    await auditIdentity(transaction, actor, act, context.now())
    return done({ state })
  })
