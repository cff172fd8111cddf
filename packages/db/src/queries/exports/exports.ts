import type { Kysely, Selectable } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A list as it stands in its row. */
export type ExportRecord = Selectable<Tables['exports']>

export const insertExport = async (query: Query, row: ExportRecord): Promise<void> => {
  await query.insertInto('exports').values(row).execute()
}

/** One list. @param lock  holds the row until the transaction ends, for a change of state */
export const findExport = (query: Query, id: string, lock = false): Promise<ExportRecord | undefined> => {
  const found = query.selectFrom('exports').selectAll().where('id', '=', id)
  return (lock ? found.forUpdate() : found).executeTakeFirst()
}

export type ExportChange = Partial<Omit<ExportRecord, 'jurisdiction' | 'id' | 'mark'>>

/** Changes a list whose row is locked. */
export const updateExport = async (
  query: Query,
  { jurisdiction, id }: Pick<ExportRecord, 'jurisdiction' | 'id'>,
  change: ExportChange,
): Promise<void> => {
  await query
    .updateTable('exports')
    .set(change)
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .execute()
}

/** The latest lists. @param requestedBy  only those of this account, where given */
export const readExports = (
  query: Query,
  { requestedBy, most }: { readonly requestedBy?: string; readonly most: number },
): Promise<ExportRecord[]> => {
  const all = query.selectFrom('exports').selectAll()
  const own = requestedBy === undefined ? all : all.where('requested_by', '=', requestedBy)
  return own.orderBy('requested_at', 'desc').limit(most).execute()
}

/** Lists in a state, oldest first. */
export const readExportsIn = (query: Query, state: string, most: number): Promise<ExportRecord[]> =>
  query
    .selectFrom('exports')
    .selectAll()
    .where('state', '=', state)
    .orderBy('requested_at')
    .limit(most)
    .execute()

/** Lists that are past their time: requests older than `requestedBefore`, and ready ones that have expired. */
export const readLapsedExports = (
  query: Query,
  { now, requestedBefore }: { readonly now: Date; readonly requestedBefore: Date },
): Promise<ExportRecord[]> =>
  query
    .selectFrom('exports')
    .selectAll()
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'requested'), where('requested_at', '<', requestedBefore)]),
        where.and([where('state', '=', 'ready'), where('expires_at', '<=', now)]),
      ]),
    )
    .limit(100)
    .execute()

/** When an account asked for lists since, newest first. */
export const readRequestTimes = async (
  query: Query,
  accountId: string,
  since: Date,
): Promise<readonly number[]> => {
  const rows = await query
    .selectFrom('exports')
    .select('requested_at')
    .where('requested_by', '=', accountId)
    .where('requested_at', '>', since)
    .orderBy('requested_at', 'desc')
    .execute()
  return rows.map((row) => row.requested_at.getTime())
}

export const findExportsByMark = (query: Query, marks: readonly number[]): Promise<ExportRecord[]> =>
  marks.length === 0
    ? Promise.resolve([])
    : query.selectFrom('exports').selectAll().where('mark', 'in', marks).execute()

export const findExportsById = (query: Query, ids: readonly string[]): Promise<ExportRecord[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : query.selectFrom('exports').selectAll().where('id', 'in', ids).execute()
