import type { Kysely } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import { executeIn } from '#src/queries/audit/append-audit.ts'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

type ExportKey = { readonly jurisdiction: number; readonly exportId: string }

/** Rows of one jurisdiction and day, sealed under the data key of that day. */
export type ExportChunk = ExportKey & {
  readonly position: number
  readonly sourceJurisdiction: number
  readonly day: string
  readonly rowCount: number
  readonly sealed: Buffer
}

export const insertExportChunk = async (query: Query, chunk: ExportChunk): Promise<void> => {
  await query
    .insertInto('export_chunks')
    .values({
      jurisdiction: chunk.jurisdiction,
      export_id: chunk.exportId,
      position: chunk.position,
      source_jurisdiction: chunk.sourceJurisdiction,
      day: chunk.day,
      row_count: chunk.rowCount,
      sealed: chunk.sealed,
    })
    .execute()
}

/** The chunk at a position, or the first one after it. */
export const readExportChunk = async (
  query: Query,
  { jurisdiction, exportId }: ExportKey,
  position: number,
): Promise<ExportChunk | undefined> => {
  const row = await query
    .selectFrom('export_chunks')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('export_id', '=', exportId)
    .where('position', '>=', position)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      jurisdiction,
      exportId,
      position: row.position,
      sourceJurisdiction: row.source_jurisdiction,
      day: row.day,
      rowCount: row.row_count,
      sealed: row.sealed,
    }
  )
}

export const deleteExportChunks = async (
  query: Query,
  { jurisdiction, exportId }: ExportKey,
): Promise<void> => {
  await query
    .deleteFrom('export_chunks')
    .where('jurisdiction', '=', jurisdiction)
    .where('export_id', '=', exportId)
    .execute()
}

/** That a list held a person, and by what the row is known again. */
export type ExportedRow = PersonKey & {
  readonly exportJurisdiction: number
  readonly exportId: string
  readonly ref: string
  readonly contentDigest: Buffer
}

const insertRows = bulkInsert<ExportedRow>('exported_rows', [
  { name: 'jurisdiction', type: 'integer', value: (row) => row.jurisdiction },
  { name: 'occurred_at', type: 'timestamptz', value: (row) => row.occurredAt.toISOString() },
  { name: 'screening_id', type: 'uuid', value: (row) => row.screeningId },
  { name: 'seat', type: 'integer', value: (row) => row.seat },
  { name: 'export_jurisdiction', type: 'integer', value: (row) => row.exportJurisdiction },
  { name: 'export_id', type: 'uuid', value: (row) => row.exportId },
  { name: 'ref', type: 'text', value: (row) => row.ref },
  { name: 'content_digest', type: 'bytea', value: (row) => row.contentDigest },
])

export const insertExportedRows = async (query: Query, rows: readonly ExportedRow[]): Promise<void> => {
  if (rows.length === 0) return
  await executeIn(query)({ name: insertRows.name, text: insertRows.text, values: insertRows.values(rows) })
}

/** A row that was found again, and in which list. */
export type FoundRow = { readonly exportId: string; readonly key: string }

/** Rows by what they are known by. */
export const findExportedRows = async (
  query: Query,
  by:
    | { readonly refs: readonly string[] }
    | { readonly digests: readonly Buffer[] }
    | { readonly person: PersonKey },
): Promise<readonly FoundRow[]> => {
  const all = query.selectFrom('exported_rows').select(['export_id', 'ref'])
  const found =
    'refs' in by
      ? all.where('ref', 'in', by.refs)
      : 'digests' in by
        ? all.where('content_digest', 'in', by.digests)
        : all
            .where('jurisdiction', '=', by.person.jurisdiction)
            .where('occurred_at', '=', by.person.occurredAt)
            .where('screening_id', '=', by.person.screeningId)
            .where('seat', '=', by.person.seat)
  if (('refs' in by && by.refs.length === 0) || ('digests' in by && by.digests.length === 0)) return []
  const rows = await found.limit(10_000).execute()
  return rows.map((row) => ({ exportId: row.export_id, key: row.ref }))
}
