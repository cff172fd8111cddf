import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'

/** What was done with identities, without any. */
export type IdentityAct = {
  readonly action: string
  readonly subject: string
  readonly outcome: string
  readonly detail: string | null
}

/** An actor, or the server itself where there is no account. */
export type WhoActed = {
  readonly areaCode: number
  readonly accountId: string | null
  readonly deviceId: string | null
}

/** Audits in the area of whoever acted, in the transaction that wrote what was done. */
export const auditIdentity = (
  transaction: AreaTransaction,
  actor: WhoActed,
  act: IdentityAct,
  atMs: number,
): Promise<void> =>
  recordAudit(
    executeIn(transaction),
    actor.areaCode,
    [{ accountId: actor.accountId, deviceId: actor.deviceId, ...act }],
    atMs,
  )
