import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type HouseholdTaskRead = Selectable<Tables['household_tasks']>

/** Holds for a task `t` of a grid cell while nobody has taken it back. */
export const isAskedStill: RawBuilder<boolean> = sql<boolean>`not exists (
  select from household_task_withdrawals w where w.jurisdiction = t.jurisdiction and w.task_id = t.id)`

export const insertHouseholdTask = async (query: Query, task: HouseholdTaskRead): Promise<void> => {
  await query.insertInto('household_tasks').values(task).execute()
}

/** Tasks of some grid cells that nobody has taken back. */
export const readHouseholdTasks = async (
  query: Query,
  jurisdiction: number,
  cellIds: readonly number[],
): Promise<HouseholdTaskRead[]> =>
  cellIds.length === 0
    ? []
    : query
        .selectFrom('household_tasks as t')
        .selectAll()
        .where('t.jurisdiction', '=', jurisdiction)
        .where('t.grid_cell_id', 'in', cellIds)
        .where(isAskedStill)
        .orderBy('t.asked_at')
        .execute()

export const hasHouseholdTask = async (query: Query, jurisdiction: number, id: string): Promise<boolean> =>
  (await query
    .selectFrom('household_tasks')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined

/** How many doors wait for a task of a grid cell; none where it was taken back. */
export const countWaiting = async (query: Query, jurisdiction: number, id: string): Promise<number> => {
  const { rows } = await sql<{ doors: number }>`
    select count(*)::integer as doors from household_tasks t
    join household_states s on s.jurisdiction = t.jurisdiction and s.grid_cell_id = t.grid_cell_id
    where t.jurisdiction = ${jurisdiction} and t.id = ${id} and ${isAskedStill}
      and t.asked_at > coalesce((s.settled ->> t.task)::timestamptz, '-infinity')`.execute(query)
  return rows[0]?.doors ?? 0
}

export const insertTaskWithdrawal = async (
  query: Query,
  withdrawal: Selectable<Tables['household_task_withdrawals']>,
): Promise<void> => {
  await query
    .insertInto('household_task_withdrawals')
    .values(withdrawal)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
