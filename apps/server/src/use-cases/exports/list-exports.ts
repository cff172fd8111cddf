import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { ExportView, listExports } from '@guankou/contract/exports/endpoints.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readDownloads } from '@guankou/db/queries/exports/downloads.ts'
import { type ExportRecord, readExports } from '@guankou/db/queries/exports/exports.ts'
import { readAccountNames } from '@guankou/db/queries/identity-access/read-accesses.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { isApprover } from '#src/use-cases/exports/decide-export.ts'
import { subjectOf } from '#src/use-cases/exports/export-subject.ts'
import { openStated } from '#src/use-cases/exports/stated.ts'

const mostShown = 200

/** Names of accounts, as far as whoever asks may see them. */
export type OfficerNames = Awaited<ReturnType<typeof readAccountNames>>
type Downloads = Awaited<ReturnType<typeof readDownloads>>

/** Who an account is, as far as whoever asks may see it. */
export const officerOf = (names: OfficerNames, accountId: string) => ({
  accountId,
  officer: { ...(names.get(accountId) ?? { zh: '其他地区账号', en: 'Account of another area' }) },
})

/** Downloads as the contract tells them. */
export const downloadsOf = (downloads: Downloads, exportId: string): ExportView['downloads'] =>
  downloads
    .filter((download) => download.exportId === exportId)
    .map(({ at, format }) => ({
      at: at.toISOString(),
      format: format as ExportView['downloads'][number]['format'],
    }))

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

/** A ready list is told as expired from the moment it is, whenever its rows are cleared away. */
const stateAt = (record: ExportRecord, nowMs: number): ExportView['state'] =>
  record.state === 'ready' && record.expires_at !== null && record.expires_at.getTime() <= nowMs
    ? 'expired'
    : (record.state as ExportView['state'])

const viewOf = (
  record: ExportRecord,
  nowMs: number,
  {
    names,
    downloads,
    stated,
  }: {
    readonly names: OfficerNames
    readonly downloads: Downloads
    readonly stated: ExportView['stated']
  },
): ExportView => ({
  id: record.id,
  state: stateAt(record, nowMs),
  areaCode: record.jurisdiction,
  subject: subjectOf(record),
  purpose: record.purpose as ExportView['purpose'],
  columns: record.columns as ExportView['columns'],
  fromDay: record.from_day,
  toDay: record.to_day,
  postIds: record.post_ids.map(Number),
  dispositions: record.dispositions as ExportView['dispositions'],
  requestedAt: record.requested_at.toISOString(),
  requestedBy: officerOf(names, record.requested_by),
  decidedAt: instant(record.decided_at),
  decidedBy: record.decided_by === null ? null : officerOf(names, record.decided_by),
  finishedAt: instant(record.finished_at),
  expiresAt: instant(record.expires_at),
  rowTotal: record.row_total ?? 0,
  rowCount: record.row_count,
  downloads: downloadsOf(downloads, record.id),
  stated,
})

/** Lists of the area for those who decide or audit, one's own for everybody else. */
export const readList = async (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof listExports>>> => {
  const nowMs = context.now()
  const seesAll = isApprover(actor) || actor.role === 'auditor'
  const { records, names, downloads } = await inArea(context.db, actor.areaCode, async (transaction) => {
    const found = await readExports(transaction, {
      most: mostShown,
      ...(seesAll ? {} : { requestedBy: actor.accountId }),
    })
    const accounts = found.flatMap((record) => [
      record.requested_by,
      record.decided_by ?? record.requested_by,
    ])
    return {
      records: found,
      names: await readAccountNames(transaction, accounts),
      downloads: await readDownloads(
        transaction,
        found.map((record) => record.id),
      ),
    }
  })
  const exports: ExportView[] = []
  for (const record of records) {
    const mayRead = isApprover(actor) || record.requested_by === actor.accountId
    const stated = mayRead ? await openStated(context.identity.sealer, record) : null
    exports.push(viewOf(record, nowMs, { names, downloads, stated }))
  }
  return done({ asOf: new Date(nowMs).toISOString(), exports })
}
