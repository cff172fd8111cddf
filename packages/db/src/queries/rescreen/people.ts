import { type Kysely, sql } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import { executeIn } from '#src/queries/audit/append-audit.ts'
import type { KnownRow, RowDigests } from '#src/queries/worklists/rows.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Somebody who was selected, with what is sealed of them. */
export type SelectedPerson = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly screeningId: string
  readonly seat: number
  readonly position: number
  readonly day: string
  readonly isKeyThere: boolean
  readonly documentKind: string
  readonly document: Buffer | null
  readonly name: Buffer | null
  readonly phone: Buffer | null
}

/** The next people of a pass, in order. */
export const readSelected = async (
  query: Query,
  runId: string,
  after: number,
  most: number,
): Promise<readonly SelectedPerson[]> => {
  const { rows } = await sql<SelectedPerson>`
    with next as materialized (
      select * from rescreen_people where run_id = ${runId} and position > ${after} and position <= ${after + most}
    )
    select p.jurisdiction, p.occurred_at as "occurredAt", p.screening_id as "screeningId", p.seat, p.position, s.day,
      exists (select from identity_keys k where k.jurisdiction = p.jurisdiction and k.day = s.day
        and k.wrapped is not null) as "isKeyThere",
      t.document_kind as "documentKind", t.document_sealed as document, t.name_sealed as name, t.phone_sealed as phone
    from next p
    join screenings s on s.jurisdiction = p.jurisdiction and s.occurred_at = p.occurred_at and s.id = p.screening_id
    join screening_travellers t on t.jurisdiction = p.jurisdiction and t.occurred_at = p.occurred_at
      and t.screening_id = p.screening_id and t.seat = p.seat
    order by p.position`.execute(query)
  return rows
}

export type BecameRow = Pick<SelectedPerson, 'jurisdiction' | 'occurredAt' | 'screeningId' | 'seat'> & {
  readonly became: 'listed' | 'linked' | 'unreadable'
}

/** Notes what became of a batch of people. */
export const writeBecame = async (
  query: Query,
  runId: string,
  people: readonly BecameRow[],
): Promise<void> => {
  if (people.length === 0) return
  await sql`
    update rescreen_people as p set became = b.became
    from unnest(${people.map(({ jurisdiction }) => jurisdiction)}::integer[],
      ${people.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[],
      ${people.map(({ screeningId }) => screeningId)}::uuid[], ${people.map(({ seat }) => seat)}::smallint[],
      ${people.map(({ became }) => became)}::text[]) as b (jurisdiction, occurred_at, screening_id, seat, became)
    where p.jurisdiction = b.jurisdiction and p.occurred_at = b.occurred_at and p.screening_id = b.screening_id
      and p.seat = b.seat and p.run_id = ${runId}`.execute(query)
}

export type RescreenRow = {
  readonly jurisdiction: number
  readonly occurredAt: Date
  readonly listId: string
  readonly row: number
  readonly runId: string
  readonly sealed: Buffer
  readonly phone: Buffer | null
  readonly document: Buffer | null
  readonly sameAs: { readonly listId: string; readonly row: number } | null
  /** Null where the row waits for nobody’s visit. */
  readonly visitFactId: string | null
  /** The household that the visit goes to; null where there is no visit, or no address is known. */
  readonly householdId: string | null
  readonly at: Date
  readonly accountId: string
}

const keyColumns = [
  { name: 'jurisdiction', type: 'integer', value: (r: RescreenRow) => r.jurisdiction },
  { name: 'occurred_at', type: 'timestamptz', value: (r: RescreenRow) => r.occurredAt.toISOString() },
  { name: 'list_id', type: 'uuid', value: (r: RescreenRow) => r.listId },
  { name: 'row_number', type: 'integer', value: (r: RescreenRow) => r.row },
] as const

