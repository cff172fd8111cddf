import { requestLapsesAfterDays } from '@guankou/contract/exports/columns.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { deleteExportChunks } from '@guankou/db/queries/exports/chunks.ts'
import { findExport, readLapsedExports, updateExport } from '@guankou/db/queries/exports/exports.ts'
import type { ExportContext } from '#src/use-cases/exports/export-subject.ts'
import { auditIdentity } from '#src/use-cases/identity/audit-identity.ts'

const msPerDay = 86_400_000

/** Clears away lists that are past their time, and requests that nobody decided on. @returns how many */
export const expireExports = async (context: ExportContext): Promise<number> => {
  const now = new Date(context.now())
  const requestedBefore = new Date(now.getTime() - requestLapsesAfterDays * msPerDay)
  const lapsed = await readLapsedExports(context.db.query, { now, requestedBefore })
  for (const { id, jurisdiction } of lapsed)
    await inArea(context.db, jurisdiction, async (transaction) => {
      const found = await findExport(transaction, id, true)
      if (found === undefined || (found.state !== 'ready' && found.state !== 'requested')) return
      await deleteExportChunks(transaction, { jurisdiction, exportId: id })
      await updateExport(transaction, found, { state: 'expired', key_sealed: null })
      const act = { action: 'exports.expire', subject: id, outcome: 'expired', detail: found.purpose }
      const nobody = { areaCode: jurisdiction, accountId: null, deviceId: null }
      await auditIdentity(transaction, nobody, act, now.getTime())
    })
  return lapsed.length
}
