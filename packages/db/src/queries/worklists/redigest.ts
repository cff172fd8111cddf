import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A row of a list as it is known again: what it says, sealed, and its digests. */
export type DigestedListRow = {
  readonly listId: string
  readonly occurredAt: Date
  readonly row: number
  readonly sealed: Buffer
  readonly phone: Buffer | null
  readonly document: Buffer | null
  readonly plate: Buffer | null
}

export type ListRowCursor = { readonly listId: string; readonly row: number }

export const beforeAllListRows: ListRowCursor = {
  listId: '00000000-0000-0000-0000-000000000000',
  row: 0,
}

/** Rows with digests of the lists of a day, in order, after a cursor. */
export const readDigestedListRows = async (
  query: Query,
  owner: { readonly jurisdiction: number; readonly day: string },
  after: ListRowCursor,
  limit: number,
): Promise<DigestedListRow[]> => {
  const { rows } = await sql<DigestedListRow>`
    select r.list_id as "listId", r.occurred_at as "occurredAt", r.row_number as row, r.sealed,
      r.phone_digest as phone, r.document_digest as document, r.plate_digest as plate
    from worklists l
    join worklist_rows r on r.jurisdiction = l.jurisdiction and r.occurred_at = l.occurred_at and r.list_id = l.id
    where l.jurisdiction = ${owner.jurisdiction} and l.day = ${owner.day}
      and (r.list_id, r.row_number) > (${after.listId}::uuid, ${after.row}::integer)
      and r.sealed is not null
      and (r.phone_digest is not null or r.document_digest is not null or r.plate_digest is not null)
    order by r.list_id, r.row_number limit ${limit}`.execute(query)
  return rows
}

/** Puts new digests in the place of those of a row. */
export const replaceListRowDigests = async (
  query: Query,
  jurisdiction: number,
  { occurredAt, listId, row, phone, document, plate }: Omit<DigestedListRow, 'sealed'>,
): Promise<void> => {
  await query
    .updateTable('worklist_rows')
    .set({ phone_digest: phone, document_digest: document, plate_digest: plate })
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('row_number', '=', row)
    .execute()
}
