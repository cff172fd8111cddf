import type pg from 'pg'
import { copyIn } from '#src/backup/copy.ts'
import { leftOut } from '#src/backup/left-out.ts'
import { quoted } from '#src/backup/page-range.ts'
import type { SequenceState, StoredTable } from '#src/backup/snapshot.ts'

const marker = 'restore_under_way'

/** What a database is to a restore. */
export type Place = 'empty' | 'unfinished-restore' | 'taken'

/** Looks whether anything is there, and whether it is what a killed restore left behind. */
export const readPlace = async (client: pg.ClientBase): Promise<Place> => {
  const { rows } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')`,
  )
  if (rows.length === 0) return 'empty'
  return rows.some(({ name }) => name === marker) ? 'unfinished-restore' : 'taken'
}

/** Clears what a killed restore left, and marks the place as not finished: no server starts on it. */
export const beginRestore = async (client: pg.ClientBase, backupId: string): Promise<void> => {
  if ((await readPlace(client)) === 'unfinished-restore') {
    const { rows } = await client.query<{ name: string }>('select current_schema()::text as name')
    const schema = quoted(rows[0]?.name ?? 'public')
    await client.query(`drop schema ${schema} cascade`)
    await client.query(`create schema ${schema}`)
  }
  await client.query(`create table ${marker} (backup_id text not null)`)
  await client.query(`insert into ${marker} values ($1)`, [backupId])
}

/** Takes the mark away: from now on the database is a whole one. */
export const endRestore = async (client: pg.ClientBase): Promise<void> => {
  await client.query(`drop table ${marker}`)
}

const boundsForm = /^FOR VALUES FROM \('[^']*'\) TO \('[^']*'\)$/

/** Makes the partitions that the rows lie in. */
export const makePartitions = async (
  client: pg.ClientBase,
  tables: readonly Pick<StoredTable, 'name' | 'partition'>[],
): Promise<void> => {
  for (const { name, partition } of tables) {
    if (partition === null) continue
    if (!boundsForm.test(partition.bounds)) throw new Error(`bounds of ${name} cannot be read`)
    await client.query(
      `create table if not exists ${quoted(name)} partition of ${quoted(partition.of)} ${partition.bounds}`,
    )
  }
}

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string }

/** Empties every table, rows that migrations put in included, and takes foreign keys off until all rows are there. */
export const prepareTables = async (client: pg.ClientBase): Promise<readonly ForeignKey[]> => {
  const keys = await client.query<ForeignKey>(
    `select conrelid::regclass::text as "table", conname::text as name, pg_get_constraintdef(oid) as definition
      from pg_constraint
      where contype = 'f' and conparentid = 0 and connamespace = current_schema()::regnamespace order by 1, 2`,
  )
  for (const { table, name } of keys.rows)
    await client.query(`alter table ${table} drop constraint ${quoted(name)}`)
  const kept = ['schema_migrations', marker]
  const tables = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relnamespace = current_schema()::regnamespace
      and relkind in ('r', 'p') and not relispartition and relname <> all ($1)`,
    [kept],
  )
  if (tables.rows.length > 0) await client.query(`truncate ${tables.rows.map(({ name }) => name).join(', ')}`)
  return keys.rows
}

/** Writes rows in PostgreSQL's binary form. @returns how many */
export const loadRows = (
  client: pg.ClientBase,
  table: Pick<StoredTable, 'name' | 'columns'>,
  source: AsyncIterable<Buffer>,
): Promise<number> =>
  copyIn(
    client,
    `copy ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) from stdin (format binary)`,
    source,
  )

/** Puts foreign keys back, which checks them, goes on counting where it had stopped, and lets the planner look. */
export const completeTables = async (
  client: pg.ClientBase,
  keys: readonly ForeignKey[],
  sequences: readonly SequenceState[],
): Promise<void> => {
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`)
  for (const { table, column, value } of sequences)
    if (!Object.hasOwn(leftOut, table))
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint)', [
        quoted(table),
        column,
        value,
      ])
  await client.query('analyze')
}

/** How many rows a table, or one partition, holds. */
export const countRows = async (pool: pg.Pool, table: string): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::double precision as count from only ${quoted(table)}`,
  )
  return rows[0]?.count ?? Number.NaN
}
