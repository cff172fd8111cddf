import { mostHandovers } from '@guankou/contract/handovers/endpoints.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { announceChange } from '@guankou/db/queries/changes/announce-change.ts'
import {
  type HandoverFile,
  insertHandoverFact,
  readHandovers,
  type StoredFact,
} from '@guankou/db/queries/handovers/handovers.ts'
import { readHandoverLimits } from '@guankou/db/queries/handovers/limits.ts'
import { type DueEscalation, handoverEscalationDue } from '@guankou/domain/handovers/escalation.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { v7 } from 'uuid'
import type { ServerContext } from '#src/context.ts'
import { custodyOfRows, handoverChange } from '#src/use-cases/handovers/handover-facts.ts'

const escalate = async (
  context: ServerContext,
  tx: AreaTransaction,
  { file, due }: { readonly file: HandoverFile; readonly due: DueEscalation },
): Promise<boolean> => {
  const { key, facts } = file
  const at = new Date(context.now())
  const timeZone = context.reference.current().jurisdiction(key.jurisdiction)?.timeZone ?? 'UTC'
  const fact: StoredFact = {
    jurisdiction: key.jurisdiction,
    occurredAt: key.occurredAt,
    handoverId: key.id,
    id: v7({ msecs: at.getTime() }),
    kind: 'escalated',
    at,
    recordedAt: at,
    day: daySlotOf(timeZone, key.occurredAt.getTime()).day,
    accountId: null,
    deviceId: null,
    side: null,
    openingDigest: null,
    proof: null,
    publicKey: null,
    reason: null,
    stage: due.stage,
    toRole: due.toRole,
    noteSealed: null,
    contentDigest: Buffer.alloc(0),
  }
  if (!(await insertHandoverFact(tx, fact))) return false
  const payload = handoverChange(key, custodyOfRows(key, [...facts, fact]), at)
  await announceChange(tx, { at, jurisdiction: key.jurisdiction, payload })
  const entry = {
    accountId: null,
    deviceId: null,
    action: 'handovers.escalate',
    subject: key.id,
    outcome: 'done',
    detail: `${due.stage}, to ${due.toRole}`,
  }
  await recordAudit(executeIn(tx), key.jurisdiction, [entry], at.getTime())
  return true
}

/** Hands every hand-over up for which it is time. @returns how many */
export const escalateHandovers = async (context: ServerContext): Promise<number> => {
  const { db, reference, now } = context
  const areas = reference.current().jurisdictions.map(({ code }) => code)
  if (areas.length === 0) return 0
  const nowMs = now()
  const limits = await readHandoverLimits(db.query)
  const files = await readHandovers(db.query, areas, { since: new Date(nowMs), limit: mostHandovers })
  let escalated = 0
  for (const file of files) {
    const due = handoverEscalationDue(custodyOfRows(file.key, file.facts), limits, nowMs)
    if (due === undefined) continue
    const added = await db.query.transaction().execute((tx) => escalate(context, tx, { file, due }))
    if (added) escalated += 1
  }
  return escalated
}
