import type { AuditFinding } from '@guankou/contract/audit/finding.ts'
import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import { openDatabase } from '@guankou/db/database.ts'
import { updateVerification } from '@guankou/db/queries/audit/verifications.ts'
import { verifyAudit } from '@guankou/db/queries/audit/verify-audit.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { createAuditCalendar } from '#src/use-cases/audit/audit-calendar.ts'

/** What the process that verifies is told; it tells nothing back but by its row. */
export type VerificationOrder = {
  readonly databaseUrl: string
  readonly areaCode: number
  readonly id: string
  readonly trustedKeys: readonly string[]
  readonly jurisdictions: readonly Jurisdiction[]
  readonly cityCode: number | undefined
  /** The server's clock, which may show another day than ours. */
  readonly nowMs: number
}

const noteEveryMs = 1_000
const mostFindings = 100

const verify = async (order: VerificationOrder): Promise<void> => {
  const db = openDatabase({ url: order.databaseUrl, maxConnections: 2, applicationName: 'guankou-audit' })
  const client = await db.pool.connect()
  const findings: AuditFinding[] = []
  const startedAt = performance.now()
  const now = () => new Date(order.nowMs + performance.now() - startedAt)
  const place = () => ({ areaCode: order.areaCode, id: order.id, at: now() })
  let notedAt = Number.NEGATIVE_INFINITY
  try {
    const verified = await verifyAudit(client, {
      ...createAuditCalendar(order.jurisdictions, order.cityCode),
      isAsked: (code) => liesIn(code, order.areaCode),
      trustedKeys: new Set(order.trustedKeys),
      onFinding: (finding) => {
        if (findings.length < mostFindings) findings.push(finding)
      },
      onProgress: (links, total) => {
        if (performance.now() - notedAt < noteEveryMs) return
        notedAt = performance.now()
        void updateVerification(db.query, place(), { links, links_total: total }).catch(() => undefined)
      },
    })
    const { links, entries, heads } = verified
    await updateVerification(db.query, place(), {
      links_total: links,
      links,
      entries,
      heads,
      findings_total: verified.findings,
      findings,
      finished_at: now(),
    })
  } finally {
    client.release()
    await db.close()
  }
}

process.once('message', (order: VerificationOrder) => {
  verify(order).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`verification of the audit failed: ${String(error)}\n`)
      process.exit(1)
    },
  )
})
// Whoever ordered it is gone, and nobody waits for the result.
process.once('disconnect', () => process.exit(1))
