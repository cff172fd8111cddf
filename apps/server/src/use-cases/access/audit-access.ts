import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'

/** Audits what an actor did to an account, in the transaction that did it. @param detail  never free text */
export const auditAccess = (
  tx: AreaTransaction,
  actor: Actor,
  act: { readonly action: string; readonly subject: string; readonly detail?: string | null },
  nowMs: number,
): Promise<void> =>
  recordAudit(
    executeIn(tx),
    actor.areaCode,
    [
      {
        accountId: actor.accountId,
        deviceId: actor.deviceId,
        action: act.action,
        subject: act.subject,
        outcome: 'done',
        detail: act.detail ?? null,
      },
    ],
    nowMs,
  )
