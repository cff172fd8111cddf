import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

/** What devices are called, of those that the area sees. */
export const readDeviceLabels = async (
  query: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await query
    .selectFrom('devices')
    .select(['id', 'label'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, label }) => [id, label]))
}
