import type { AuditVerificationView, auditChains } from '@guankou/contract/audit/endpoints.ts'
import type { OutputOf } from '@guankou/contract/endpoint.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import {
  insertVerification,
  readChainStates,
  readVerifications,
  type VerificationRow,
} from '@guankou/db/queries/audit/verifications.ts'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'

const shown = 10
/** A run that was not heard of for so long is not under way any more: its server is gone. */
const silentMs = 60_000

const isUnderWay = (row: VerificationRow, nowMs: number): boolean =>
  row.finished_at === null && nowMs - row.seen_at.getTime() < silentMs

const viewOf = (row: VerificationRow, nowMs: number): AuditVerificationView => ({
  id: row.id,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  failed: row.failed || (row.finished_at === null && !isUnderWay(row, nowMs)),
  linksTotal: row.links_total,
  counts: { links: row.links, entries: row.entries, heads: row.heads, findings: row.findings_total },
  findings: [...row.findings],
})

/** The ends of the chains in the actor's area and the latest verifications of it. */
export const readChains = async (
  { db, now }: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof auditChains>>> =>
  inArea(db, actor.areaCode, async (tx) => {
    const chains = await readChainStates(tx)
    const verifications = await readVerifications(tx, actor.areaCode, shown)
    return done({
      chains: chains.map((chain) => ({
        jurisdiction: chain.jurisdiction,
        seq: chain.seq,
        hash: chain.hash.toString('hex'),
        at: chain.at.toISOString(),
        signedDay: chain.signed_day,
      })),
      verifications: verifications.map((row) => viewOf(row, now())),
    })
  })

/** Starts a verification of the actor's area, or tells of the one that is under way. */
export const verifyChains = async (
  { db, audit, now }: ServerContext,
  actor: Actor,
): Promise<Result<AuditVerificationView>> => {
  const { areaCode, accountId, deviceId } = actor
  const nowMs = now()
  const begun = await inArea(db, areaCode, async (tx) => {
    const [latest] = await readVerifications(tx, areaCode, 1)
    const isNew = latest === undefined || !isUnderWay(latest, nowMs)
    const id = isNew ? v7() : latest.id
    if (isNew) await insertVerification(tx, { areaCode, id, accountId, at: new Date(nowMs) })
    const entry = { accountId, deviceId, action: 'audit.verify', subject: id, detail: null }
    await recordAudit(
      executeIn(tx),
      areaCode,
      [{ ...entry, outcome: isNew ? 'started' : 'under-way' }],
      nowMs,
    )
    const [row] = await readVerifications(tx, areaCode, 1)
    if (row === undefined) throw new Error('the verification was not kept')
    return { isNew, row }
  })
  if (begun.isNew) audit.start(areaCode, begun.row.id)
  return done(viewOf(begun.row, nowMs))
}
