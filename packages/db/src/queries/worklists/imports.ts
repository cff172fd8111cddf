import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredList = Selectable<Tables['worklists']>
export type StoredImport = Selectable<Tables['worklist_imports']>
export type ListKey = { readonly jurisdiction: number; readonly occurredAt: Date; readonly listId: string }

export const insertWorklist = async (query: Query, row: StoredList): Promise<void> => {
  await query.insertInto('worklists').values(row).execute()
}

export const insertImport = async (query: Query, row: StoredImport): Promise<void> => {
  await query.insertInto('worklist_imports').values(row).execute()
}

/** A list that was not undone. @param occurredAt  from its id */
export const findWorklist = (query: Query, id: string, occurredAt: Date): Promise<StoredList | undefined> =>
  query
    .selectFrom('worklists')
    .selectAll()
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()

/** @param lock  holds the row until the transaction ends */
export const findImport = (query: Query, id: string, lock = false): Promise<StoredImport | undefined> => {
  const found = query.selectFrom('worklist_imports').selectAll().where('id', '=', id)
  return (lock ? found.forUpdate() : found).executeTakeFirst()
}

/** Whether the same bytes were brought before and still stand. @param sheet  of a workbook with several */
export const isFileKnown = async (
  query: Query,
  jurisdiction: number,
  sha256: Buffer,
  sheet: string | null,
): Promise<boolean> => {
  const found = await query
    .selectFrom('worklist_imports')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('sha256', '=', sha256)
    .where('state', 'in', ['reading', 'done'])
    .where('sheet', sheet === null ? 'is' : '=', sheet)
    .executeTakeFirst()
  return found !== undefined
}

/** A file of the same bytes that the account announced and whose rows nobody has taken, as after a break. */
export const findBegunImport = (
  query: Query,
  {
    accountId,
    jurisdiction,
    sha256,
    mends,
  }: {
    readonly accountId: string
    readonly jurisdiction: number
    readonly sha256: Buffer
    readonly mends?: string | undefined
  },
): Promise<StoredImport | undefined> =>
  query
    .selectFrom('worklist_imports')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('sha256', '=', sha256)
    .where('uploaded_by', '=', accountId)
    .where('state', 'in', ['receiving', 'received'])
    .where('mends', '=', mends !== undefined)
    .$if(mends !== undefined, (found) => found.where('list_id', '=', mends ?? ''))
    .orderBy('uploaded_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** What a list is, as long as no row of it was taken. */
export const renameList = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
  about: { readonly title: string; readonly kind: string },
): Promise<void> => {
  await query
    .updateTable('worklists')
    .set(about)
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', listId)
    .execute()
}

export const updateImport = async (
  query: Query,
  row: Pick<StoredImport, 'jurisdiction' | 'occurred_at' | 'list_id' | 'id'>,
  change: Partial<Omit<StoredImport, 'jurisdiction' | 'occurred_at' | 'list_id' | 'id'>>,
): Promise<void> => {
  await query
    .updateTable('worklist_imports')
    .set(change)
    .where('jurisdiction', '=', row.jurisdiction)
    .where('occurred_at', '=', row.occurred_at)
    .where('list_id', '=', row.list_id)
    .where('id', '=', row.id)
    .execute()
}

export const readImportsOf = (query: Query, listIds: readonly string[]): Promise<StoredImport[]> =>
  listIds.length === 0
    ? Promise.resolve([])
    : query
        .selectFrom('worklist_imports')
        .selectAll()
        .where('list_id', 'in', listIds)
        .orderBy('uploaded_at')
        .orderBy('mends')
        .execute()

/** Files that are being read, of every area. */
export const readImportsAtWork = (query: Query): Promise<StoredImport[]> =>
  query
    .selectFrom('worklist_imports')
    .selectAll()
    .where('state', '=', 'reading')
    .orderBy('uploaded_at')
    .limit(20)
    .execute()

type PartKey = Pick<StoredImport, 'jurisdiction' | 'occurred_at' | 'list_id' | 'id'>

export const insertFilePart = async (
  query: Query,
  { jurisdiction, occurred_at, list_id, id }: PartKey,
  position: number,
  sealed: Buffer,
): Promise<void> => {
  await query
    .insertInto('worklist_file_parts')
    .values({ jurisdiction, occurred_at, list_id, import_id: id, position, sealed })
    .execute()
}

export const countFileParts = async (query: Query, key: PartKey): Promise<number> => {
  const { parts } = await query
    .selectFrom('worklist_file_parts')
    .select((eb) => eb.fn.countAll<string>().as('parts'))
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurred_at)
    .where('list_id', '=', key.list_id)
    .where('import_id', '=', key.id)
    .executeTakeFirstOrThrow()
  return Number(parts)
}

export const readFilePart = async (
  query: Query,
  key: PartKey,
  position: number,
): Promise<Buffer | undefined> => {
  const row = await query
    .selectFrom('worklist_file_parts')
    .select('sealed')
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurred_at)
    .where('list_id', '=', key.list_id)
    .where('import_id', '=', key.id)
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.sealed
}

export const findMapping = async (
  query: Query,
  jurisdiction: number,
  signature: Buffer,
): Promise<readonly string[] | undefined> => {
  const row = await query
    .selectFrom('worklist_mappings')
    .select('columns')
    .where('jurisdiction', '=', jurisdiction)
    .where('signature', '=', signature)
    .executeTakeFirst()
  return row?.columns
}

export const rememberMapping = async (
  query: Query,
  row: Selectable<Tables['worklist_mappings']>,
): Promise<void> => {
  await sql`
    insert into worklist_mappings (jurisdiction, signature, columns, changed_at, changed_by)
    values (${row.jurisdiction}, ${row.signature}, ${row.columns}, ${row.changed_at}, ${row.changed_by})
    on conflict (jurisdiction, signature) do update
      set columns = excluded.columns, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    query,
  )
}

/** Whether anybody has opened a row of the list. */
export const isBegun = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
): Promise<boolean> => {
  const opened = await query
    .selectFrom('worklist_row_states')
    .select('row_number')
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('opened_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return opened !== undefined
}

/** Rows of other lists that were linked to one of this list, whose call would have counted for them, are called on their own. */
const openLinkedTo = async (query: Query, listId: string): Promise<void> => {
  await sql`
    update worklist_row_states s set state = 'open' from worklist_rows r
    where r.same_as_list = ${listId} and r.list_id <> ${listId} and s.jurisdiction = r.jurisdiction
      and s.occurred_at = r.occurred_at and s.list_id = r.list_id and s.row_number = r.row_number
      and s.state = 'linked'`.execute(query)
}

/** Takes a list back: its rows go, its files stay named. @returns rows that went */
export const undoList = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
  by: { readonly at: Date; readonly accountId: string },
): Promise<number> => {
  await query
    .updateTable('worklists')
    .set({ undone_at: by.at, undone_by: by.accountId })
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('id', '=', listId)
    .execute()
  await query
    .updateTable('worklist_imports')
    .set({ state: 'undone' })
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .execute()
  await openLinkedTo(query, listId)
  let rows = 0
  for (const table of ['worklist_row_states', 'worklist_rejects', 'worklist_rows'] as const) {
    const { numDeletedRows } = await query
      .deleteFrom(table)
      .where('jurisdiction', '=', jurisdiction)
      .where('occurred_at', '=', occurredAt)
      .where('list_id', '=', listId)
      .executeTakeFirst()
    rows = Number(numDeletedRows)
  }
  return rows
}
