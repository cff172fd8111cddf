import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Downloads of lists, in order. */
export const readDownloads = async (query: Query, exportIds: readonly string[]) =>
  exportIds.length === 0
    ? []
    : query
        .selectFrom('export_downloads')
        .select(['export_id as exportId', 'number', 'at', 'account_id as accountId', 'format'])
        .where('export_id', 'in', exportIds)
        .orderBy('number')
        .execute()

/** Enters one more download of a list whose row is locked. @returns its number, from 1 */
export const insertDownload = async (
  query: Query,
  download: {
    readonly jurisdiction: number
    readonly exportId: string
    readonly at: Date
    readonly accountId: string
    readonly format: string
  },
): Promise<number> => {
  const row = await query
    .selectFrom('export_downloads')
    .select(sql<number>`coalesce(max(number), 0)::integer + 1`.as('next'))
    .where('jurisdiction', '=', download.jurisdiction)
    .where('export_id', '=', download.exportId)
    .executeTakeFirstOrThrow()
  await query
    .insertInto('export_downloads')
    .values({
      jurisdiction: download.jurisdiction,
      export_id: download.exportId,
      number: row.next,
      at: download.at,
      account_id: download.accountId,
      format: download.format,
    })
    .execute()
  return row.next
}
