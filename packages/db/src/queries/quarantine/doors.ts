import { type Kysely, type Selectable, sql } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'
import type { EpisodeKey } from './episodes.ts'

type Query = Kysely<Tables>

export type StoredDoor = Readonly<Selectable<Tables['quarantine_doors']>>
export type AskedOfDoor = Pick<StoredDoor, 'asked_at' | 'due_at' | 'due_by' | 'way'>

/** A door that a team is asked to go to. */
export type DueDoor = {
  readonly quarantineId: string
  readonly householdId: string
  readonly askedAt: Date
  readonly dueAt: Date
  readonly dueBy: string
  readonly way: string
}

/** Doors of a district are made one after the other until commit, so that one address becomes one door. */
export const lockDoors = async (query: Query, jurisdiction: number): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`quarantine-doors ${jurisdiction}`}, 0))`.execute(
    query,
  )
}

/** Every door of a district that an episode has. */
export const readDoors = (query: Query, jurisdiction: number): Promise<StoredDoor[]> =>
  query.selectFrom('quarantine_doors').selectAll().where('jurisdiction', '=', jurisdiction).execute()

export const insertDoor = async (query: Query, door: StoredDoor): Promise<void> => {
  await query
    .insertInto('quarantine_doors')
    .values(door)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Says whether a team is asked to go to the door of an episode; where it has none nothing happens. */
export const askOfDoor = async (query: Query, key: EpisodeKey, asked: AskedOfDoor): Promise<void> => {
  await query
    .updateTable('quarantine_doors')
    .set(asked)
    .where('jurisdiction', '=', key.jurisdiction)
    .where('occurred_at', '=', key.occurredAt)
    .where('quarantine_id', '=', key.id)
    .execute()
}

/** Doors of a district that teams are asked to go to now. */
export const readDueDoors = async (query: Query, jurisdiction: number): Promise<DueDoor[]> => {
  const { rows } = await sql<DueDoor>`
    select quarantine_id as "quarantineId", household_id as "householdId", asked_at as "askedAt", due_at as "dueAt",
      due_by as "dueBy", way
    from quarantine_doors where jurisdiction = ${jurisdiction} and asked_at is not null
    order by occurred_at, quarantine_id`.execute(query)
  return rows
}

/** A sealed field of every episode that has its door at one of some households. */
export const readSealsAtDoors = (
  query: Query,
  jurisdiction: number,
  householdIds: readonly string[],
  place: string,
) =>
  query
    .selectFrom('quarantine_doors as d')
    .innerJoin('quarantine_seals as s', (join) =>
      join
        .onRef('s.jurisdiction', '=', 'd.jurisdiction')
        .onRef('s.occurred_at', '=', 'd.occurred_at')
        .onRef('s.quarantine_id', '=', 'd.quarantine_id'),
    )
    .selectAll('s')
    .select('d.household_id as householdId')
    .where('d.jurisdiction', '=', jurisdiction)
    .where('d.household_id', 'in', [...householdIds])
    .where('s.place', '=', place)
    .orderBy('d.occurred_at')
    .orderBy('d.quarantine_id')
    .execute()
