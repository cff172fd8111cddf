import { type Kysely, sql } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredList = {
  readonly jurisdiction: number
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
  readonly day: string
  readonly basisSealed: Buffer
  readonly keySealed: Buffer
  readonly importedAt: Date
  readonly importedBy: string | null
  readonly until: Date
  /** What the system keeps it for; null where it was brought. */
  readonly keptFor: string | null
}

export type StoredEntry = {
  readonly kind: string
  readonly digest: Buffer
  readonly reason: string
  readonly until: Date
}

type Placed = StoredEntry & { readonly jurisdiction: number; readonly listId: string }

const insertion = bulkInsert<Placed>('match_entries', [
  { name: 'jurisdiction', type: 'integer', value: (row) => row.jurisdiction },
  { name: 'list_id', type: 'uuid', value: (row) => row.listId },
  { name: 'kind', type: 'text', value: (row) => row.kind },
  { name: 'digest', type: 'bytea', value: (row) => row.digest },
  { name: 'reason', type: 'text', value: (row) => row.reason },
  { name: 'until', type: 'timestamptz', value: (row) => row.until.toISOString() },
])

/** Lists of a jurisdiction are changed one after the other until commit, so that the bounds hold. */
export const lockMatchLists = async (query: Query, jurisdiction: number): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`match-lists ${jurisdiction}`}, 0))`.execute(
    query,
  )
}

export const insertMatchList = async (query: Query, list: StoredList): Promise<void> => {
  await query
    .insertInto('match_lists')
    .values({
      jurisdiction: list.jurisdiction,
      id: list.id,
      title_zh: list.titleZh,
      title_en: list.titleEn,
      day: list.day,
      basis_sealed: list.basisSealed,
      imported_at: list.importedAt,
      imported_by: list.importedBy,
      until: list.until,
      kept_for: list.keptFor,
    })
    .execute()
  await query
    .insertInto('match_list_keys')
    .values({
      jurisdiction: list.jurisdiction,
      list_id: list.id,
      day: list.day,
      key_sealed: list.keySealed,
    })
    .execute()
}

/** Adds entries that are not there yet. @returns how many were new */
export const insertMatchEntries = async (
  query: Query,
  { jurisdiction, listId }: { readonly jurisdiction: number; readonly listId: string },
  entries: readonly StoredEntry[],
): Promise<number> => {
  if (entries.length === 0) return 0
  const rows = entries.map((entry) => ({ ...entry, jurisdiction, listId }))
  const parts = `${insertion.text} on conflict do nothing`.split(/\$\d+/)
  const { numAffectedRows } = await sql(
    parts as unknown as TemplateStringsArray,
    ...insertion.values(rows).map((value) => sql.val(value)),
  ).execute(query)
  return Number(numAffectedRows ?? 0n)
}

/** @returns false where it had ended before */
export const endMatchList = async (
  query: Query,
  end: {
    readonly jurisdiction: number
    readonly listId: string
    readonly endedAt: Date
    readonly endedBy: string | null
    readonly ground: 'withdrawn' | 'replaced'
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('match_list_ends')
    .values({
      jurisdiction: end.jurisdiction,
      list_id: end.listId,
      ended_at: end.endedAt,
      ended_by: end.endedBy,
      ground: end.ground,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Destroys the digests and the key of a list. @returns how many entries there were */
export const emptyMatchList = async (query: Query, jurisdiction: number, listId: string): Promise<number> => {
  await query
    .deleteFrom('match_list_keys')
    .where('jurisdiction', '=', jurisdiction)
    .where('list_id', '=', listId)
    .execute()
  const { numDeletedRows } = await query
    .deleteFrom('match_entries')
    .where('jurisdiction', '=', jurisdiction)
    .where('list_id', '=', listId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Lists kept for something in a jurisdiction that nothing has ended, also those whose key is gone; oldest first. */
export const readStandingKept = async (
  query: Query,
  jurisdiction: number,
  keptFor: string,
): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`
    select l.id from match_lists l
    where l.jurisdiction = ${jurisdiction} and l.kept_for = ${keptFor} and not exists (
      select from match_list_ends e where e.jurisdiction = l.jurisdiction and e.list_id = l.id)
    order by l.id`.execute(query)
  return rows.map(({ id }) => id)
}

export const deleteMatchEntries = async (
  query: Query,
  { jurisdiction, listId }: { readonly jurisdiction: number; readonly listId: string },
  entries: readonly { readonly kind: string; readonly digest: Buffer }[],
): Promise<number> => {
  let total = 0
  for (const [kind, own] of Map.groupBy(entries, (entry) => entry.kind)) {
    const digests = own.map(({ digest }) => digest)
    const { numAffectedRows } = await sql`
      delete from match_entries where jurisdiction = ${jurisdiction} and list_id = ${listId} and kind = ${kind}
        and digest = any(${digests}::bytea[])`.execute(query)
    total += Number(numAffectedRows ?? 0n)
  }
  return total
}

/** Destroys entries that have run out, and keys that no entry needs any more. @returns entries destroyed */
export const pruneMatchLists = async (query: Query, now: Date): Promise<number> => {
  const { numDeletedRows } = await query
    .deleteFrom('match_entries')
    .where('until', '<=', now)
    .executeTakeFirst()
  await sql`
    delete from match_list_keys k using match_lists l
    where l.jurisdiction = k.jurisdiction and l.id = k.list_id and l.until <= ${now}`.execute(query)
  return Number(numDeletedRows)
}
