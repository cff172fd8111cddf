import { type Kysely, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'
import { isAskedStill } from './tasks.ts'

type Query = Kysely<Tables>

/**
 * What a door `s` was asked for and no complete visit has settled since: by its own facts, its grid cell, an episode of quarantine,
 * or a list.
 */
const openTasks = sql`
  select a.task, a."dueBy" as due_by
    from jsonb_to_recordset(s.asked) as a (task text, "dueBy" date, "askedAt" timestamptz)
    where a."askedAt" > coalesce((s.settled ->> a.task)::timestamptz, '-infinity')
  union all
  select t.task, t.due_by from household_tasks t
    where t.jurisdiction = s.jurisdiction and t.grid_cell_id = s.grid_cell_id and ${isAskedStill}
      and t.asked_at > coalesce((s.settled ->> t.task)::timestamptz, '-infinity')
  union all
  select 'quarantine-check', c.due_by from quarantine_doors c
    where c.jurisdiction = s.jurisdiction and c.household_id = s.household_id
      and c.asked_at > coalesce((s.settled ->> 'quarantine-check')::timestamptz, '-infinity')
  union all
  select 'escalated', s.escalated_due_by
    where s.escalated_at > coalesce((s.settled ->> 'escalated')::timestamptz, '-infinity')`

const dueDoors = (jurisdictions: readonly number[]) => sql`
  select s.jurisdiction, s.household_id, s.grid_cell_id, s.tried_at, o.due_by, o.tasks
  from household_states s
  cross join lateral (
    select min(e.due_by) as due_by, array_agg(distinct e.task) as tasks from (${openTasks}) e
  ) o
  where s.jurisdiction = any(${jurisdictions}::integer[]) and o.due_by is not null`

export type DueDoorRead = {
  readonly jurisdiction: number
  readonly householdId: string
  readonly gridCellId: number | null
  readonly triedAt: Date | null
  readonly dueBy: string
  readonly tasks: readonly string[]
}

/** Doors that are due, the longest overdue first, at most `most`. */
export const readDueDoors = async (
  query: Query,
  jurisdictions: readonly number[],
  most: number,
): Promise<readonly DueDoorRead[]> => {
  const { rows } = await sql<DueDoorRead>`
    select jurisdiction, household_id as "householdId", grid_cell_id as "gridCellId", tried_at as "triedAt",
      due_by as "dueBy", tasks
    from (${dueDoors(jurisdictions)}) d
    order by due_by, jurisdiction, household_id limit ${most}`.execute(query)
  return rows
}

export type DueCount = {
  readonly jurisdiction: number
  readonly gridCellId: number | null
  readonly due: number
  readonly overdue: number
}

/** How many doors are due and overdue by grid cell; doors of no known one stand under null. @param today  local day */
export const countDueDoors = async (
  query: Query,
  jurisdictions: readonly number[],
  today: string,
): Promise<readonly DueCount[]> => {
  const { rows } = await sql<DueCount>`
    select jurisdiction, grid_cell_id as "gridCellId", count(*)::integer as due,
      (count(*) filter (where due_by < ${today}::date))::integer as overdue
    from (${dueDoors(jurisdictions)}) d
    group by jurisdiction, grid_cell_id`.execute(query)
  return rows
}

export type AskedRead = {
  readonly id: string
  readonly jurisdiction: number
  readonly gridCellId: number
  readonly task: string
  readonly dueBy: string
  readonly askedAt: Date
  readonly openDoors: number
}

/** Tasks of whole grid cells that some door still waits for, the earliest day first, at most `most`. */
export const readAskedOfCells = async (
  query: Query,
  jurisdictions: readonly number[],
  most: number,
): Promise<readonly AskedRead[]> => {
  const { rows } = await sql<AskedRead>`
    select t.id, t.jurisdiction, t.grid_cell_id as "gridCellId", t.task, t.due_by as "dueBy",
      t.asked_at as "askedAt", count(*)::integer as "openDoors"
    from household_tasks t
    join household_states s on s.jurisdiction = t.jurisdiction and s.grid_cell_id = t.grid_cell_id
    where t.jurisdiction = any(${jurisdictions}::integer[]) and ${isAskedStill}
      and t.asked_at > coalesce((s.settled ->> t.task)::timestamptz, '-infinity')
    group by t.jurisdiction, t.id
    order by t.due_by, t.jurisdiction, t.grid_cell_id, t.id limit ${most}`.execute(query)
  return rows
}
