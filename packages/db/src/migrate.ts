import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'
import { raiseAreaWall } from '#src/area-wall/raise.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Any number will do, as long as it is ours alone: two servers that start at once migrate one after the other. */
const advisoryLock = 7_305_204_402

export type Migration = { readonly number: number; readonly name: string; readonly sql: string }

/** The numbered migrations, in order. @throws Error where two carry one number */
export const readMigrations = async (): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort()
  const migrations = await Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name: name.slice(0, -4),
      sql: await readFile(new URL(name, folder), 'utf8'),
    })),
  )
  for (const [index, migration] of migrations.entries())
    if (migration.number === migrations[index - 1]?.number)
      throw new Error(`two migrations carry the number of ${migration.name}`)
  return migrations
}

/** Thrown where the database was migrated by a newer release: running an older one on it could lose data. */
export class NewerDatabaseError extends Error {
  readonly found: number
  readonly known: number
  constructor(found: number, known: number) {
    super(`the database is at migration ${found}, this release knows ${known}; install the newer release`)
    this.name = 'NewerDatabaseError'
    this.found = found
    this.known = known
  }
}

/** Thrown where a restore was begun and not finished: what is there is a part of a database. */
export class UnfinishedRestoreError extends Error {
  constructor() {
    super('a restore into this database was not finished; run it again')
    this.name = 'UnfinishedRestoreError'
  }
}

const refuseHalfRestored = async (client: pg.PoolClient): Promise<void> => {
  const { rows } = await client.query<{ found: string | null }>(
    "select to_regclass('restore_under_way')::text as found",
  )
  if (rows[0]?.found != null) throw new UnfinishedRestoreError()
}

const applyPending = async (
  client: pg.PoolClient,
  migrations: readonly Migration[],
): Promise<readonly string[]> => {
  await client.query(
    'create table if not exists schema_migrations (number integer primary key, name text not null, applied_at timestamptz not null)',
  )
  const { rows } = await client.query<{ number: number }>(
    'select number from schema_migrations order by number',
  )
  const [latest, known] = [rows.at(-1)?.number ?? 0, migrations.at(-1)?.number ?? 0]
  if (latest > known) throw new NewerDatabaseError(latest, known)
  const applied = new Set(rows.map(({ number }) => number))
  const pending = migrations.filter(({ number }) => !applied.has(number))
  for (const migration of pending) {
    await client.query('begin')
    try {
      await client.query(migration.sql)
      await client.query('insert into schema_migrations values ($1, $2, $3)', [
        migration.number,
        migration.name,
        new Date(),
      ])
      await client.query('commit')
    } catch (cause) {
      await client.query('rollback')
      throw new Error(`migration ${migration.name} failed`, { cause })
    }
  }
  return pending.map((migration) => migration.name)
}

/**
 * Brings the database to the newest schema, each migration in a transaction of its own and forward only, and raises
 * row-level security over it.
 * @param restoring  names of the migrations that a restore wants, and no others
 * @returns names of the migrations that were applied, empty where none was due
 * @throws NewerDatabaseError, UnfinishedRestoreError, RequestRoleError
 */
export const migrate = async (pool: pg.Pool, restoring?: ReadonlySet<string>): Promise<readonly string[]> => {
  const all = await readMigrations()
  const migrations = restoring === undefined ? all : all.filter(({ name }) => restoring.has(name))
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    if (restoring === undefined) await refuseHalfRestored(client)
    const applied = await applyPending(client, migrations)
    await raiseAreaWall(client)
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [advisoryLock]).catch(() => undefined)
    client.release()
  }
}
