import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type HouseholdStateRead = Selectable<Tables['household_states']>
export type DerivedState = Omit<
  HouseholdStateRead,
  | 'asked'
  | 'settled'
  | 'has_facts'
  | 'escalated_at'
  | 'escalated_due_by'
  | 'list_id'
  | 'list_occurred_at'
  | 'row_number'
> & {
  readonly asked: readonly { readonly task: string; readonly dueBy: string; readonly askedAt: string }[]
  readonly settled: Readonly<Record<string, string>>
}

const emptyState = (jurisdiction: number, householdId: string) => ({
  jurisdiction,
  household_id: householdId,
  grid_cell_id: null,
  asked: '[]',
  settled: '{}',
  tried_at: null,
  tried_by: null,
  complete_at: null,
  last_outcome: null,
  again_from: null,
  has_facts: false,
  escalated_at: null,
  escalated_due_by: null,
  list_id: null,
  list_occurred_at: null,
  row_number: null,
})

/** Where a door stands, held until the transaction ends, so that two facts of it are counted one after the other. */
export const lockHousehold = async (
  query: Query,
  jurisdiction: number,
  householdId: string,
): Promise<HouseholdStateRead> => {
  await query
    .insertInto('household_states')
    .values(emptyState(jurisdiction, householdId))
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'household_id']).doNothing())
    .execute()
  return query
    .selectFrom('household_states')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('household_id', '=', householdId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export const updateHousehold = async (query: Query, state: DerivedState): Promise<void> => {
  const { jurisdiction, household_id, asked, settled, ...rest } = state
  await query
    .updateTable('household_states')
    .set({ ...rest, asked: JSON.stringify(asked), settled: JSON.stringify(settled), has_facts: true })
    .where('jurisdiction', '=', jurisdiction)
    .where('household_id', '=', household_id)
    .execute()
}

export type Escalation = {
  readonly jurisdiction: number
  readonly householdId: string
  readonly gridCellId: number | null
  readonly at: Date
  readonly dueBy: string
  readonly listId: string
  readonly listOccurredAt: Date
  readonly row: number
}

/** Makes a door of a row that a list sends somebody to. */
export const insertEscalation = async (query: Query, escalation: Escalation): Promise<void> => {
  const { jurisdiction, householdId, gridCellId, at, dueBy, listId, listOccurredAt, row } = escalation
  await query
    .insertInto('household_states')
    .values({
      ...emptyState(jurisdiction, householdId),
      grid_cell_id: gridCellId,
      escalated_at: at,
      escalated_due_by: dueBy,
      list_id: listId,
      list_occurred_at: listOccurredAt,
      row_number: row,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Makes a door that somebody is sent to, where there is none yet. */
export const ensureDoor = async (
  query: Query,
  jurisdiction: number,
  householdId: string,
  gridCellId: number | null,
): Promise<void> => {
  await query
    .insertInto('household_states')
    .values({ ...emptyState(jurisdiction, householdId), grid_cell_id: gridCellId })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'household_id']).doNothing())
    .execute()
}

/** The list takes its row back: nobody is sent there by it any more; what was recorded at the door stays. */
export const withdrawEscalation = async (
  query: Query,
  jurisdiction: number,
  householdId: string,
): Promise<void> => {
  await query
    .updateTable('household_states')
    .set({ escalated_at: null, escalated_due_by: null })
    .where('jurisdiction', '=', jurisdiction)
    .where('household_id', '=', householdId)
    .execute()
}

const statesOf = (query: Query, jurisdiction: number) =>
  query.selectFrom('household_states').selectAll().where('jurisdiction', '=', jurisdiction)

/** Doors of some grid cells, and those that somebody is sent to and that lie in no known one. */
export const readStatesOfCells = (query: Query, jurisdiction: number, cellIds: readonly number[]) =>
  statesOf(query, jurisdiction)
    .where((eb) =>
      eb.or([
        ...(cellIds.length === 0 ? [] : [eb('grid_cell_id', 'in', cellIds)]),
        eb.and([
          eb('grid_cell_id', 'is', null),
          eb.or([
            eb('list_id', 'is not', null),
            eb.exists(
              eb
                .selectFrom('quarantine_doors as c')
                .select('c.household_id')
                .where('c.jurisdiction', '=', jurisdiction)
                .whereRef('c.household_id', '=', 'household_states.household_id'),
            ),
          ]),
        ]),
      ]),
    )
    .execute()

export const findState = (query: Query, jurisdiction: number, householdId: string) =>
  statesOf(query, jurisdiction).where('household_id', '=', householdId).executeTakeFirst()

/** The sealed address and row of what a list sends somebody to. */
export const readEscalatedRows = async (
  query: Query,
  jurisdiction: number,
  householdIds: readonly string[],
) =>
  householdIds.length === 0
    ? []
    : query
        .selectFrom('household_states as s')
        .innerJoin('worklist_facts as f', (join) =>
          join
            .onRef('f.jurisdiction', '=', 's.jurisdiction')
            .onRef('f.occurred_at', '=', sql.ref('s.list_occurred_at'))
            .onRef('f.list_id', '=', sql.ref('s.list_id'))
            .onRef('f.row_number', '=', sql.ref('s.row_number'))
            .onRef('f.id', '=', 's.household_id'),
        )
        .innerJoin('worklists as l', (join) =>
          join
            .onRef('l.jurisdiction', '=', 'f.jurisdiction')
            .onRef('l.occurred_at', '=', 'f.occurred_at')
            .onRef('l.id', '=', 'f.list_id'),
        )
        .innerJoin('worklist_rows as r', (join) =>
          join
            .onRef('r.jurisdiction', '=', 'f.jurisdiction')
            .onRef('r.occurred_at', '=', 'f.occurred_at')
            .onRef('r.list_id', '=', 'f.list_id')
            .onRef('r.row_number', '=', 'f.row_number'),
        )
        .select([
          's.household_id as householdId',
          'l.jurisdiction',
          'l.day',
          'l.id as listId',
          'f.row_number as row',
          'f.address_sealed as addressSealed',
          'r.sealed',
        ])
        .where('s.jurisdiction', '=', jurisdiction)
        .where('s.household_id', 'in', householdIds)
        .execute()
