import { type Kysely, sql } from 'kysely'
import { bulkInsert } from '#src/bulk-insert.ts'
import { executeIn } from '#src/queries/audit/append-audit.ts'
import type { HouseholdDigest, StoredHouseholdFact } from '#src/queries/households/facts.ts'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** Local days on which anything was told of households of a jurisdiction, or of doors that lists send somebody to. */
export const readHouseholdDays = async (query: Query, jurisdiction: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ day: string }>`
    select distinct day from household_facts where jurisdiction = ${jurisdiction}
    union
    select distinct l.day from household_states s
    join worklists l on l.jurisdiction = s.jurisdiction and l.occurred_at = s.list_occurred_at and l.id = s.list_id
    where s.jurisdiction = ${jurisdiction}
    order by day desc`.execute(query)
  return rows.map(({ day }) => day)
}

export type KnownDigest = {
  readonly digest: Buffer
  readonly kind: string
  readonly householdId: string
  readonly personId: string | null
  readonly gridCellId: number | null
}

/** What stands under each of many digests, without what was undone; the household that came first before others. */
export const findKnownDigests = async (
  query: Query,
  jurisdiction: number,
  digests: readonly Buffer[],
): Promise<readonly KnownDigest[]> => {
  if (digests.length === 0) return []
  const { rows } = await sql<KnownDigest>`
    select d.digest, d.kind, d.household_id as "householdId", d.person_id as "personId",
      s.grid_cell_id as "gridCellId"
    from household_digests d
    left join household_states s on s.jurisdiction = d.jurisdiction and s.household_id = d.household_id
    where d.jurisdiction = ${jurisdiction} and d.digest = any(${digests}::bytea[])
      and not exists (select from household_facts u where u.jurisdiction = d.jurisdiction and u.kind = 'undone'
        and u.happening ->> 'factId' = d.fact_id::text
        and not exists (select from household_facts v where v.jurisdiction = u.jurisdiction and v.kind = 'undone'
          and v.happening ->> 'factId' = u.id::text))
    order by d.household_id`.execute(query)
  return rows
}

/** Lets registers of a jurisdiction be taken in one batch after the other, so that two never open one door twice. */
export const lockRegister = async (query: Query, jurisdiction: number): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('household-register'), ${jurisdiction}::integer)`.execute(
    query,
  )
}

const factInsert = bulkInsert<StoredHouseholdFact>('household_facts', [
  { name: 'jurisdiction', type: 'integer', value: (f) => f.jurisdiction },
  { name: 'id', type: 'uuid', value: (f) => f.id },
  { name: 'household_id', type: 'uuid', value: (f) => f.household_id },
  { name: 'occurred_at', type: 'timestamptz', value: (f) => f.occurred_at.toISOString() },
  { name: 'recorded_at', type: 'timestamptz', value: (f) => f.recorded_at.toISOString() },
  { name: 'day', type: 'date', value: (f) => f.day },
  { name: 'kind', type: 'text', value: (f) => f.kind },
  { name: 'happening', type: 'jsonb', value: (f) => JSON.stringify(f.happening) },
  { name: 'sealed', type: 'bytea', value: (f) => f.sealed },
  { name: 'role', type: 'text', value: (f) => f.role },
  { name: 'account_id', type: 'uuid', value: (f) => f.account_id },
  { name: 'device_id', type: 'uuid', value: (f) => f.device_id },
  { name: 'content_digest', type: 'bytea', value: (f) => f.content_digest },
])

const digestInsert = bulkInsert<HouseholdDigest>(
  'household_digests',
  [
    { name: 'jurisdiction', type: 'integer', value: (d) => d.jurisdiction },
    { name: 'fact_id', type: 'uuid', value: (d) => d.fact_id },
    { name: 'kind', type: 'text', value: (d) => d.kind },
    { name: 'household_id', type: 'uuid', value: (d) => d.household_id },
    { name: 'person_id', type: 'uuid', value: (d) => d.person_id },
    { name: 'digest', type: 'bytea', value: (d) => d.digest },
  ],
  'on conflict do nothing',
)

/** A door that a register opened: nobody has been there. */
export type OpenedDoor = {
  readonly jurisdiction: number
  readonly householdId: string
  readonly gridCellId: number
}

const doorInsert = bulkInsert<OpenedDoor>('household_states', [
  { name: 'jurisdiction', type: 'integer', value: (d) => d.jurisdiction },
  { name: 'household_id', type: 'uuid', value: (d) => d.householdId },
  { name: 'grid_cell_id', type: 'integer', value: (d) => d.gridCellId },
  { name: 'asked', type: 'jsonb', value: () => '[]' },
  { name: 'settled', type: 'jsonb', value: () => '{}' },
  { name: 'has_facts', type: 'boolean', value: () => true },
])

/** Writes what one batch of a register tells. Doors are those that were not there before. */
export const insertRegister = async (
  query: Query,
  {
    facts,
    digests,
    doors,
  }: {
    readonly facts: readonly StoredHouseholdFact[]
    readonly digests: readonly HouseholdDigest[]
    readonly doors: readonly OpenedDoor[]
  },
): Promise<void> => {
  const execute = executeIn(query)
  if (facts.length > 0) await execute({ ...factInsert, values: factInsert.values(facts) })
  if (digests.length > 0) await execute({ ...digestInsert, values: digestInsert.values(digests) })
  if (doors.length > 0) await execute({ ...doorInsert, values: doorInsert.values(doors) })
}

/** Doors of which something is told now that no team has been at, such as those that lists send somebody to. */
export const markTold = async (
  query: Query,
  jurisdiction: number,
  householdIds: readonly string[],
): Promise<void> => {
  if (householdIds.length > 0)
    await query
      .updateTable('household_states')
      .set({ has_facts: true })
      .where('jurisdiction', '=', jurisdiction)
      .where('household_id', 'in', householdIds)
      .where('has_facts', '=', false)
      .execute()
}

/** Grid cells of a jurisdiction, by which a register names them. */
export const readCellNames = (query: Query, jurisdiction: number) =>
  query
    .selectFrom('grid_cells')
    .select(['id', 'name_zh as zh', 'name_en as en'])
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('id')
    .execute()
