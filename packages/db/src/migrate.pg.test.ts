import { migratedTemplate } from '@guankou/testkit/postgres/migrated-template.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { migrate, NewerDatabaseError, readMigrations } from './migrate.ts'
import { ensurePartitions, utcDayOf } from './partitions.ts'

const migrations = await readMigrations()
const names = migrations.map(({ name }) => name)

describe.each(inject('databaseServers'))('migrations on $name', ({ url }) => {
  const opened: { readonly database: TestDatabase; readonly db: Database }[] = []
  afterEach(async () => {
    for (const { database, db } of opened.splice(0)) {
      await db.close()
      await database.drop()
    }
  })
  const open = async (template?: typeof migratedTemplate): Promise<Database> => {
    const database = await createTestDatabase(url, template)
    const db = openDatabase({ url: database.url })
    opened.push({ database, db })
    return db
  }
  /** Everything a schema is made of, in words. */
  const schemaOf = async ({ pool }: Database) => {
    const read = async (sql: string) => (await pool.query<{ said: string }>(sql)).rows.map(({ said }) => said)
    return {
      columns:
        await read(`select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, is_identity) as said
        from information_schema.columns where table_schema = 'public' order by 1`),
      constraints:
        await read(`select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as said
        from pg_constraint where connamespace = 'public'::regnamespace order by 1`),
      indexes: await read("select indexdef as said from pg_indexes where schemaname = 'public' order by 1"),
    }
  }
  /** Leaves a database as the release left it that knew so many migrations. */
  const releasedWith = (count: number) => new Set(names.slice(0, count))

  it('lead from each release to the next, and so to the newest schema', async () => {
    const db = await open()
    for (const [before, name] of names.entries())
      expect(await migrate(db.pool, releasedWith(before + 1))).toEqual([name])
    expect(await migrate(db.pool)).toEqual([])
    expect(await schemaOf(db)).toEqual(await schemaOf(await open(migratedTemplate)))
    const { rows } = await db.pool.query('select number, name from schema_migrations order by number')
    expect(rows).toEqual(migrations.map(({ number, name }) => ({ number, name })))
  })

  // Each is applied in a transaction of its own: a way over many of them has no step that the one above has not.
  it.each([1, 4, Math.ceil(names.length / 2), names.length - 1])(
    'lead from number %i to the newest schema at once',
    async (count) => {
      const db = await open()
      await migrate(db.pool, releasedWith(count))
      expect(await migrate(db.pool)).toEqual(names.slice(count))
      expect(await schemaOf(db)).toEqual(await schemaOf(await open(migratedTemplate)))
      expect(await migrate(db.pool)).toEqual([])
    },
  )

  it('are made once by two servers that start at the same moment', async () => {
    const db = await open()
    const other = openDatabase({ url: db.url })
    const applied = await Promise.all([migrate(db.pool), migrate(other.pool), migrate(db.pool)])
    await other.close()
    expect(applied.map((list) => list.length).toSorted((a, b) => a - b)).toEqual([0, 0, names.length])
  })

  it('refuse a database of a newer release and leave it as it is', async () => {
    const db = await open(migratedTemplate)
    await db.pool.query("insert into schema_migrations values (9999, '9999-later', now())")
    const refusal = await migrate(db.pool).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(NewerDatabaseError)
    expect(refusal).toMatchObject({ found: 9999, known: names.length })
    expect((await schemaOf(db)).columns.length).toBeGreaterThan(50)
  })

  it('that fail leave nothing of themselves behind, keep those before, and can be tried again', async () => {
    const db = await open()
    await db.pool.query('create table audit_links (in_the_way integer)')
    await expect(migrate(db.pool)).rejects.toThrow('0004-audit-and-outbox')
    const { rows } = await db.pool.query('select name from schema_migrations order by number')
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(names.slice(0, 3))
    const { rows: found } = await db.pool.query("select to_regclass('audit_heads') as heads")
    expect(found).toEqual([{ heads: null }])
    await db.pool.query('drop table audit_links')
    expect(await migrate(db.pool)).toEqual(names.slice(3))
  })

  it('let go of their lock, whatever came of them', async () => {
    const db = await open(migratedTemplate)
    await migrate(db.pool)
    await db.pool.query("insert into schema_migrations values (9999, '9999-later', now())")
    await migrate(db.pool).catch(() => undefined)
    const { rows } = await db.pool.query(
      "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    )
    expect(rows).toEqual([])
  })
})

describe('migrations', () => {
  it('are numbered from one without a gap', () => {
    expect(migrations.map(({ number }) => number)).toEqual(names.map((_, index) => index + 1))
  })
})

describe.each(inject('databaseServers'))('partitions on $name', ({ url }) => {
  it('are made once per UTC day, however many ask, and take its first and last instant', async () => {
    const database = await createTestDatabase(url, migratedTemplate)
    const dbs = [openDatabase({ url: database.url }), openDatabase({ url: database.url })]
    const days = ['2019-12-31', '2020-02-29', '2020-03-01']
    await Promise.all([...dbs, ...dbs].map(({ pool }) => ensurePartitions(pool, days)))
    const [db] = dbs
    const { rows } = (await (db ?? dbs[1])?.pool.query<{ name: string }>(
      'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1',
      ['screenings'],
    )) ?? { rows: [] }
    expect(rows.map(({ name }) => name)).toEqual(days.map((day) => `screenings_${day.replaceAll('-', '')}`))
    for (const each of dbs) await each.close()
    await database.drop()
  })

  it.each(['2020-1-1', '', "2020-01-01'); drop table posts; --", '+010000-01-01'])(
    'are not made for %j',
    async (day) => {
      const database = await createTestDatabase(url, migratedTemplate)
      const db = openDatabase({ url: database.url })
      await expect(ensurePartitions(db.pool, [day])).rejects.toBeInstanceOf(RangeError)
      await db.close()
      await database.drop()
    },
  )

  it('are named after the day in UTC, whatever the hour', () => {
    expect(utcDayOf(Date.parse('2020-01-23T23:59:59.999Z'))).toBe('2020-01-23')
    expect(utcDayOf(Date.parse('2020-01-24T00:00:00.000Z'))).toBe('2020-01-24')
  })
})
