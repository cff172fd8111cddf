import { type Kysely, sql } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import { executeIn } from '#src/queries/audit/append-audit.ts'
import type { PersonKey } from '#src/queries/identity-access/insert-accesses.ts'
import type { ListKey } from '#src/queries/worklists/imports.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type NewRow = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly listId: string
  readonly row: number
  readonly importId: string
  readonly sealed: Buffer
  readonly phone: Buffer | null
  readonly document: Buffer | null
  readonly plate: Buffer | null
  readonly sameAs: { readonly listId: string; readonly row: number } | null
}

const listColumns = [
  { name: 'jurisdiction', type: 'integer', value: (r: Keyed) => r.jurisdiction },
  { name: 'occurred_at', type: 'timestamptz', value: (r: Keyed) => r.occurredAt.toISOString() },
  { name: 'list_id', type: 'uuid', value: (r: Keyed) => r.listId },
  { name: 'row_number', type: 'integer', value: (r: Keyed) => r.row },
] as const
type Keyed = ListKey & { readonly row: number }

const rowInsert = bulkInsert<NewRow>(
  'worklist_rows',
  [
    ...listColumns,
    { name: 'import_id', type: 'uuid', value: (r) => r.importId },
    { name: 'sealed', type: 'bytea', value: (r) => r.sealed },
    { name: 'phone_digest', type: 'bytea', value: (r) => r.phone },
    { name: 'document_digest', type: 'bytea', value: (r) => r.document },
    { name: 'plate_digest', type: 'bytea', value: (r) => r.plate },
    { name: 'same_as_list', type: 'uuid', value: (r) => r.sameAs?.listId ?? null },
    { name: 'same_as_row', type: 'integer', value: (r) => r.sameAs?.row ?? null },
  ],
  'on conflict do nothing',
)

const stateInsert = bulkInsert<NewRow>(
  'worklist_row_states',
  [
    ...listColumns,
    { name: 'state', type: 'text', value: (r) => (r.sameAs === null ? 'open' : 'linked') },
    { name: 'attempts', type: 'integer', value: () => 0 },
  ],
  'on conflict do nothing',
)

export type NewReject = Keyed & {
  readonly importId: string
  /** field:reason, joined by commas. */
  readonly reasons: string
  readonly sealed: Buffer
}

/** One that was put right and is wrong again keeps its place with what is wrong now. */
const rejectInsert = bulkInsert<NewReject>(
  'worklist_rejects',
  [
    ...listColumns,
    { name: 'import_id', type: 'uuid', value: (r) => r.importId },
    { name: 'reasons', type: 'text', expression: "string_to_array(?, ',')", value: (r) => r.reasons },
    { name: 'sealed', type: 'bytea', value: (r) => r.sealed },
  ],
  `on conflict (jurisdiction, occurred_at, list_id, row_number) do update
    set import_id = excluded.import_id, reasons = excluded.reasons, sealed = excluded.sealed`,
)

/** Writes the rows of one batch. */
export const insertRows = async (
  query: Query,
  rows: readonly NewRow[],
  rejects: readonly NewReject[],
): Promise<void> => {
  const execute = executeIn(query)
  if (rows.length > 0) {
    await execute({ ...rowInsert, values: rowInsert.values(rows) })
    await execute({ ...stateInsert, values: stateInsert.values(rows) })
  }
  if (rejects.length > 0) await execute({ ...rejectInsert, values: rejectInsert.values(rejects) })
}

export type KnownRow = {
  readonly listId: string
  readonly row: number
  readonly phone: Buffer | null
  readonly document: Buffer | null
  readonly plate: Buffer | null
  /** When a call closed it; null where it is still to be called or visited. */
  readonly closedAt: Date | null
}

export type RowDigests = {
  readonly phones: readonly Buffer[]
  readonly documents: readonly Buffer[]
  readonly plates: readonly Buffer[]
}