const rowInsert = bulkInsert<RescreenRow>('worklist_rows', [
  ...keyColumns,
  { name: 'import_id', type: 'uuid', value: (r) => r.runId },
  { name: 'sealed', type: 'bytea', value: (r) => r.sealed },
  { name: 'phone_digest', type: 'bytea', value: (r) => r.phone },
  { name: 'document_digest', type: 'bytea', value: (r) => r.document },
  { name: 'same_as_list', type: 'uuid', value: (r) => r.sameAs?.listId ?? null },
  { name: 'same_as_row', type: 'integer', value: (r) => r.sameAs?.row ?? null },
])

const stateOf = ({ sameAs, visitFactId }: RescreenRow): string => {
  if (sameAs !== null) return 'linked'
  return visitFactId === null ? 'open' : 'to-visit'
}

const stateInsert = bulkInsert<RescreenRow>('worklist_row_states', [
  ...keyColumns,
  { name: 'state', type: 'text', value: stateOf },
  { name: 'attempts', type: 'integer', value: () => 0 },
  {
    name: 'no_address',
    type: 'boolean',
    value: ({ visitFactId, householdId }) => visitFactId !== null && householdId === null,
  },
])

const visitInsert = bulkInsert<RescreenRow>('worklist_facts', [
  ...keyColumns,
  { name: 'id', type: 'uuid', value: (r) => r.visitFactId },
  { name: 'kind', type: 'text', value: () => 'escalated' },
  { name: 'at', type: 'timestamptz', value: (r) => r.at.toISOString() },
  { name: 'recorded_at', type: 'timestamptz', value: (r) => r.at.toISOString() },
  { name: 'account_id', type: 'uuid', value: (r) => r.accountId },
])

/** Puts people on the lists of a pass. */
export const insertRescreenRows = async (query: Query, rows: readonly RescreenRow[]): Promise<void> => {
  if (rows.length === 0) return
  const execute = executeIn(query)
  await execute({ ...rowInsert, name: 'rescreen-rows', values: rowInsert.values(rows) })
  await execute({ ...stateInsert, name: 'rescreen-states', values: stateInsert.values(rows) })
  const visits = rows.filter(({ visitFactId }) => visitFactId !== null)
  if (visits.length > 0)
    await execute({ ...visitInsert, name: 'rescreen-visits', values: visitInsert.values(visits) })
}

/**
 * Rows by which somebody would be called anyway: those of the lists of this pass, and those of other lists that are open
 * still. A call that was closed before the rules changed does not count.
 */
export const findCallableRows = async (
  query: Query,
  jurisdictions: readonly number[],
  listIds: readonly string[],
  { phones, documents }: Pick<RowDigests, 'phones' | 'documents'>,
): Promise<readonly KnownRow[]> => {
  const { rows } = await sql<KnownRow>`
    with found as (
      select * from worklist_rows where phone_digest = any(${phones}::bytea[])
      union
      select * from worklist_rows where document_digest = any(${documents}::bytea[])
    )
    select r.list_id as "listId", r.row_number as row, r.phone_digest as phone, r.document_digest as document,
      null::bytea as plate, null::timestamptz as "closedAt"
    from found r
    join worklist_row_states s on s.jurisdiction = r.jurisdiction and s.occurred_at = r.occurred_at
      and s.list_id = r.list_id and s.row_number = r.row_number
    where r.jurisdiction = any(${jurisdictions}::integer[]) and s.state <> 'linked'
      and (s.state = 'open' or r.list_id = any(${listIds}::uuid[]))
    order by r.occurred_at, r.row_number`.execute(query)
  return rows
}

/** Districts and local days of lists that hold open rows, the latest ones. */
export const readOpenListDays = async (
  query: Query,
  jurisdictions: readonly number[],
  since: Date,
): Promise<readonly { readonly jurisdiction: number; readonly day: string }[]> => {
  const { rows } = await sql<{ jurisdiction: number; day: string }>`
    select distinct w.jurisdiction, w.day from worklists w
    where w.jurisdiction = any(${jurisdictions}::integer[]) and w.occurred_at >= ${since} and w.undone_at is null
      and exists (select from worklist_row_states s where s.jurisdiction = w.jurisdiction
        and s.occurred_at = w.occurred_at and s.list_id = w.id and s.state = 'open')
    order by w.day desc, w.jurisdiction`.execute(query)
  return rows
}
