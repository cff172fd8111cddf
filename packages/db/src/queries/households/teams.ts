import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'
import { isAskedStill } from './tasks.ts'

type Query = Kysely<Tables>

export type TeamRead = Selectable<Tables['community_teams']>

/** The latest version of every team, by jurisdiction and number. */
export const readTeams = (query: Query, jurisdictions: readonly number[]): Promise<TeamRead[]> =>
  query
    .selectFrom('community_teams')
    .distinctOn(['jurisdiction', 'id'])
    .selectAll()
    .where('jurisdiction', 'in', jurisdictions)
    .orderBy('jurisdiction')
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute()

/** @returns false where that version is there already */
export const insertTeam = async (query: Query, team: TeamRead): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('community_teams')
    .values(team)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const latestTeamVersion = async (query: Query, jurisdiction: number, id: number): Promise<number> => {
  const row = await query
    .selectFrom('community_teams')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.version ?? 0
}

export type CellCount = {
  readonly jurisdiction: number
  readonly gridCellId: number
  readonly zh: string
  readonly en: string
  readonly households: number
  readonly doors: number
  readonly due: number
  readonly triedToday: number
  readonly completeToday: number
}

/**
 * How far grid cells have come.
 * @param from  the beginning of the local day
 * @param cellIds  left out: all cells of the jurisdictions
 */
export const countCells = async (
  query: Query,
  jurisdictions: readonly number[],
  from: Date,
  cellIds?: readonly number[],
): Promise<readonly CellCount[]> => {
  const chosen = cellIds === undefined ? sql`` : sql`and g.id = any(${cellIds}::integer[])`
  const { rows } = await sql<CellCount>`
    select g.jurisdiction, g.id as "gridCellId", g.name_zh as zh, g.name_en as en, g.households,
      count(s.household_id)::integer as doors,
      (count(s.household_id) filter (where
        s.escalated_at is not null and s.escalated_at > coalesce((s.settled ->> 'escalated')::timestamptz, '-infinity')
        or exists (select from jsonb_to_recordset(s.asked) as a (task text, "askedAt" timestamptz)
          where a."askedAt" > coalesce((s.settled ->> a.task)::timestamptz, '-infinity'))
        or exists (select from quarantine_doors c where c.jurisdiction = s.jurisdiction
          and c.household_id = s.household_id
          and c.asked_at > coalesce((s.settled ->> 'quarantine-check')::timestamptz, '-infinity'))
        or exists (select from household_tasks t where t.jurisdiction = s.jurisdiction
          and t.grid_cell_id = s.grid_cell_id and ${isAskedStill}
          and t.asked_at > coalesce((s.settled ->> t.task)::timestamptz, '-infinity'))))::integer as due,
      (count(s.household_id) filter (where s.tried_at >= ${from}))::integer as "triedToday",
      (count(s.household_id) filter (where s.complete_at >= ${from}))::integer as "completeToday"
    from grid_cells g
    left join household_states s on s.jurisdiction = g.jurisdiction and s.grid_cell_id = g.id
    where g.jurisdiction = any(${jurisdictions}::integer[]) ${chosen}
    group by g.jurisdiction, g.id order by g.jurisdiction, g.id`.execute(query)
  return rows
}

export type OutcomeCount = {
  readonly jurisdiction: number
  readonly gridCellId: number
  readonly outcome: string
  readonly doors: number
}

/** Latest outcomes of doors that were tried since an instant and not completed. */
export const countOutcomes = async (
  query: Query,
  jurisdictions: readonly number[],
  from: Date,
): Promise<readonly OutcomeCount[]> => {
  const { rows } = await sql<OutcomeCount>`
    select jurisdiction, grid_cell_id as "gridCellId", last_outcome as outcome, count(*)::integer as doors
    from household_states
    where jurisdiction = any(${jurisdictions}::integer[]) and tried_at >= ${from} and last_outcome is not null
      and grid_cell_id is not null and (complete_at is null or complete_at < ${from})
    group by 1, 2, 3 order by 1, 2, 3`.execute(query)
  return rows
}

export type TriedCount = {
  readonly jurisdiction: number
  readonly accountId: string
  readonly tried: number
  readonly complete: number
}

/** Doors that each account tried last since an instant. */
export const countTried = async (
  query: Query,
  jurisdictions: readonly number[],
  from: Date,
): Promise<readonly TriedCount[]> => {
  const { rows } = await sql<TriedCount>`
    select jurisdiction, tried_by as "accountId", count(*)::integer as tried,
      (count(*) filter (where complete_at >= ${from}))::integer as complete
    from household_states
    where jurisdiction = any(${jurisdictions}::integer[]) and tried_at >= ${from} and tried_by is not null
    group by 1, 2 order by 1, 2`.execute(query)
  return rows
}
