import type { ExportRecord } from '@guankou/db/queries/exports/exports.ts'
import {
  type IdentityAccess,
  insertIdentityAccesses,
  type SeenIn,
} from '@guankou/db/queries/identity-access/insert-accesses.ts'
import type { ExportContext, ExportItem, SubjectOfExport } from '#src/use-cases/exports/export-subject.ts'
import { openStated } from '#src/use-cases/exports/stated.ts'
import { sealAccess } from '#src/use-cases/identity/seal-access.ts'

const accessesOf = async (
  context: ExportContext,
  record: ExportRecord,
  items: readonly ExportItem[],
  { about, fields }: { readonly about: SeenIn; readonly fields: readonly string[] },
): Promise<readonly IdentityAccess[]> => {
  const { sealer } = context.identity
  const reason = (await openStated(sealer, record))?.reason ?? null
  const at = new Date(context.now())
  return Promise.all(
    items.map(({ key, day }) =>
      sealAccess(sealer, {
        ...key,
        about,
        day,
        at,
        accountId: record.requested_by,
        role: record.requester_role,
        purpose: record.purpose,
        reason,
        fields,
        via: 'export',
        exportId: record.id,
      }),
    ),
  )
}

/**
 * Lets everyone in a list see that they were.
 * @param about  what they stand in
 * @param fieldOfColumn  the field of a person that a column shows
 */
export const seenInList =
  (about: SeenIn, fieldOfColumn: Readonly<Partial<Record<string, string>>>): SubjectOfExport['seen'] =>
  async (context, record, items) => {
    const fields = record.columns.flatMap((column) => fieldOfColumn[column] ?? [])
    const accesses = await accessesOf(context, record, items, { about, fields })
    return (transaction) => insertIdentityAccesses(transaction, accesses)
  }