/** Rows of lists that carry one of the digests and are called themselves, oldest first, at most so many. */
export const findRowsByDigest = async (
  query: Query,
  jurisdictions: readonly number[],
  { phones, documents, plates }: RowDigests,
  most: number,
): Promise<readonly KnownRow[]> => {
  const by = (column: string, digests: readonly Buffer[]) =>
    digests.length === 0 ? sql`false` : sql`${sql.ref(column)} = any(${digests}::bytea[])`
  const { rows } = await sql<KnownRow>`
    select r.list_id as "listId", r.row_number as row, phone_digest as phone, document_digest as document,
      plate_digest as plate, case when s.state = 'closed' then s.last_at end as "closedAt"
    from worklist_rows r cross join lateral (
      -- One by one: states of all rows that were ever called are many more than the few that are found.
      select state, last_at from worklist_row_states s where s.jurisdiction = r.jurisdiction
        and s.occurred_at = r.occurred_at and s.list_id = r.list_id and s.row_number = r.row_number limit 1) s
    where r.jurisdiction = any(${jurisdictions}::integer[]) and s.state <> 'linked'
      and (${by('phone_digest', phones)} or ${by('document_digest', documents)} or ${by('plate_digest', plates)})
    order by r.occurred_at, r.row_number limit ${most}`.execute(query)
  return rows
}

/** Rows of lists that carry one of the digests, linked ones too, by the keys under which lists that left name them. */
export const findRowKeysByDigest = async (
  query: Query,
  jurisdictions: readonly number[],
  { phones, documents, plates }: RowDigests,
  most: number,
): Promise<readonly PersonKey[]> => {
  const of = (column: 'phone_digest' | 'document_digest' | 'plate_digest', digests: readonly Buffer[]) =>
    digests.length === 0 ? sql<boolean>`false` : sql<boolean>`${sql.ref(column)} = any(${digests}::bytea[])`
  return query
    .selectFrom('worklist_rows')
    .select(['jurisdiction', 'occurred_at as occurredAt', 'list_id as screeningId', 'row_number as seat'])
    .where('jurisdiction', 'in', jurisdictions)
    .where((where) =>
      where.or([of('phone_digest', phones), of('document_digest', documents), of('plate_digest', plates)]),
    )
    .orderBy('occurred_at', 'desc')
    .limit(most)
    .execute()
}

/** Local days on which lists of a jurisdiction were brought that still stand, the latest ones. */
export const readListDays = async (
  query: Query,
  jurisdiction: number,
  since: Date,
): Promise<readonly string[]> => {
  const rows = await query
    .selectFrom('worklists')
    .select('day')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '>=', since)
    .where('undone_at', 'is', null)
    .execute()
  return rows.map(({ day }) => day)
}

/** Numbers of rejected rows that were not put right. */
export const readOpenRejects = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
  among: readonly number[],
): Promise<ReadonlySet<number>> => {
  if (among.length === 0) return new Set()
  const rows = await query
    .selectFrom('worklist_rejects')
    .select('row_number')
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('mended_at', 'is', null)
    .where('row_number', 'in', among)
    .execute()
  return new Set(rows.map(({ row_number }) => row_number))
}

export const markMended = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
  rows: readonly number[],
  at: Date,
): Promise<void> => {
  if (rows.length === 0) return
  await query
    .updateTable('worklist_rejects')
    .set({ mended_at: at, sealed: null })
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('row_number', 'in', rows)
    .execute()
}

export type StoredReject = {
  readonly row: number
  readonly reasons: readonly string[]
  readonly sealed: Buffer | null
}

/** Rejected rows that still have to be put right, in order, after one. */
export const readRejects = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
  after: number,
  most: number,
): Promise<readonly StoredReject[]> => {
  const rows = await query
    .selectFrom('worklist_rejects')
    .select(['row_number as row', 'reasons', 'sealed'])
    .where('jurisdiction', '=', jurisdiction)
    .where('occurred_at', '=', occurredAt)
    .where('list_id', '=', listId)
    .where('mended_at', 'is', null)
    .where('row_number', '>', after)
    .orderBy('row_number')
    .limit(most)
    .execute()
  return rows
}

/** How many rows were rejected for what. */
export const countRejects = async (
  query: Query,
  { jurisdiction, occurredAt, listId }: ListKey,
): Promise<readonly { readonly reason: string; readonly rows: number }[]> => {
  const { rows } = await sql<{ reason: string; rows: number }>`
    select reason, count(*)::integer as rows from worklist_rejects, unnest(reasons) as reason
    where jurisdiction = ${jurisdiction} and occurred_at = ${occurredAt} and list_id = ${listId} and mended_at is null
    group by reason order by 2 desc, 1`.execute(query)
  return rows
}
