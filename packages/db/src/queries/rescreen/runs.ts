import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

export type StoredRun = Selectable<Tables['rescreen_runs']>
export type StoredRescreenList = Selectable<Tables['rescreen_lists']>

/** @returns false where one for the same version is at work */
export const insertRun = async (query: Query, run: StoredRun): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('rescreen_runs')
    .values(run)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Passes that are not finished, of every city. */
export const readRunsAtWork = (query: Query): Promise<StoredRun[]> =>
  query
    .selectFrom('rescreen_runs')
    .selectAll()
    .where('state', 'in', ['selecting', 'listing'])
    .orderBy('started_at')
    .execute()

/** A pass, held until the transaction ends. */
export const lockRun = (query: Query, id: string): Promise<StoredRun | undefined> =>
  query.selectFrom('rescreen_runs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const updateRun = async (
  query: Query,
  { jurisdiction, id }: Pick<StoredRun, 'jurisdiction' | 'id'>,
  change: Partial<Omit<StoredRun, 'jurisdiction' | 'id'>>,
): Promise<void> => {
  await query
    .updateTable('rescreen_runs')
    .set(change)
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .execute()
}

export const readLatestRuns = (query: Query, most: number): Promise<StoredRun[]> =>
  query.selectFrom('rescreen_runs').selectAll().orderBy('started_at', 'desc').limit(most).execute()

export const countSelected = async (
  query: Query,
  runId: string,
): Promise<readonly { readonly jurisdiction: number; readonly people: number }[]> => {
  const { rows } = await sql<{ jurisdiction: number; people: number }>`
    select jurisdiction, count(*)::integer as people from rescreen_people where run_id = ${runId}
    group by jurisdiction order by jurisdiction`.execute(query)
  return rows
}

export const insertRescreenLists = async (
  query: Query,
  lists: readonly StoredRescreenList[],
): Promise<void> => {
  if (lists.length > 0) await query.insertInto('rescreen_lists').values(lists).execute()
}

export const readRescreenLists = (query: Query, runIds: readonly string[]): Promise<StoredRescreenList[]> =>
  runIds.length === 0
    ? Promise.resolve([])
    : query
        .selectFrom('rescreen_lists')
        .selectAll()
        .where('run_id', 'in', runIds)
        .orderBy('jurisdiction')
        .execute()

/** Adds what became of a batch to the counts of its lists. */
export const addToList = async (
  query: Query,
  { jurisdiction, run_id }: Pick<StoredRescreenList, 'jurisdiction' | 'run_id'>,
  counts: { readonly listed: number; readonly linked: number; readonly unreadable: number },
): Promise<void> => {
  await query
    .updateTable('rescreen_lists')
    .set((eb) => ({
      listed: eb('listed', '+', counts.listed),
      linked: eb('linked', '+', counts.linked),
      unreadable: eb('unreadable', '+', counts.unreadable),
    }))
    .where('jurisdiction', '=', jurisdiction)
    .where('run_id', '=', run_id)
    .execute()
}

export type DistrictProgress = {
  readonly listId: string
  readonly called: number
  readonly closed: number
  readonly toVisit: number
  readonly noAddress: number
  readonly open: number
}

/**
 * How far the people of some lists have come. A row that is the same as one before counts as that one stands: its call is
 * the call of both.
 */
export const readProgress = async (
  query: Query,
  listIds: readonly string[],
): Promise<readonly DistrictProgress[]> => {
  if (listIds.length === 0) return []
  const { rows } = await sql<DistrictProgress>`
    with own as (
      select s.list_id, s.state, s.attempts, s.no_address from worklist_row_states s
      where s.list_id = any(${listIds}::uuid[]) and s.state <> 'linked'
      union all
      select s.list_id, coalesce(o.state, 'open'), coalesce(o.attempts, 0), coalesce(o.no_address, false)
      from worklist_row_states s
      join worklist_rows r on r.jurisdiction = s.jurisdiction and r.occurred_at = s.occurred_at
        and r.list_id = s.list_id and r.row_number = s.row_number
      left join worklist_row_states o on o.list_id = r.same_as_list and o.row_number = r.same_as_row
      where s.list_id = any(${listIds}::uuid[]) and s.state = 'linked' and r.same_as_list <> all(${listIds}::uuid[])
    )
    select list_id as "listId", (count(*) filter (where attempts > 0))::integer as called,
      (count(*) filter (where state = 'closed'))::integer as closed,
      (count(*) filter (where state = 'to-visit'))::integer as "toVisit",
      (count(*) filter (where state = 'to-visit' and no_address))::integer as "noAddress",
      (count(*) filter (where state = 'open'))::integer as open
    from own group by list_id`.execute(query)
  return rows
}
